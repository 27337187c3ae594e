import { useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { DiscountRow } from "../../workbench/DiscountRow"
import { DeliveryNote } from "../../workbench/DeliveryNote"
import { useClock } from "../../workbench/clock"
import type { DeskParcel } from "../../workbench/desk"
import { read } from "../../workbench/desk.server"

export const loader = ({ request, params, context: { shop } }: LoaderFunctionArgs) => read<{ parcel: DeskParcel }>(request, shop, `parcels/${encodeURIComponent(params.id ?? "")}`)

/** A picking list with boxes to tick and, below a line to cut along, the customer's receipt. */
export default function Print() {
  const { t } = useTranslation()
  const money = useMoney()
  const clock = useClock()
  const { name, locale } = useShop()
  const { parcel } = useLoaderData<typeof loader>()
  const { id, number, lines, customer, goods_amount, shipping_amount, ordered_at, merchant_name } = parcel
  return (
    <article className="wb-paper">
      <p className="wb-screen-only wb-buttons"><Link to={`/workbench/orders/${id}`} className="wb-button is-quiet">{t("print.back")}</Link><button type="button" className="wb-button" onClick={() => window.print()}>{t("print.print")}</button></p>
      <section>
        <h1>{t("print.picking")} #{number}</h1>
        <p>{clock(ordered_at)} · {customer.name} · {customer.shipping_name}</p>
        <DeliveryNote delivery={parcel.delivery} />
        {customer.note && <p><b>{t("labelled", { label: t("order.note"), value: customer.note })}</b></p>}
        <ul>{lines.map((line) => <li key={line.line_item_id}>☐ <b>{line.quantity}</b> × {line.title} {line.variant_title} <small>{line.variant_sku}</small></li>)}</ul>
      </section>
      <hr />
      <section>
        <h2>{merchant_name ?? name[locale]} · {t("print.receipt")}</h2>
        <p>#{number} · {clock(ordered_at)}</p>
        <DeliveryNote delivery={parcel.delivery} />
        <table>
          <tbody>{lines.map((line) => <tr key={line.line_item_id}><td>{line.title} {line.variant_title}</td><td>×{line.quantity}</td><td>{money((line.goods_amount + line.discount_amount) / 100)}</td></tr>)}</tbody>
          <tfoot>
            <DiscountRow lines={lines} as="table" />
            {shipping_amount !== null && <tr><td>{t("order.shipping")}</td><td /><td>{money(shipping_amount / 100)}</td></tr>}
            <tr><td><b>{t("order.total")}</b></td><td /><td><b>{money((goods_amount + (shipping_amount ?? 0)) / 100)}</b></td></tr>
          </tfoot>
        </table>
      </section>
    </article>
  )
}
