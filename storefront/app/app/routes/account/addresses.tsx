import { useTranslation } from "@fangshi/storefront-kit"
import { maskPhone } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router"
import "../../account/texts"
import { addressLine, fromMedusa } from "../../address-form"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { requireMember } from "../../member.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { member } = await requireMember(request, shop, await localeOf(request, shop))
  const addresses = member.addresses.map((each) => ({ id: each.id, isDefault: each.is_default_shipping, form: fromMedusa(each) }))
  return { addresses: addresses.map(({ id, isDefault, form }) => ({ id, isDefault, name: form.name, phone: maskPhone(form.phone), line: addressLine(form) })).sort((a, b) => Number(b.isDefault) - Number(a.isDefault)) }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const { api, member } = await requireMember(request, shop, await localeOf(request, shop))
  const form = await formOf(request)
  const id = member.addresses.find((each) => each.id === form.get("id"))?.id
  // Gone already, or never theirs: the list shows how it is.
  if (id && form.get("intent") === "default") await api.store.customer.updateAddress(id, { is_default_shipping: true })
  if (id && form.get("intent") === "delete") await api.store.customer.deleteAddress(id)
  return redirect("/account/addresses")
}

export default function Addresses() {
  const { t } = useTranslation()
  const { addresses } = useLoaderData<typeof loader>()
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.addresses.title")}</h1>
      {addresses.length === 0 && <p className="fs-empty">{t("account.addresses.empty")}</p>}
      <ul>
        {addresses.map((each) => (
          <li key={each.id} className="fs-panel">
            <p><b>{each.name}</b> {each.phone}{each.isDefault && <span className="fs-badge">{t("account.addresses.default")}</span>}</p>
            <p>{each.line}</p>
            <Form method="post" className="fs-address-foot" preventScrollReset>
              <input type="hidden" name="id" value={each.id} />
              <Link className="fs-link" to={`/account/addresses/${each.id}`}>{t("account.addresses.change")}</Link>
              {!each.isDefault && <button className="fs-link" name="intent" value="default">{t("account.addresses.makeDefault")}</button>}
              <button className="fs-link is-bad" name="intent" value="delete">{t("account.addresses.delete")}</button>
            </Form>
          </li>
        ))}
      </ul>
      <Link to="/account/addresses/new" className="fs-button fs-wide">{t("account.addresses.add")}</Link>
    </section>
  )
}
