import { AFTER_SALE_LIMITS, mayStep, may } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link, useNavigation, useRouteLoaderData } from "react-router"
import { ProblemNote } from "./ProblemNote"
import { useClock } from "./clock"
import type { DeskAfterSale, Me, Problem } from "./desk"

/** A request with what was said and what can be done about it. */
export function DeskAfterSaleCard({ request, problem }: { request: DeskAfterSale; problem: Problem | null }) {
  const { t } = useTranslation()
  const money = useMoney()
  const clock = useClock()
  const me = useRouteLoaderData<{ me: Me }>("routes/workbench/signed-in")?.me
  const { id, number, parcel_id, name, title, variant_title, quantity, kind, reason, text, pictures, state, asked_amount, approved_amount, refunded_amount, lowered_reason, refusal_reason, carrier, tracking_number, created_at, merchant_name, restocked } = request
  return (
    <li className="wb-card" id={id}>
      <p className="wb-card-head"><b>{t(`afterSales.kind.${kind}`)}</b><time dateTime={created_at}>{clock(created_at)}</time>{merchant_name && <span className="wb-tag">{merchant_name}</span>}<span className={`wb-tag is-${state}`}>{t(`afterSales.state.${state}`)}</span></p>
      <ul className="wb-lines"><li><span>{title} <small>{variant_title}</small></span><b>×{quantity}</b></li></ul>
      <p className="wb-card-foot"><span>{name} · <Link className="wb-link" to={`/workbench/orders/${parcel_id}`}>#{number}</Link></span>{asked_amount > 0 && <span>{t("afterSales.asked")} <b className="wb-money">{money(asked_amount / 100)}</b></span>}</p>
      <p className="wb-said">{t(`afterSales.reason.${reason}`)}{text && `: ${text}`}</p>
      {pictures.length > 0 && <ul className="wb-pictures">{pictures.map(({ url }, i) => <li key={url}><a href={url} target="_blank" rel="noreferrer"><img src={url} alt={t("afterSales.picture", { number: i + 1 })} width={72} height={72} loading="lazy" /></a></li>)}</ul>}
      {tracking_number && <p className="wb-note">{t("afterSales.sent", { carrier, number: tracking_number })}</p>}
      {approved_amount !== null && approved_amount > 0 && <p className="wb-note">{t("afterSales.approved", { amount: money(approved_amount / 100) })}{lowered_reason && ` · ${lowered_reason}`}</p>}
      {restocked && <p className="wb-note">{t("afterSales.restocked")}</p>}
      {refunded_amount > 0 && <p className="wb-good">{t("afterSales.refunded", { amount: money(refunded_amount / 100) })}</p>}
      {refusal_reason && <p className="wb-note">{t("afterSales.refused", { reason: refusal_reason })}</p>}
      <ProblemNote problem={problem} />
      {me && may(me.role, "refunds") && <Steps request={request} />}
    </li>
  )
}

/** What the staff can do next; each posts to the list's page, with or without a script. */
function Steps({ request }: { request: DeskAfterSale }) {
  const { t } = useTranslation()
  const money = useMoney()
  const busy = useNavigation().state !== "idle"
  const { id, kind, asked_amount, approved_amount, return_to } = request
  const hidden = <input type="hidden" name="after_sale_id" value={id} />
  return (
    <>
      {mayStep("approve", request) && (
        <Form method="post" className="wb-form" preventScrollReset>
          {hidden}
          {kind !== "exchange" && (
            <>
              <label>{t("afterSales.approveAmount", { most: money(asked_amount / 100) })}<input name="amount" inputMode="decimal" required pattern="\d+(\.\d{1,2})?" maxLength={10} defaultValue={(asked_amount / 100).toFixed(2)} /></label>
              <label>{t("afterSales.loweredReason")}<input name="lowered_reason" maxLength={AFTER_SALE_LIMITS.reason} /></label>
            </>
          )}
          {kind !== "refund" && <label>{t("afterSales.returnTo")}<textarea name="return_to" rows={2} required maxLength={AFTER_SALE_LIMITS.return_to} defaultValue={return_to ?? ""} /></label>}
          <button name="step" value="approve" className="wb-button" disabled={busy}>{t("afterSales.approve")}</button>
        </Form>
      )}
      {mayStep("receive", request) && (
        <Form method="post" className="wb-form" preventScrollReset>
          {hidden}
          <label className="wb-check"><input type="checkbox" name="restock" value="yes" />{t("afterSales.restock")}</label>
          <button name="step" value="receive" className="wb-button" disabled={busy}>{t("afterSales.receive")}</button>
        </Form>
      )}
      {mayStep("refund", request) && (
        <Form method="post" preventScrollReset className="wb-buttons">{hidden}<button name="step" value="refund" className="wb-button" disabled={busy}>{t("afterSales.refund", { amount: money((approved_amount ?? 0) / 100) })}</button></Form>
      )}
      {mayStep("finish", request) && (
        <Form method="post" preventScrollReset className="wb-buttons">{hidden}<button name="step" value="finish" className="wb-button" disabled={busy}>{t("afterSales.finish")}</button></Form>
      )}
      {mayStep("refuse", request) && (
        <details>
          <summary className="wb-link">{t("afterSales.refuse")}</summary>
          <Form method="post" className="wb-form" preventScrollReset>
            {hidden}
            <label>{t("afterSales.refuseReason")}<input name="reason" required minLength={2} maxLength={AFTER_SALE_LIMITS.reason} /></label>
            <button name="step" value="refuse" className="wb-button is-danger" disabled={busy}>{t("afterSales.refuseSure")}</button>
          </Form>
        </details>
      )}
    </>
  )
}
