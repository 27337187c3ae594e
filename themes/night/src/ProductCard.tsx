import { type ProductTile, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** A product like a poster: a tall picture that fades into the night, its name and price in the dark below. */
export function ProductCard({ product, first }: { product: ProductTile; first?: boolean }) {
  const { t } = useTranslation()
  const { Price } = useTheme()
  return (
    <article className={`fs-card${product.sold_out ? " is-sold-out" : ""}`}>
      <Link to={`/p/${product.handle}`} prefetch="intent">
        <span className="fs-picture nt-poster">
          {product.picture && <img src={product.picture} alt="" width={400} height={480} loading={first ? "eager" : "lazy"} {...(first ? { fetchpriority: "high" } : {})} />}
          {product.sold_out && <em>{t("product.soldOut")}</em>}
        </span>
        <h3>{product.title}</h3>
        {product.subtitle && <p className="fs-sub">{product.subtitle}</p>}
        {product.price !== null && <Price amount={product.price} original={product.original_price} from={product.from} />}
      </Link>
    </article>
  )
}
