import { type ParcelState, may } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation, useRouteLoaderData } from "react-router"
import { formOf } from "../../form.server"
import { DiscountRow } from "../../workbench/DiscountRow"
import { DeliveryNote } from "../../workbench/DeliveryNote"
import { NextStep } from "../../workbench/ParcelCard"
import { ProblemNote } from "../../workbench/ProblemNote"
import { useClock } from "../../workbench/clock"
import { type DeskParcel, type Me, fenOf } from "../../workbench/desk"
import { act, problemOf, read } from "../../workbench/desk.server"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const { parcel } = await read<{ parcel: DeskParcel }>(request, shop, `parcels/${encodeURIComponent(params.id ?? "")}`)
  return { parcel, refund_key: crypto.randomUUID() }
}

const STEPS = ["accept", "pack", "refuse", "refund"] as const

export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const at = `parcels/${encodeURIComponent(params.id ?? "")}`
  const step = STEPS.find((each) => each === form.get("step"))
  if (!step) return data({ problem: problemOf("REQUEST_INVALID") }, { status: 400 })
  if (step === "refund") {
    const refund_amount = fenOf(form.get("amount"))
    if (!refund_amount) return data({ problem: problemOf("REFUND_TOO_LARGE") }, { status: 422 })
    const { problem } = await act(request, shop, `${at}/refunds`, { refund_amount, idempotency_key: String(form.get("key") ?? "").slice(0, 64) })
    return problem ? data({ problem }, { status: 409 }) : redirect(`/workbench/orders/${params.id}`)
  }
  const { value, problem } = await act<{ parcel: { state: ParcelState } }>(request, shop, `${at}/${step}`, step === "refuse" ? { reason: String(form.get("reason") ?? "").trim().slice(0, 200) } : {})
  return problem ? data({ problem }, { status: 409 }) : redirect(step === "accept" || step === "pack" ? `/workbench/orders?state=${value?.parcel.state}` : `/workbench/orders/${params.id}`)
}

export default function Order() {
  const { t } = useTranslation()
  const money = useMoney()
  const clock = useClock()
  const { parcel, refund_key } = useLoaderData<typeof loader>()
  const me = useRouteLoaderData<{ me: Me }>("routes/workbench/signed-in")?.me
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const { id, number, state, customer, lines, goods_amount, shipping_amount, refunded_amount, refundable_amount = 0, refusal_reason, ordered_at, closed_at, merchant_name } = parcel
  return (
    <>
      <ProblemNote problem={result?.problem} />
      <section className="wb-panel">
        <h1>#{number} <span className={`wb-tag is-${state}`}>{t(`state.${state}`)}</span>{merchant_name && <span className="wb-tag">{merchant_name}</span>}</h1>
        <p className="wb-soft">{t("order.placed", { at: clock(ordered_at) })}{closed_at && ` · ${t("order.closed", { at: clock(closed_at) })}`}</p>
        {refusal_reason && <p className="wb-note">{t("order.refused", { reason: refusal_reason })}</p>}
        <p className="wb-customer"><b>{customer.name}</b> <a href={`tel:${customer.phone}`}>{customer.phone}</a></p>
        <p>{customer.address}</p>
        <p className="wb-soft">{customer.shipping_name}</p>
        <DeliveryNote delivery={parcel.delivery} />
        {customer.note && <p className="wb-note">{t("labelled", { label: t("order.note"), value: customer.note })}</p>}
      </section>
      <section className="wb-panel">
        <ul className="wb-lines">
          {lines.map((line) => <li key={line.line_item_id}><span>{line.title} <small>{line.variant_title}</small></span><span>×{line.quantity}</span><b className="wb-money">{money((line.goods_amount + line.discount_amount) / 100)}</b></li>)}
        </ul>
        <dl className="wb-sums">
          <DiscountRow lines={lines} as="list" />
          {shipping_amount !== null && <div><dt>{t("order.shipping")}</dt><dd>{money(shipping_amount / 100)}</dd></div>}
          <div><dt>{t("order.total")}</dt><dd className="wb-money">{money((goods_amount + (shipping_amount ?? 0)) / 100)}</dd></div>
          {refunded_amount > 0 && <div><dt>{t("order.refunded")}</dt><dd>−{money(refunded_amount / 100)}</dd></div>}
        </dl>
        <p><Link to={`/workbench/orders/${id}/print`} className="wb-link">{t("order.print")}</Link></p>
      </section>
      <NextStep parcel={parcel} busy={busy} />
      {(state === "new" || state === "packing") && (
        <Form method="post" className="wb-panel wb-form" id="refuse">
          <label>{t("order.reason")}<input name="reason" required minLength={2} maxLength={200} placeholder={t("order.reasonExample")} /></label>
          <button name="step" value="refuse" className="wb-button is-danger" disabled={busy}>{t("order.refuse")}</button>
        </Form>
      )}
      {refundable_amount > 0 && me && may(me.role, "refunds") && (
        <Form method="post" className="wb-panel wb-form" key={refunded_amount}>
          <input type="hidden" name="key" value={refund_key} />
          <label>{t("order.refundAmount", { most: money(refundable_amount / 100) })}<input name="amount" inputMode="decimal" required pattern="\d+(\.\d{1,2})?" maxLength={10} /></label>
          <button name="step" value="refund" className="wb-button is-quiet" disabled={busy}>{t("order.refund")}</button>
        </Form>
      )}
    </>
  )
}
