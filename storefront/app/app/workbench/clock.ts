import { useShop } from "@fangshi/storefront-kit"
import { useRouteLoaderData } from "react-router"

/** Writes instants in the shop's own time zone, wherever its staff may be: month, day, hour, minute. */
export function useClock(): (instant: string) => string {
  const { locale } = useShop()
  const data = useRouteLoaderData<{ time_zone: string }>("routes/workbench/signed-in")
  const format = new Intl.DateTimeFormat(locale, { timeZone: data?.time_zone ?? "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false })
  return (instant) => format.format(new Date(instant))
}
