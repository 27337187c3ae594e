import { Field, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { PlaceFields } from "../../PlaceFields"
import "../../account/texts"
import { fromMedusa, readAddress, toMedusa } from "../../address-form"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { type SignedIn, requireMember } from "../../member.server"
import { placeLists, wrongPlace } from "../../place.server"

const NEW = "new"

function findAddress({ member }: SignedIn, id: string | undefined) {
  const address = member.addresses.find((each) => each.id === id)
  if (!address && id !== NEW) throw new Response("no such address", { status: 404 })
  return address ?? null
}

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const address = findAddress(await requireMember(request, shop, locale), params.id)
  return { isNew: !address, isDefault: address?.is_default_shipping ?? false, filled: fromMedusa(address), lists: placeLists(locale) }
}

export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const signedIn = await requireMember(request, shop, await localeOf(request, shop))
  const address = findAddress(signedIn, params.id)
  const posted = await formOf(request)
  const { form, wrong } = readAddress(posted)
  const faults: string[] = wrong.length ? wrong : wrongPlace(form)
  if (faults.length) return data({ wrong: faults, values: form }, { status: 422 })
  const isFirst = signedIn.member.addresses.length === 0
  const body = { ...toMedusa(form), is_default_shipping: posted.get("default") === "on" || isFirst || Boolean(address?.is_default_shipping) }
  if (address) await signedIn.api.store.customer.updateAddress(address.id, body)
  else await signedIn.api.store.customer.createAddress(body)
  return redirect("/account/addresses")
}

export default function Address() {
  const { t } = useTranslation()
  const { isNew, isDefault, filled, lists } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const wrong = new Set(result?.wrong)
  const values: Record<string, string> = result?.values ?? filled
  const field = (name: string, more: { type?: string; autoComplete?: string; inputMode?: "tel" } = {}) => (
    <Field name={name} label={t(`checkout.${name}`)} error={wrong.has(name) ? t(`checkout.wrong.${name}`) : null} defaultValue={values[name] ?? ""} required {...more} />
  )
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t(isNew ? "account.addresses.add" : "account.addresses.change")}</h1>
      <Form method="post" noValidate className="fs-panel fs-fields">
        {wrong.size > 0 && <p className="fs-notice" role="alert">{t("checkout.mend")}</p>}
        {field("name", { autoComplete: "name" })}
        {field("phone", { type: "tel", inputMode: "tel", autoComplete: "tel-national" })}
        <PlaceFields lists={lists} values={values} wrong={wrong} />
        {field("address", { autoComplete: "street-address" })}
        {!isDefault && <label className="fs-check"><input type="checkbox" name="default" />{t("account.addresses.makeDefault")}</label>}
        <button className="fs-button" disabled={busy}>{t("account.save")}</button>
      </Form>
    </section>
  )
}
