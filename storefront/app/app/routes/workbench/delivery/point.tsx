import { useTranslation } from "@fangshi/storefront-kit"
import { allProvinces } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { formOf } from "../../../form.server"
import { OpenField } from "../../../workbench/OpenField"
import { ProblemNote } from "../../../workbench/ProblemNote"
import { pointOf } from "../../../workbench/delivery-form"
import type { DeskPoint } from "../../../workbench/desk"
import { act, read } from "../../../workbench/desk.server"

export async function loader({ request, params: { id = "" }, context: { shop } }: LoaderFunctionArgs) {
  const { pick_up_points } = await read<{ pick_up_points: DeskPoint[] }>(request, shop, "delivery")
  const point = pick_up_points.find((each) => each.id === id) ?? null
  if (!point && id !== "new") throw new Response("no such point", { status: 404 })
  return { point, provinces: allProvinces().map(({ name }) => name) }
}

export async function action({ request, params: { id = "" }, context: { shop } }: ActionFunctionArgs) {
  const typed = pointOf(await formOf(request))
  const { problem } = await act(request, shop, id === "new" ? "pick-up-points" : `pick-up-points/${encodeURIComponent(id)}`, typed)
  return problem ? data({ problem, typed }, { status: 422 }) : redirect("/workbench/delivery")
}

export default function Point() {
  const { t } = useTranslation()
  const { point, provinces } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const values = result?.typed ?? point
  const position = values && Number.isFinite(values.latitude) ? `${values.latitude}, ${values.longitude}` : ""
  const text = (name: string, value: string | null | undefined, more: object = {}) => <label>{t(`delivery.field.${name}`)}<input name={name} defaultValue={value ?? ""} required maxLength={200} {...more} /></label>
  return (
    <>
      <ProblemNote problem={result?.problem} />
      <Form method="post" className="wb-panel wb-form">
        <h1>{t(point ? "delivery.changePoint" : "delivery.addPoint")}</h1>
        {text("name_zh", values?.name["zh-CN"], { maxLength: 60 })}
        {text("name_en", values?.name.en, { maxLength: 60, lang: "en" })}
        {text("province", values?.province, { list: "provinces", minLength: 2, maxLength: 40 })}
        {text("city", values?.city, { minLength: 2, maxLength: 40 })}
        {text("district", values?.district, { minLength: 2, maxLength: 40 })}
        <datalist id="provinces">{provinces.map((name) => <option key={name} value={name} />)}</datalist>
        {text("address_zh", values?.address["zh-CN"])}
        {text("address_en", values?.address.en, { lang: "en" })}
        <label>{t("delivery.field.position")}<input name="position" defaultValue={position} required maxLength={60} placeholder="30.2741, 120.1551" aria-describedby="position-hint" /><small id="position-hint">{t("delivery.positionHint")}</small></label>
        {text("opening_hours_zh", values?.opening_hours["zh-CN"], { maxLength: 100 })}
        {text("opening_hours_en", values?.opening_hours.en, { maxLength: 100, lang: "en" })}
        {text("phone", values?.phone, { required: false, type: "tel", maxLength: 29 })}
        <OpenField open={values?.open ?? true} />
        <button className="wb-button" disabled={busy}>{t("delivery.save")}</button>
        <Link to="/workbench/delivery" className="wb-link">{t("delivery.back")}</Link>
      </Form>
    </>
  )
}
