import { Field, useTranslation } from "@fangshi/storefront-kit"
import { isGoodPassword, maskPhone } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { memberCookie } from "../../cookies"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { member } = await requireMember(request, shop, await localeOf(request, shop))
  return { phone: maskPhone(member.phone) }
}

type Wrong = "code" | "password"
type Result = { step: "start" | "code" | "done"; text: string | null; wrong: Wrong[]; code: string }

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const form = await formOf(request)
  const answer = (status: number, result: Partial<Result>, cookie?: string) => data<Result>({ step: "code", text: null, wrong: [], code: "", ...result }, { status, ...(cookie ? { headers: { "set-cookie": cookie } } : {}) })
  if (form.get("intent") !== "save") {
    const sent = await askMembers(shop, locale, token, "POST", "me/password/code", {})
    // A code is on its way already: there is something to type in.
    return sent.ok ? answer(200, {}) : answer(409, { step: sent.code === "CODE_TOO_SOON" ? "code" : "start", text: sent.text })
  }
  const code = String(form.get("code") ?? "").trim().slice(0, 20)
  const password = String(form.get("password") ?? "").slice(0, 200)
  const wrong: Wrong[] = [...(/^\d{6}$/.test(code) ? [] : (["code"] as const)), ...(isGoodPassword(password) ? [] : (["password"] as const))]
  if (wrong.length) return answer(422, { wrong, code })
  const saved = await askMembers<{ token: string }>(shop, locale, token, "POST", "me/password", { code, password })
  // Signed in everywhere else with the password of before: not any more; here with the new token.
  return saved.ok ? answer(200, { step: "done" }, await memberCookie.serialize(saved.value.token)) : answer(409, { text: saved.text, code })
}

export default function Password() {
  const { t } = useTranslation()
  const { phone } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const error = (name: Wrong) => (result?.wrong.includes(name) ? t(name === "code" ? "account.signIn.wrong.code" : "account.password.rule") : null)
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.password.title")}</h1>
      {result?.text && <p className="fs-notice" role="alert">{result.text}</p>}
      {result?.step === "done" ? (
        <div className="fs-empty" role="status"><h2>{t("account.password.done")}</h2><p>{t("account.password.doneHint")}</p><Link to="/account" className="fs-button">{t("account.home.menu")}</Link></div>
      ) : (
        <Form method="post" className="fs-panel fs-fields" noValidate key={result?.step ?? "start"}>
          {result?.step === "code" ? (
            <div className="fs-fields fs-code">
              <p>{t("account.signIn.sent", { phone })}</p>
              <Field name="code" label={t("account.signIn.code")} error={error("code")} defaultValue={result.code} autoComplete="one-time-code" inputMode="numeric" maxLength={6} required />
              <Field name="password" label={t("account.password.new")} error={error("password")} defaultValue="" type="password" autoComplete="new-password" required />
              <p className="fs-sub" style={{ whiteSpace: "normal" }}>{t("account.password.rule")}</p>
              <button className="fs-button" name="intent" value="save" disabled={busy}>{t("account.save")}</button>
              <button className="fs-link" name="intent" value="code" formNoValidate disabled={busy}>{t("account.signIn.again")}</button>
            </div>
          ) : (
            <>
              <p>{t("account.password.hint", { phone })}</p>
              <button className="fs-button" name="intent" value="code" disabled={busy}>{t("account.signIn.send")}</button>
            </>
          )}
        </Form>
      )}
    </section>
  )
}
