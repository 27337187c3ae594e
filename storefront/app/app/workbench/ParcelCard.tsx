import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link } from "react-router"
import { DeliveryNote } from "./DeliveryNote"
import type { DeskParcel } from "./desk"
import { useClock } from "./clock"

/** One order of the list with its next step at the thumb. */
export function ParcelCard({ parcel, busy }: { parcel: DeskParcel; busy: boolean }) {
  const { t } = useTranslation()
  const money = useMoney()
  const clock = useClock()
  const { id, number, state, customer, lines, pieces, goods_amount, ordered_at, merchant_name } = parcel
  return (
    <li className="wb-card">
      <Link to={`/workbench/orders/${id}`} className="wb-card-head">
        <b>#{number}</b>
        <time dateTime={ordered_at}>{clock(ordered_at)}</time>
        {merchant_name && <span className="wb-tag">{merchant_name}</span>}
        <span className={`wb-tag is-${state}`}>{t(`state.${state}`)}</span>
      </Link>
      <ul className="wb-lines">
        {lines.map((line) => <li key={line.line_item_id}><span>{line.title} <small>{line.variant_title}</small></span><b>×{line.quantity}</b></li>)}
      </ul>
      <p className="wb-card-foot"><span>{customer.name} {customer.phone} · {customer.shipping_name}</span><span>{t("order.pieces", { count: pieces })} <b className="wb-money">{money(goods_amount / 100)}</b></span></p>
      <DeliveryNote delivery={parcel.delivery} />
      {customer.note && <p className="wb-note">{t("labelled", { label: t("order.note"), value: customer.note })}</p>}
      <NextStep parcel={parcel} busy={busy} />
    </li>
  )
}

/** The buttons for what can be done now. They post to the order's page, with or without a script. */
export function NextStep({ parcel: { id, state }, busy }: { parcel: Pick<DeskParcel, "id" | "state">; busy: boolean }) {
  const { t } = useTranslation()
  if (state === "done" || state === "refused") return null
  if (state === "ready") return <p className="wb-buttons"><Link to="/workbench/hand-over" className="wb-button">{t("step.handOver")}</Link></p>
  const step = state === "new" ? "accept" : "pack"
  return (
    <Form method="post" action={`/workbench/orders/${id}`} className="wb-buttons">
      <Link to={`/workbench/orders/${id}#refuse`} className="wb-button is-quiet">{t("step.refuse")}</Link>
      <button name="step" value={step} className="wb-button" disabled={busy}>{t(`step.${step}`)}</button>
    </Form>
  )
}
