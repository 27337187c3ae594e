import { Field, useTranslation } from "@fangshi/storefront-kit"
import { maskPhone } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { cartCookie, memberCookie } from "../../cookies"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { member } = await requireMember(request, shop, await localeOf(request, shop))
  return { phone: maskPhone(member.phone) }
}

type Result = { step: "sure" | "code"; text: string | null; wrongCode: boolean }

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const form = await formOf(request)
  const answer = (result: Result, status = 200) => data(result, { status })
  if (form.get("intent") === "code") {
    const sent = await askMembers(shop, locale, token, "POST", "erasure/code", {})
    if (sent.ok) return answer({ step: "code", text: null, wrongCode: false })
    return answer({ step: sent.code === "CODE_TOO_SOON" ? "code" : "sure", text: sent.text, wrongCode: false }, 409)
  }
  if (form.get("intent") !== "erase") return answer({ step: "sure", text: null, wrongCode: false })
  const code = String(form.get("code") ?? "").trim()
  if (!/^\d{6}$/.test(code)) return answer({ step: "code", text: null, wrongCode: true }, 422)
  const erased = await askMembers(shop, locale, token, "POST", "erasure", { code })
  if (!erased.ok) return answer({ step: "code", text: erased.text, wrongCode: false }, 409)
  return redirect("/account/farewell", { headers: new Headers([["set-cookie", await memberCookie.serialize("", { maxAge: 0 })], ["set-cookie", await cartCookie.serialize("", { maxAge: 0 })]]) })
}

export default function Privacy() {
  const { t } = useTranslation()
  const { phone } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.privacy.title")}</h1>
      <div className="fs-panel">
        <h2>{t("account.privacy.export")}</h2>
        <p>{t("account.privacy.exportHint")}</p>
        <a className="fs-button is-quiet fs-wide" href="/account/my-data.json" download>{t("account.privacy.download")}</a>
      </div>
      <Form method="post" className="fs-panel fs-fields" noValidate preventScrollReset key={result?.step ?? "start"}>
        <h2>{t("account.privacy.erase")}</h2>
        <p>{t("account.privacy.eraseHint")}</p>
        {result?.text && <p className="fs-notice" role="alert">{result.text}</p>}
        {!result && <button className="fs-link is-bad" name="intent" value="ask" disabled={busy}>{t("account.privacy.erase")}</button>}
        {result?.step === "sure" && (
          <>
            <p><b>{t("account.privacy.sure", { phone })}</b></p>
            <button className="fs-button is-quiet" name="intent" value="code" disabled={busy}>{t("account.signIn.send")}</button>
          </>
        )}
        {result?.step === "code" && (
          <div className="fs-fields fs-code">
            <p>{t("account.signIn.sent", { phone })}</p>
            <Field name="code" label={t("account.signIn.code")} error={result.wrongCode ? t("account.signIn.wrong.code") : null} defaultValue="" autoComplete="one-time-code" inputMode="numeric" maxLength={6} required />
            <button className="fs-button fs-danger" name="intent" value="erase" disabled={busy}>{t("account.privacy.yes")}</button>
            <button className="fs-link" name="intent" value="code" disabled={busy}>{t("account.signIn.again")}</button>
          </div>
        )}
      </Form>
    </section>
  )
}
