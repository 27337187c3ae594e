import { type Role } from "@fangshi/contracts"
import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { formOf } from "../../form.server"
import { ProblemNote } from "../../workbench/ProblemNote"
import { ask } from "../../workbench/desk.server"

const tokenOf = (request: Request) => (new URL(request.url).searchParams.get("token") ?? "").slice(0, 100)

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { value, problem } = await ask<{ invitation: { role: Role } }>(shop, { path: `/store/staff-invitations?token=${encodeURIComponent(tokenOf(request))}` })
  return { role: value?.invitation.role ?? null, problem }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const field = (name: string) => String(form.get(name) ?? "").slice(0, 200)
  const { problem } = await ask(shop, { path: "/store/staff-invitations", method: "POST", body: { token: tokenOf(request), name: field("name"), email: field("email").trim(), password: field("password") } })
  return problem ? data({ problem, name: field("name"), email: field("email") }, { status: 422 }) : redirect("/workbench/login?joined=1")
}

export default function Join() {
  const { t } = useTranslation()
  const { name, locale } = useShop()
  const { role, problem } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  return (
    <main className="wb-door">
      <p className="wb-seal" aria-hidden="true">{name["zh-CN"].slice(0, 1)}</p>
      <h1>{name[locale]}</h1>
      <ProblemNote problem={result?.problem ?? problem} />
      {role ? (
        <>
          <p className="wb-soft">{t("join.title", { role: t(`role.${role}`) })}</p>
          <Form method="post" className="wb-form">
            <label>{t("join.name")}<input name="name" autoComplete="name" required maxLength={40} defaultValue={result?.name} /></label>
            <label>{t("login.email")}<input name="email" type="email" autoComplete="username" required maxLength={200} defaultValue={result?.email} /></label>
            <label>{t("join.password")}<input name="password" type="password" autoComplete="new-password" required minLength={8} maxLength={128} /></label>
            <button className="wb-button" disabled={busy}>{t("join.submit")}</button>
          </Form>
        </>
      ) : (
        <p><Link to="/workbench/login" className="wb-link">{t("login.submit")}</Link></p>
      )}
    </main>
  )
}
