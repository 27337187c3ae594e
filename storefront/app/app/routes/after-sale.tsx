import { AFTER_SALE_LIMITS, mayStep } from "@fangshi/contracts"
import { Field, useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { loadOwnAfterSales, shownMoments } from "../after-sales/after-sales.server"
import { assertBuyer } from "../buyer.server"
import { formOf } from "../form.server"
import { localeOf } from "../locale.server"
import { askStore } from "../member.server"
import { typedText } from "../pictures/picture-form"
import { Pictures } from "../pictures/Pictures"
import "../after-sales/texts"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { after_sales } = await loadOwnAfterSales(request, shop, locale, params.id ?? "")
  const found = after_sales.find(({ id }) => id === params.request)
  if (!found) throw new Response("no such request", { status: 404 })
  return { request: found, moments: shownMoments(found, locale, shop) }
}

type Result = { sure: boolean; text: string | null; wrong: ("carrier" | "tracking_number")[]; carrier: string; tracking_number: string }

/** Taking a request back is asked twice: the first press only shows the question, without script too. */
export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const [order_id, id] = [params.id ?? "", params.request ?? ""]
  await assertBuyer(request, shop, locale, order_id)
  const form = await formOf(request)
  const intent = form.get("intent")
  const result: Result = { sure: false, text: null, wrong: [], carrier: typedText(form.get("carrier"), AFTER_SALE_LIMITS.carrier), tracking_number: typedText(form.get("tracking_number"), AFTER_SALE_LIMITS.tracking_number).replace(/\s/g, "") }
  if (intent !== "withdraw" && intent !== "send-back") return data<Result>({ ...result, sure: true })
  const { carrier, tracking_number } = result
  if (intent === "send-back") {
    const wrong: Result["wrong"] = [...(carrier ? [] : ["carrier" as const]), ...(/^[A-Za-z0-9-]{5,40}$/.test(tracking_number) ? [] : ["tracking_number" as const])]
    if (wrong.length) return data<Result>({ ...result, wrong }, { status: 422 })
  }
  const told = await askStore(shop, locale, null, "POST", `orders/${encodeURIComponent(order_id)}/after-sales/${encodeURIComponent(id)}/${intent}`, intent === "send-back" ? { carrier, tracking_number } : {})
  return told.ok ? redirect(`/order/${order_id}/after-sales/${id}`) : data<Result>({ ...result, text: told.text }, { status: 409 })
}

export default function AfterSalePage() {
  const { t } = useTranslation()
  const money = useMoney()
  const { request, moments } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const { order_id, title, variant_title, thumbnail, kind, quantity, reason, text, pictures, state, asked_amount, approved_amount, lowered_reason, refunded_amount, return_to, carrier, tracking_number, refusal_reason } = request
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t(`afterSales.kind.${kind}`)} · {t(`afterSales.state.${state}`)}</h1>
      {result?.text && <p className="fs-notice" role="alert">{result.text}</p>}
      {refusal_reason && <p className="fs-notice">{t("afterSales.refused", { reason: refusal_reason })}</p>}
      {lowered_reason && <p className="fs-notice">{t("afterSales.lowered", { reason: lowered_reason })}</p>}
      <div className="fs-panel">
        <h2>{t("afterSales.way")}</h2>
        <ol className="fs-timeline">{moments.map(({ key, at }) => <li key={key} className={at ? "is-done" : undefined}>{t(`afterSales.step.${key}`)}{at && <small>{at}</small>}</li>)}</ol>
        {refunded_amount > 0 && <p className="fs-notice is-good">{t("afterSales.refunded", { amount: money(refunded_amount / 100) })}</p>}
      </div>
      {return_to && mayStep("send-back", request) && (
        <Form method="post" className="fs-panel fs-fields" noValidate preventScrollReset>
          <h2>{t("afterSales.sendBack.title")}</h2>
          <p>{t("afterSales.sendBack.to")}</p>
          <p className="fs-return-to">{return_to}</p>
          <Field name="carrier" label={t("afterSales.sendBack.carrier")} error={result?.wrong.includes("carrier") ? t("afterSales.wrong.carrier") : null} defaultValue={result?.carrier ?? ""} maxLength={AFTER_SALE_LIMITS.carrier} required />
          <Field name="tracking_number" label={t("afterSales.sendBack.number")} error={result?.wrong.includes("tracking_number") ? t("afterSales.wrong.tracking_number") : null} defaultValue={result?.tracking_number ?? ""} maxLength={AFTER_SALE_LIMITS.tracking_number} required />
          <button className="fs-button" name="intent" value="send-back" disabled={busy}>{t("afterSales.sendBack.send")}</button>
        </Form>
      )}
      <div className="fs-panel">
        <h2>{t("afterSales.what")}</h2>
        <div className="fs-line">
          <span className="fs-picture">{thumbnail && <img src={thumbnail} alt="" width={84} height={84} />}</span>
          <div><h3>{title}</h3><p className="fs-sub">{variant_title} × {quantity}</p></div>
        </div>
        <dl className="fs-sums">
          <dt>{t("afterSales.form.reason")}</dt><dd>{t(`afterSales.reason.${reason}`)}</dd>
          {kind !== "exchange" && <><dt>{t("afterSales.asked")}</dt><dd>{money(asked_amount / 100)}</dd></>}
          {kind !== "exchange" && approved_amount !== null && <><dt>{t("afterSales.approved")}</dt><dd>{money(approved_amount / 100)}</dd></>}
          {tracking_number && <><dt>{carrier}</dt><dd>{tracking_number}</dd></>}
        </dl>
        {text && <p className="fs-review-text">{text}</p>}
        <Pictures pictures={pictures} />
      </div>
      {mayStep("withdraw", request) && (
        <Form method="post" className="fs-panel" preventScrollReset>
          {result?.sure ? (
            <>
              <p>{t("afterSales.withdraw.sure")}</p>
              <button className="fs-button fs-danger fs-wide" name="intent" value="withdraw" disabled={busy}>{t("afterSales.withdraw.yes")}</button>
            </>
          ) : <button className="fs-link is-bad" name="intent" value="ask" disabled={busy}>{t("afterSales.withdraw.ask")}</button>}
        </Form>
      )}
      <p><Link to={`/order/${order_id}`} className="fs-link">{t("afterSales.toOrder")}</Link></p>
    </section>
  )
}
