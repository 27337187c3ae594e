import { Field, useTranslation } from "@fangshi/storefront-kit"
import { isMobilePhone, maskPhone, plainPhone } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { cartCookie, memberCookie, readCartId } from "../../cookies"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, findMember } from "../../member.server"
import { safeBack } from "../../safe-back"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const back = safeBack(searchParams.get("back"), "/account")
  if (await findMember(request, shop, await localeOf(request, shop))) throw redirect(back)
  return { back, by: searchParams.get("by") === "password" ? ("password" as const) : ("phone" as const) }
}

type Step = "phone" | "code" | "password"
type Result = { step: Step; phone: string; field: Step | null; text: string | null }

const asked = (result: Result, status = 200) => data(result, { status })

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const locale = await localeOf(request, shop)
  const typed = String(form.get("phone") ?? "").slice(0, 30)
  const byPassword = form.get("intent") === "password"
  if (!isMobilePhone(typed)) return asked({ step: byPassword ? "password" : "phone", phone: typed, field: "phone", text: null }, 422)
  const phone = plainPhone(typed)
  if (byPassword) {
    const password = String(form.get("password") ?? "").slice(0, 200)
    if (!password) return asked({ step: "password", phone, field: "password", text: null }, 422)
    const signedIn = await askMembers<{ token: string }>(shop, locale, null, "POST", "sign-in/password", { phone, password })
    return signedIn.ok ? enter(signedIn.value.token) : asked({ step: "password", phone, field: "password", text: signedIn.text }, 422)
  }
  if (form.get("intent") !== "enter") {
    const sent = await askMembers(shop, locale, null, "POST", "codes", { phone })
    if (sent.ok) return asked({ step: "code", phone, field: null, text: null })
    // A code is on its way already: there is something to type in.
    return asked({ step: sent.code === "CODE_TOO_SOON" ? "code" : "phone", phone, field: sent.code === "CODE_TOO_SOON" ? "code" : "phone", text: sent.text }, 409)
  }
  const code = String(form.get("code") ?? "").trim()
  if (!/^\d{6}$/.test(code)) return asked({ step: "code", phone, field: "code", text: null }, 422)
  const signedIn = await askMembers<{ token: string }>(shop, locale, null, "POST", "sign-in", { phone, code })
  return signedIn.ok ? enter(signedIn.value.token) : asked({ step: "code", phone, field: "code", text: signedIn.text }, 422)

  /** What was put into the cart as a guest comes along. */
  async function enter(token: string) {
    const guests = await readCartId(request)
    const cart = await askMembers<{ cart_id: string | null }>(shop, locale, token, "POST", "me/cart", guests ? { cart_id: guests } : {})
    const headers = new Headers([["set-cookie", await memberCookie.serialize(token)]])
    if (cart.ok && cart.value.cart_id) headers.append("set-cookie", await cartCookie.serialize(cart.value.cart_id))
    return redirect(safeBack(form.get("back"), "/account"), { headers })
  }
}

export default function SignIn() {
  const { t } = useTranslation()
  const { back, by } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const error = (field: Step) => (result?.field === field ? (result.text ?? t(`account.signIn.wrong.${field}`)) : null)
  // A link to the other way leaves the page where it is, and what was typed with it.
  const step = result && (result.step === "password") === (by === "password") ? result.step : by
  const way = (to: "phone" | "password") => <Link className="fs-link" to={`/account/sign-in?${new URLSearchParams({ by: to, back })}`} replace>{t(`account.signIn.by.${to}`)}</Link>
  const phoneField = <Field name="phone" label={t("checkout.phone")} error={error("phone")} defaultValue={result?.phone ?? ""} type="tel" inputMode="tel" autoComplete={step === "password" ? "username" : "tel-national"} required />
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t(step === "password" ? "account.signIn.titlePassword" : "account.signIn.title")}</h1>
      <Form method="post" className="fs-panel" noValidate key={step}>
        <input type="hidden" name="back" value={back} />
        {step === "code" && result ? (
          <div className="fs-fields fs-code">
            <input type="hidden" name="phone" value={result.phone} />
            <p>{t("account.signIn.sent", { phone: maskPhone(result.phone) })}</p>
            <Field name="code" label={t("account.signIn.code")} error={error("code")} defaultValue="" autoComplete="one-time-code" inputMode="numeric" maxLength={6} required />
            <button className="fs-button" name="intent" value="enter" disabled={busy}>{t("account.signIn.enter")}</button>
            <button className="fs-link" name="intent" value="send" disabled={busy}>{t("account.signIn.again")}</button>
            <a className="fs-link" href={`/account/sign-in?back=${encodeURIComponent(back)}`}>{t("account.signIn.other")}</a>
          </div>
        ) : step === "password" ? (
          <div className="fs-fields">
            {phoneField}
            <Field name="password" label={t("account.signIn.password")} error={error("password")} defaultValue="" type="password" autoComplete="current-password" required />
            <button className="fs-button" name="intent" value="password" disabled={busy}>{t("account.signIn.enter")}</button>
            <p className="fs-sub" style={{ whiteSpace: "normal" }}>{t("account.signIn.forgotten")}</p>
            {way("phone")}
          </div>
        ) : (
          <div className="fs-fields">
            <p className="fs-sub" style={{ whiteSpace: "normal" }}>{t("account.signIn.hint")}</p>
            {phoneField}
            <button className="fs-button" name="intent" value="send" disabled={busy}>{t("account.signIn.send")}</button>
            {way("password")}
          </div>
        )}
      </Form>
    </section>
  )
}
