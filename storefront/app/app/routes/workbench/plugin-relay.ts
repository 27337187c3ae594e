import type { LoaderFunctionArgs } from "react-router"
import { localeOf } from "../../locale.server"
import { findPart } from "../../plugin-pages/find-part"
import { relay } from "../../plugin-pages/relay.server"
import { loginFirst, readStaffToken } from "../../workbench/desk.server"

/** GET /workbench/x-data/:plugin/…: what a plugin of the shop lets its staff fetch of the shop API. */
export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const found = findPart(shop.plugins, "relays", "/workbench/x-data/", request.url, ({ desk = false }) => desk)
  if (!found) throw new Response("no such answer", { status: 404 })
  const token = await readStaffToken(request)
  if (!token) throw await loginFirst(request)
  return relay(request, { to: found.part.to, params: found.params, shop, locale: await localeOf(request, shop), side: "admin", token })
}
