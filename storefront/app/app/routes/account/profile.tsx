import { Field, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { member } = await requireMember(request, shop, await localeOf(request, shop))
  return { name: member.name, email: member.email }
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/

type Result = { saved: boolean; text: string | null; wrong: ("name" | "email")[]; name: string; email: string }

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const form = await formOf(request)
  const name = String(form.get("name") ?? "").trim().slice(0, 300)
  const email = String(form.get("email") ?? "").trim().slice(0, 300)
  const wrong: Result["wrong"] = [...(name.length > 40 ? (["name"] as const) : []), ...(email && (!EMAIL.test(email) || email.length > 200) ? (["email"] as const) : [])]
  const answer = (saved: boolean, text: string | null, status: number) => data<Result>({ saved, text, wrong, name, email }, { status })
  if (wrong.length) return answer(false, null, 422)
  const told = await askMembers(shop, locale, token, "POST", "me", { first_name: name, email: email || null })
  return told.ok ? answer(true, null, 200) : answer(false, told.text, 409)
}

export default function Profile() {
  const { t } = useTranslation()
  const filled = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const values = result ?? filled
  const error = (name: "name" | "email") => (result?.wrong.includes(name) ? t(`account.profile.wrong.${name}`) : null)
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.profile.title")}</h1>
      {result?.saved && <p className="fs-notice is-good" role="status">{t("account.saved")}</p>}
      {result?.text && <p className="fs-notice" role="alert">{result.text}</p>}
      <Form method="post" noValidate className="fs-panel fs-fields">
        <Field name="name" label={t("account.profile.name")} error={error("name")} defaultValue={values.name} autoComplete="nickname" />
        <Field name="email" label={t("account.profile.email")} error={error("email")} defaultValue={values.email} type="email" autoComplete="email" />
        <button className="fs-button" disabled={busy}>{t("account.save")}</button>
      </Form>
    </section>
  )
}
