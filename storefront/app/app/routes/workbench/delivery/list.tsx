import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import type { DeskPoint, DeskSlot } from "../../../workbench/desk"
import { read } from "../../../workbench/desk.server"
import { useWeekdays } from "../../../workbench/weekdays"

export const loader = ({ request, context: { shop } }: LoaderFunctionArgs) => read<{ pick_up_points: DeskPoint[]; delivery_slots: DeskSlot[] }>(request, shop, "delivery")

/** Points and slots of the shop, each a press away from being changed. */
export default function DeliveryList() {
  const { t } = useTranslation()
  const { locale } = useShop()
  const weekdays = useWeekdays()
  const { pick_up_points, delivery_slots } = useLoaderData<typeof loader>()
  const closed = (open: boolean) => !open && <span className="wb-tag">{t("delivery.closed")}</span>
  return (
    <>
      <h1 className="wb-hidden">{t("delivery.title")}</h1>
      <section className="wb-panel">
        <h2>{t("delivery.points")}</h2>
        {pick_up_points.length === 0 && <p className="wb-soft">{t("delivery.noPoints")}</p>}
        <ul className="wb-ways">
          {pick_up_points.map(({ id, name, address, opening_hours, open }) => (
            <li key={id}><Link to={`/workbench/delivery/points/${id}`} className={`wb-way${open ? "" : " is-closed"}`}><b>{name[locale]} {closed(open)}</b><small>{address[locale]} · {opening_hours[locale]}</small></Link></li>
          ))}
        </ul>
        <p className="wb-buttons"><Link to="/workbench/delivery/points/new" className="wb-button is-quiet">{t("delivery.addPoint")}</Link></p>
      </section>
      <section className="wb-panel">
        <h2>{t("delivery.slots")}</h2>
        {delivery_slots.length === 0 && <p className="wb-soft">{t("delivery.noSlots")}</p>}
        <ul className="wb-ways">
          {delivery_slots.map(({ id, from, to, weekdays: on, capacity, cut_off_minutes, open }) => (
            <li key={id}><Link to={`/workbench/delivery/slots/${id}`} className={`wb-way${open ? "" : " is-closed"}`}><b>{from}–{to} {closed(open)}</b><small>{weekdays(on)} · {t("delivery.capacityOf", { count: capacity })} · {t("delivery.cutOffOf", { hours: cut_off_minutes / 60 })}</small></Link></li>
          ))}
        </ul>
        <p className="wb-buttons"><Link to="/workbench/delivery/slots/new" className="wb-button is-quiet">{t("delivery.addSlot")}</Link></p>
      </section>
    </>
  )
}
