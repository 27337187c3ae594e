import { Kept } from "./Kept"
import { useShop } from "./ShopProvider"
import { useTheme } from "./ThemeProvider"
import type { ProductTile } from "./theme"

/** A product in a list, as the page's theme shows it. `first`: its picture is fetched at once. */
export function ProductCard({ product, first = false }: { product: ProductTile; first?: boolean }) {
  const { ProductCard: Card, look } = useTheme()
  const { locale } = useShop()
  return <Kept of={product} variant={`${look.name} ${locale} ${first}`}><Card product={product} first={first} /></Kept>
}
