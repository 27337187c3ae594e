import { useTranslation } from "@fangshi/storefront-kit"
import { ROLES, type Role, mayInvite } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation, useRouteLoaderData } from "react-router"
import { formOf } from "../../form.server"
import { ProblemNote } from "../../workbench/ProblemNote"
import type { DeskMember, Me } from "../../workbench/desk"
import { act, read } from "../../workbench/desk.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const found = await read<{ staff_members: DeskMember[]; merchants: { id: string; name: string; active: boolean }[] }>(request, shop, "staff-members")
  return { ...found, origin: new URL(request.url).origin }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const field = (name: string) => String(form.get(name) ?? "").trim().slice(0, 80)
  if (form.get("what") === "invite") {
    const { value, problem } = await act<{ invitation: { token: string } }>(request, shop, "invitations", { role: field("role"), merchant_id: field("merchant_id") || null })
    return data({ problem, token: value?.invitation.token ?? null }, { status: problem ? 409 : 200 })
  }
  const { problem } = form.get("what") === "merchant"
    ? await act(request, shop, "merchants", { name: field("name"), ...(field("name_en") ? { name_en: field("name_en") } : {}), handle: field("handle") })
    : form.has("merchant") ? await act(request, shop, `merchants/${encodeURIComponent(field("merchant"))}`, { active: field("active") === "yes" }) : await act(request, shop, `staff-members/${encodeURIComponent(field("id"))}`, { active: field("active") === "yes" })
  return problem ? data({ problem, token: null }, { status: 409 }) : redirect("/workbench/staff")
}

export default function Staff() {
  const { t } = useTranslation()
  const { staff_members, merchants, origin } = useLoaderData<typeof loader>()
  const me = useRouteLoaderData<{ me: Me }>("routes/workbench/signed-in")?.me
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const role: Role = me?.role ?? "clerk"
  return (
    <>
      <ProblemNote problem={result?.problem} />
      {result?.token && (
        <p className="wb-good" role="status">
          <b>{t("staff.link")}</b> {t("staff.linkHint")}
          <input className="wb-invitation" readOnly aria-label={t("staff.link")} value={`${origin}/workbench/join?token=${result.token}`} onFocus={(event) => event.target.select()} />
        </p>
      )}
      <Form method="post" className="wb-panel wb-form">
        <h1>{t("staff.invite")}</h1>
        <label>{t("staff.role")}
          <select name="role" defaultValue="clerk">{ROLES.filter((each) => mayInvite(role, each)).reverse().map((each) => <option key={each} value={each}>{t(`role.${each}`)}</option>)}</select>
        </label>
        {merchants.length > 0 && (
          <label>{t("staff.merchant")}
            <select name="merchant_id"><option value="">{t("staff.wholeShop")}</option>{merchants.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
          </label>
        )}
        <button name="what" value="invite" className="wb-button" disabled={busy}>{t("staff.makeLink")}</button>
      </Form>
      {staff_members.length === 0 ? <p className="wb-empty">{t("staff.empty")}</p> : (
        <ul className="wb-list">
          {staff_members.map((member) => (
            <li key={member.id} className="wb-card wb-member">
              <span><b>{member.name}</b> <span className="wb-tag">{t(`role.${member.role}`)}</span>{member.merchant_name && <span className="wb-tag">{member.merchant_name}</span>}<small>{member.email}</small></span>
              {mayInvite(role, member.role) && (
                <Form method="post">
                  <input type="hidden" name="id" value={member.id} />
                  <button name="active" value={member.active ? "no" : "yes"} className="wb-link" disabled={busy}>{t(member.active ? "staff.sendAway" : "staff.takeBack")}</button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {me?.role === "owner" && !me.merchant && merchants.length > 0 && (
        <section className="wb-panel" aria-labelledby="merchants">
          <h2 id="merchants">{t("staff.merchants")}</h2>
          <ul>
            {merchants.map(({ id, name, active }) => (
              <li key={id} className="wb-member">
                <span><b>{name}</b>{!active && <span className="wb-tag">{t("staff.closed")}</span>}</span>
                <Form method="post">
                  <input type="hidden" name="merchant" value={id} />
                  <button name="active" value={active ? "no" : "yes"} className="wb-link" aria-label={`${t(active ? "staff.sendAway" : "staff.takeBack")} ${name}`} disabled={busy}>{t(active ? "staff.sendAway" : "staff.takeBack")}</button>
                </Form>
              </li>
            ))}
          </ul>
        </section>
      )}
      {me?.role === "owner" && !me.merchant && (
        <Form method="post" className="wb-panel wb-form">
          <h2>{t("staff.newMerchant")}</h2>
          <label>{t("staff.merchantName")}<input name="name" required maxLength={60} /></label>
          <label>{t("staff.merchantNameEn")}<input name="name_en" maxLength={60} lang="en" /></label>
          <label>{t("staff.merchantHandle")}<input name="handle" required pattern="[a-z0-9-]{2,40}" maxLength={40} /></label>
          <button name="what" value="merchant" className="wb-button is-quiet" disabled={busy}>{t("staff.open")}</button>
        </Form>
      )}
    </>
  )
}
