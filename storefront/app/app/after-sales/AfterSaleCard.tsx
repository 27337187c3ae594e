import type { AfterSale } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import "./texts"

/** One request in a list: what for, how much, how far. */
export function AfterSaleCard({ request }: { request: AfterSale }) {
  const { t } = useTranslation()
  const money = useMoney()
  const { id, order_id, title, variant_title, thumbnail, kind, quantity, state, asked_amount, approved_amount } = request
  const amount = approved_amount ?? asked_amount
  return (
    <li>
      <Link to={`/order/${order_id}/after-sales/${id}`} className="fs-line fs-after-sale">
        <span className="fs-picture">{thumbnail && <img src={thumbnail} alt="" width={84} height={84} loading="lazy" />}</span>
        <span>
          <b>{title}</b>
          <span className="fs-sub">{variant_title} × {quantity}</span>
          <span>{t(`afterSales.kind.${kind}`)}{amount > 0 && <> · {money(amount / 100)}</>}</span>
          <span className={`fs-after-sale-state is-${state}`}>{t(`afterSales.state.${state}`)}</span>
        </span>
      </Link>
    </li>
  )
}
