import { Kept } from "./Kept"
import { useTheme } from "./ThemeProvider"
import type { ProductTile } from "./theme"

/** A product in a list, as the page's theme shows it. `first`: its picture is fetched at once. */
export function ProductCard({ product, first = false }: { product: ProductTile; first?: boolean }) {
  const { ProductCard: Card, look } = useTheme()
  return <Kept of={product} variant={`${look.name} ${first}`}><Card product={product} first={first} /></Kept>
}
