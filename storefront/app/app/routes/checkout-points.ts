import { data, type LoaderFunctionArgs } from "react-router"
import { loadPoints } from "../delivery/delivery.server"
import { localeOf } from "../locale.server"
import { shopApi } from "../shop-api.server"

/** Pick-up points, the nearest to a position first. */
export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const [latitude, longitude] = [searchParams.get("latitude") ?? "", searchParams.get("longitude") ?? ""]
  const within = (degrees: string, most: number) => /^-?\d{1,3}(?:\.\d{1,6})?$/.test(degrees) && Math.abs(Number(degrees)) <= most
  if (!within(latitude, 90) || !within(longitude, 180)) throw new Response("no position", { status: 400 })
  const locale = await localeOf(request, shop)
  return data({ points: await loadPoints(shopApi(shop, locale), locale, { latitude, longitude }) }, { headers: { "cache-control": "no-store" } })
}
