import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { AfterSaleCard } from "./AfterSaleCard"
import type { OrderAfterSales as Loaded } from "./after-sales.server"
import "./texts"

/** The part of an order's page about what comes after: requests and how far they are, and lines that can be asked about. */
export function OrderAfterSales({ loaded: { order_id, lines, after_sales } }: { loaded: Loaded }) {
  const { t } = useTranslation()
  const askable = lines.filter((line) => line.askable)
  if (!askable.length && !after_sales.length) return null
  return (
    <section className="fs-panel" id="after-sales">
      <h2>{t("afterSales.title")}</h2>
      <ul>{after_sales.map((request) => <AfterSaleCard key={request.id} request={request} />)}</ul>
      <ul className="fs-askable">
        {askable.map(({ line_item_id, title, variant_title }) => (
          <li key={line_item_id}>
            <span>{title} <small className="fs-sub">{variant_title}</small></span>
            <Link className="fs-button is-quiet" rel="nofollow" to={`/order/${order_id}/after-sales/new?line=${line_item_id}`} aria-label={t("afterSales.askFor", { title })}>{t("afterSales.ask")}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
