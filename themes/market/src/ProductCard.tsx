import { type ProductTile, useMoney, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** A product on the stall: what it saves is a sticker on the picture. */
export function ProductCard({ product, first }: { product: ProductTile; first?: boolean }) {
  const { t } = useTranslation()
  const { Price } = useTheme()
  const money = useMoney()
  const { handle, title, subtitle, picture, price, original_price, from, sold_out } = product
  const saved = !sold_out && price !== null && original_price !== null && original_price > price ? original_price - price : 0
  return (
    <article className={`fs-card${sold_out ? " is-sold-out" : ""}`}>
      <Link to={`/p/${handle}`} prefetch="intent">
        <span className="fs-picture">
          {picture && <img src={picture} alt="" width={400} height={400} loading={first ? "eager" : "lazy"} {...(first ? { fetchpriority: "high" } : {})} />}
          {saved > 0 && <span className="mk-sticker">{t("market.saves", { amount: money(saved).replace(/\.00$/, "") })}</span>}
          {sold_out && <em>{t("product.soldOut")}</em>}
        </span>
        <h3>{title}</h3>
        {subtitle && <p className="fs-sub">{subtitle}</p>}
        {price !== null && <Price amount={price} original={original_price} from={from} />}
      </Link>
    </article>
  )
}
