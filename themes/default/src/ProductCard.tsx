import { useTranslation } from "@fangshi/storefront-kit"
import type { ProductTile } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { Price } from "./Price"

/** One product in a list. The first picture of a page is fetched first, the others when they come into view. */
export function ProductCard({ product, first }: { product: ProductTile; first?: boolean }) {
  const { t } = useTranslation()
  return (
    <article className={`fs-card${product.sold_out ? " is-sold-out" : ""}`}>
      <Link to={`/p/${product.handle}`} prefetch="intent">
        <span className="fs-picture">
          {product.picture && <img src={product.picture} alt="" width={400} height={400} loading={first ? "eager" : "lazy"} {...(first ? { fetchpriority: "high" } : {})} />}
          {product.sold_out && <em>{t("product.soldOut")}</em>}
        </span>
        <h3>{product.title}</h3>
        {product.subtitle && <p className="fs-sub">{product.subtitle}</p>}
        {product.price !== null && <Price amount={product.price} original={product.original_price} from={product.from} />}
      </Link>
    </article>
  )
}
