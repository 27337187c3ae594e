import { useTranslation } from "@fangshi/storefront-kit"
import { REPORT_REASONS, REVIEW_LIMITS } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"
import { typedText } from "../../pictures/picture-form"
import { safeBack } from "../../safe-back"

const ID = /^[\w-]{1,80}$/

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  await requireMember(request, shop, await localeOf(request, shop))
  if (!ID.test(params.id ?? "")) throw new Response("no such review", { status: 404 })
  return { back: safeBack(new URL(request.url).searchParams.get("back")) }
}

export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const form = await formOf(request)
  const reason = REPORT_REASONS.find((each) => each === form.get("reason"))
  if (!ID.test(params.id ?? "")) throw new Response("no such review", { status: 404 })
  if (!reason) return data({ done: false, text: null as string | null }, { status: 422 })
  const note = typedText(form.get("note"), REVIEW_LIMITS.report_note)
  const told = await askMembers(shop, locale, token, "POST", `me/reviews/${params.id}/reports`, { reason, ...(note ? { note } : {}) })
  return told.ok ? data({ done: true, text: null as string | null }) : data({ done: false, text: told.text as string | null }, { status: 409 })
}

export default function ReportReview() {
  const { t } = useTranslation()
  const { back } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("reviews.report.title")}</h1>
      {result?.done ? <p className="fs-notice is-good" role="status">{t("reviews.report.done")}</p> : (
        <Form method="post" className="fs-panel fs-fields">
          {result && <p className="fs-notice" role="alert">{result.text ?? t("reviews.report.choose")}</p>}
          <fieldset className="fs-options">
            <legend>{t("reviews.report.why")}</legend>
            {REPORT_REASONS.map((reason) => <label key={reason} className="fs-radio"><input type="radio" name="reason" value={reason} required /><span>{t(`reviews.reasons.${reason}`)}</span></label>)}
          </fieldset>
          <p className="fs-field"><label htmlFor="note">{t("reviews.report.note")}</label><textarea id="note" name="note" rows={3} maxLength={REVIEW_LIMITS.report_note} /></p>
          <button className="fs-button" disabled={busy}>{t("reviews.report.send")}</button>
        </Form>
      )}
      <p><Link className="fs-link" to={back}>{t("reviews.report.back")}</Link></p>
    </section>
  )
}
