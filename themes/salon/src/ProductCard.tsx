import { type ProductTile, countryName, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** A product like a plate in a book: the picture, its country, its name, its price. */
export function ProductCard({ product, first }: { product: ProductTile; first?: boolean }) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  return (
    <article className={`fs-card${product.sold_out ? " is-sold-out" : ""}`}>
      <Link to={`/p/${product.handle}`} prefetch="intent">
        <span className="fs-picture">
          {product.picture && <img src={product.picture} alt="" width={400} height={500} loading={first ? "eager" : "lazy"} {...(first ? { fetchpriority: "high" } : {})} />}
          {product.sold_out && <em>{t("product.soldOut")}</em>}
        </span>
        <p className="sl-origin">{product.origin ? countryName(product.origin, locale) : "\u00a0"}</p>
        <h3>{product.title}</h3>
        {product.subtitle && <p className="fs-sub">{product.subtitle}</p>}
        {product.price !== null && <Price amount={product.price} original={product.original_price} from={product.from} />}
      </Link>
    </article>
  )
}
