import { isMobilePhone, maskPhone, plainPhone } from "@fangshi/contracts"
import { useTranslation } from "react-i18next"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { Field } from "../../Field"
import { cartCookie, memberCookie, readCartId } from "../../cookies"
import { localeOf } from "../../locale.server"
import { askMembers, findMember } from "../../member.server"
import { safeBack } from "../../safe-back"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const back = safeBack(new URL(request.url).searchParams.get("back"), "/account")
  if (await findMember(request, shop, await localeOf(request, shop))) throw redirect(back)
  return { back }
}

type Result = { step: "phone" | "code"; phone: string; field: "phone" | "code" | null; text: string | null }

const asked = (result: Result, status = 200) => data(result, { status })

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = await localeOf(request, shop)
  const typed = String(form.get("phone") ?? "").slice(0, 30)
  if (!isMobilePhone(typed)) return asked({ step: "phone", phone: typed, field: "phone", text: null }, 422)
  const phone = plainPhone(typed)
  if (form.get("intent") !== "enter") {
    const sent = await askMembers(shop, locale, null, "POST", "codes", { phone })
    if (sent.ok) return asked({ step: "code", phone, field: null, text: null })
    // A code is on its way already: there is something to type in.
    return asked({ step: sent.code === "CODE_TOO_SOON" ? "code" : "phone", phone, field: sent.code === "CODE_TOO_SOON" ? "code" : "phone", text: sent.text }, 409)
  }
  const code = String(form.get("code") ?? "").trim()
  if (!/^\d{6}$/.test(code)) return asked({ step: "code", phone, field: "code", text: null }, 422)
  const signedIn = await askMembers<{ token: string }>(shop, locale, null, "POST", "sign-in", { phone, code })
  if (!signedIn.ok) return asked({ step: "code", phone, field: "code", text: signedIn.text }, 422)
  const { token } = signedIn.value
  const guests = await readCartId(request)
  const cart = await askMembers<{ cart_id: string | null }>(shop, locale, token, "POST", "me/cart", guests ? { cart_id: guests } : {})
  const headers = new Headers([["set-cookie", await memberCookie.serialize(token)]])
  if (cart.ok && cart.value.cart_id) headers.append("set-cookie", await cartCookie.serialize(cart.value.cart_id))
  return redirect(safeBack(form.get("back"), "/account"), { headers })
}

export default function SignIn() {
  const { t } = useTranslation()
  const { back } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const error = (field: "phone" | "code") => (result?.field === field ? (result.text ?? t(`account.signIn.wrong.${field}`)) : null)
  const isCode = result?.step === "code"
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.signIn.title")}</h1>
      <Form method="post" className="fs-panel" noValidate key={isCode ? "code" : "phone"}>
        <input type="hidden" name="back" value={back} />
        {isCode ? (
          <div className="fs-fields fs-code">
            <input type="hidden" name="phone" value={result.phone} />
            <p>{t("account.signIn.sent", { phone: maskPhone(result.phone) })}</p>
            <Field name="code" label={t("account.signIn.code")} error={error("code")} defaultValue="" autoComplete="one-time-code" inputMode="numeric" maxLength={6} required />
            <button className="fs-button" name="intent" value="enter" disabled={busy}>{t("account.signIn.enter")}</button>
            <button className="fs-link" name="intent" value="send" disabled={busy}>{t("account.signIn.again")}</button>
            <a className="fs-link" href={`/account/sign-in?back=${encodeURIComponent(back)}`}>{t("account.signIn.other")}</a>
          </div>
        ) : (
          <div className="fs-fields">
            <p className="fs-sub" style={{ whiteSpace: "normal" }}>{t("account.signIn.hint")}</p>
            <Field name="phone" label={t("checkout.phone")} error={error("phone")} defaultValue={result?.phone ?? ""} type="tel" inputMode="tel" autoComplete="tel-national" required />
            <button className="fs-button" name="intent" value="send" disabled={busy}>{t("account.signIn.send")}</button>
          </div>
        )}
      </Form>
    </section>
  )
}
