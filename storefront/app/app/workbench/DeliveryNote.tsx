import type { OrderDelivery } from "@fangshi/contracts"
import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { useRouteLoaderData } from "react-router"

/** Where a parcel is to be brought, or when; nothing where nothing was agreed. */
export function DeliveryNote({ delivery }: { delivery: OrderDelivery | null }) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const timeZone = useRouteLoaderData<{ time_zone: string }>("routes/workbench/signed-in")?.time_zone ?? "Asia/Shanghai"
  if (!delivery) return null
  if (delivery.kind === "pick_up") return delivery.point && <p className="wb-note"><b>{t("labelled", { label: t("delivery.pickUp"), value: delivery.point.name[locale] })}</b> <small>{delivery.point.address[locale]}</small></p>
  const format = new Intl.DateTimeFormat(locale, { month: "2-digit", day: "2-digit", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone })
  return <p className="wb-note"><b>{t("labelled", { label: t("delivery.bring"), value: format.formatRange(new Date(delivery.starts_at), new Date(delivery.ends_at)) })}</b></p>
}
