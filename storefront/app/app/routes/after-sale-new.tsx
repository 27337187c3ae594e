import { AFTER_SALE_KINDS, AFTER_SALE_LIMITS, type AfterSale, mostFor } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { useState } from "react"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { type AfterSaleForm, type WrongAfterSale, checkAfterSale, typedAfterSale } from "../after-sales/after-sale-form"
import { loadOwnAfterSales } from "../after-sales/after-sales.server"
import { localeOf } from "../locale.server"
import { askStore } from "../member.server"
import { type SentPicture, picturesOf } from "../pictures/picture-form"
import { PictureField } from "../pictures/PictureField"
import { readPictureForm, sendPictures } from "../pictures/pictures.server"
import "../after-sales/texts"

async function findLine(request: Request, { params, context: { shop } }: Pick<LoaderFunctionArgs, "params" | "context">) {
  const locale = await localeOf(request, shop)
  const { order_id, lines } = await loadOwnAfterSales(request, shop, locale, params.id ?? "")
  const line = lines.find(({ line_item_id }) => line_item_id === new URL(request.url).searchParams.get("line"))
  if (!line) throw new Response("no such line", { status: 404 })
  if (line.open_id) throw redirect(`/order/${order_id}/after-sales/${line.open_id}`)
  // Not received yet, or too long ago: the order's page says what can be done.
  if (!line.askable) throw redirect(`/order/${order_id}`)
  return { locale, order_id, line }
}

export async function loader({ request, ...rest }: LoaderFunctionArgs) {
  const { line } = await findLine(request, rest)
  return { line }
}

type Result = { text: string | null; wrong: WrongAfterSale | "pictures" | null; form: AfterSaleForm & { sent: SentPicture[] } }

/** Pictures go to the shop first: whatever else is wrong, nobody has to choose them again. */
export async function action({ request, ...rest }: ActionFunctionArgs) {
  const { shop } = rest.context
  const { locale, order_id, line } = await findLine(request, rest)
  const body = await readPictureForm(request)
  const typed = typedAfterSale(body ?? new FormData(), line)
  if (!body) return data<Result>({ text: null, wrong: "pictures", form: { ...typed, sent: [] } }, { status: 413 })
  const at = `orders/${encodeURIComponent(order_id)}/after-sales`
  const { sent, ...pictures } = await sendPictures(shop, locale, null, `${at}/pictures`, picturesOf(body), AFTER_SALE_LIMITS.pictures)
  const answer = (wrong: Result["wrong"], text: string | null, status: number) => data<Result>({ text, wrong, form: { ...typed, sent } }, { status })
  if (pictures.wrong) return answer("pictures", pictures.text, 422)
  const { wrong, asked_amount } = checkAfterSale(typed, line)
  if (wrong) return answer(wrong, null, 422)
  const { kind, quantity, reason, text } = typed
  const told = await askStore<{ after_sale: AfterSale }>(shop, locale, null, "POST", at, { line_item_id: line.line_item_id, kind, quantity, reason, text, asked_amount, picture_ids: sent.map(({ id }) => id) })
  return told.ok ? redirect(`/order/${order_id}/after-sales/${told.value.after_sale.id}`) : answer(null, told.text, 409)
}

export default function AskAfterSale() {
  const { t } = useTranslation()
  const money = useMoney()
  const { line } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const form = result?.form ?? { kind: "return" as const, quantity: line.pieces, reason: null, amount: "", text: "", sent: [] }
  const [kind, setKind] = useState(form.kind)
  const [quantity, setQuantity] = useState(form.quantity)
  const error = (field: WrongAfterSale) => (result?.wrong === field ? t(`afterSales.wrong.${field}`, { pieces: line.pieces }) : null)
  const pictureError = result?.wrong === "pictures" ? (result.text ?? t("pictures.tooMany", { most: AFTER_SALE_LIMITS.pictures })) : null
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("afterSales.ask")}</h1>
      {result?.text && !result.wrong && <p className="fs-notice" role="alert">{result.text}</p>}
      <div className="fs-panel fs-line">
        <span className="fs-picture">{line.thumbnail && <img src={line.thumbnail} alt="" width={84} height={84} />}</span>
        <div><h2>{line.title}</h2><p className="fs-sub">{line.variant_title} × {line.pieces}</p></div>
      </div>
      <Form method="post" encType="multipart/form-data" className="fs-panel fs-fields" noValidate key={form.sent.length}>
        <fieldset className="fs-kinds">
          <legend>{t("afterSales.form.kind")}</legend>
          {AFTER_SALE_KINDS.map((each) => (
            <label key={each} className="fs-kind"><input type="radio" name="kind" value={each} defaultChecked={form.kind === each} onChange={() => setKind(each)} /><span><b>{t(`afterSales.kind.${each}`)}</b><small>{t(`afterSales.kindHint.${each}`)}</small></span></label>
          ))}
        </fieldset>
        {line.pieces > 1 ? (
          <p className="fs-field">
            <label htmlFor="quantity">{t("afterSales.form.quantity", { pieces: line.pieces })}</label>
            <input id="quantity" name="quantity" type="number" inputMode="numeric" min={1} max={line.pieces} defaultValue={form.quantity} onChange={({ target }) => setQuantity(target.valueAsNumber || 1)} aria-invalid={error("quantity") ? true : undefined} aria-describedby={error("quantity") ? "quantity-error" : undefined} />
            {error("quantity") && <span className="fs-error is-block" id="quantity-error">{error("quantity")}</span>}
          </p>
        ) : <input type="hidden" name="quantity" value="1" />}
        <p className="fs-field">
          <label htmlFor="reason">{t("afterSales.form.reason")}</label>
          <select id="reason" name="reason" defaultValue={form.reason ?? ""} aria-invalid={error("reason") ? true : undefined} aria-describedby={error("reason") ? "reason-error" : undefined}>
            <option value="">{t("afterSales.form.choose")}</option>
            {line.reasons.map((reason) => <option key={reason} value={reason}>{t(`afterSales.reason.${reason}`)}</option>)}
          </select>
          {error("reason") && <span className="fs-error is-block" id="reason-error">{error("reason")}</span>}
        </p>
        <p className="fs-field" hidden={kind === "exchange"}>
          <label htmlFor="amount">{t("afterSales.form.amount")}</label>
          <input id="amount" name="amount" inputMode="decimal" maxLength={12} defaultValue={form.amount} placeholder={(mostFor(line, quantity) / 100).toFixed(2)} aria-invalid={error("amount") ? true : undefined} aria-describedby={error("amount") ? "amount-hint amount-error" : "amount-hint"} />
          <span className="fs-hint" id="amount-hint">{t("afterSales.form.amountHint", { most: money(mostFor(line, quantity) / 100) })}</span>
          {error("amount") && <span className="fs-error is-block" id="amount-error">{error("amount")}</span>}
        </p>
        <p className="fs-field"><label htmlFor="text">{t("afterSales.form.text")}</label><textarea id="text" name="text" rows={4} maxLength={AFTER_SALE_LIMITS.text} defaultValue={form.text} placeholder={t("afterSales.form.textExample")} /></p>
        <PictureField sent={form.sent} error={pictureError} most={AFTER_SALE_LIMITS.pictures} />
        <button className="fs-button" disabled={busy}>{t(busy ? "afterSales.form.sending" : "afterSales.form.send")}</button>
      </Form>
    </section>
  )
}
