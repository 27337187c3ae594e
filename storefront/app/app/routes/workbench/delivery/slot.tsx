import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { formOf } from "../../../form.server"
import { OpenField } from "../../../workbench/OpenField"
import { ProblemNote } from "../../../workbench/ProblemNote"
import { slotOf } from "../../../workbench/delivery-form"
import type { DeskSlot } from "../../../workbench/desk"
import { act, read } from "../../../workbench/desk.server"
import { weekdayName } from "../../../workbench/weekdays"

const WEEK = [1, 2, 3, 4, 5, 6, 7]

export async function loader({ request, params: { id = "" }, context: { shop } }: LoaderFunctionArgs) {
  const { delivery_slots } = await read<{ delivery_slots: DeskSlot[] }>(request, shop, "delivery")
  const slot = delivery_slots.find((each) => each.id === id) ?? null
  if (!slot && id !== "new") throw new Response("no such slot", { status: 404 })
  return { slot }
}

export async function action({ request, params: { id = "" }, context: { shop } }: ActionFunctionArgs) {
  const typed = slotOf(await formOf(request))
  const { problem } = await act(request, shop, id === "new" ? "delivery-slots" : `delivery-slots/${encodeURIComponent(id)}`, typed)
  return problem ? data({ problem, typed }, { status: 422 }) : redirect("/workbench/delivery")
}

export default function Slot() {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { slot } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const values = result?.typed ?? slot ?? { weekdays: WEEK, from: "09:00", to: "12:00", capacity: 20, cut_off_minutes: 120, open: true }
  const shown = (number: number) => (Number.isFinite(number) ? number : "")
  return (
    <>
      <ProblemNote problem={result?.problem} />
      <Form method="post" className="wb-panel wb-form">
        <h1>{t(slot ? "delivery.changeSlot" : "delivery.addSlot")}</h1>
        <fieldset className="wb-days">
          <legend>{t("delivery.field.weekdays")}</legend>
          {WEEK.map((weekday) => <label key={weekday}><input type="checkbox" name="weekday" value={weekday} defaultChecked={values.weekdays.includes(weekday)} /><span>{weekdayName(weekday, locale)}</span></label>)}
        </fieldset>
        <label>{t("delivery.field.from")}<input type="time" name="from" defaultValue={values.from} required /></label>
        <label>{t("delivery.field.to")}<input type="time" name="to" defaultValue={values.to === "24:00" ? "00:00" : values.to} required /></label>
        <label>{t("delivery.field.capacity")}<input type="number" name="capacity" inputMode="numeric" min={1} max={10_000} step={1} defaultValue={shown(values.capacity)} required /></label>
        <label>{t("delivery.field.cut_off_hours")}<input type="number" name="cut_off_hours" inputMode="decimal" min={0} max={168} step={0.25} defaultValue={shown(values.cut_off_minutes / 60)} required /></label>
        <OpenField open={values.open} />
        <button className="wb-button" disabled={busy}>{t("delivery.save")}</button>
        <Link to="/workbench/delivery" className="wb-link">{t("delivery.back")}</Link>
      </Form>
    </>
  )
}
