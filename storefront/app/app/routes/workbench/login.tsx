import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { staffCookie } from "../../cookies"
import { formOf } from "../../form.server"
import { ask, safeWay } from "../../workbench/desk.server"

export const loader = ({ request }: LoaderFunctionArgs) => {
  const { searchParams } = new URL(request.url)
  return { joined: searchParams.get("joined") === "1" }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const email = String(form.get("email") ?? "").trim().toLowerCase().slice(0, 200)
  const { value } = await ask<{ token: unknown }>(shop, { path: "/auth/user/emailpass", method: "POST", body: { email, password: String(form.get("password") ?? "").slice(0, 200) } })
  if (typeof value?.token !== "string") return data({ wrong: true, email }, { status: 401 })
  return redirect(safeWay(new URL(request.url).searchParams.get("to")), { headers: { "set-cookie": await staffCookie.serialize(value.token) } })
}

export default function Login() {
  const { t } = useTranslation()
  const { name, locale } = useShop()
  const { joined } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  return (
    <main className="wb-door">
      <p className="wb-seal" aria-hidden="true">{name["zh-CN"].slice(0, 1)}</p>
      <h1>{name[locale]}</h1>
      <p className="wb-soft">{t("login.title")}</p>
      {joined && <p className="wb-good" role="status">{t("login.joined")}</p>}
      {result?.wrong && <p className="wb-problem" role="alert">{t("login.wrong")}</p>}
      <Form method="post" className="wb-form">
        <label>{t("login.email")}<input name="email" type="email" autoComplete="username" required defaultValue={result?.email} maxLength={200} /></label>
        <label>{t("login.password")}<input name="password" type="password" autoComplete="current-password" required maxLength={128} /></label>
        <button className="wb-button" disabled={busy}>{t("login.submit")}</button>
      </Form>
    </main>
  )
}
