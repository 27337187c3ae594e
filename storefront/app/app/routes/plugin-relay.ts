import type { LoaderFunctionArgs } from "react-router"
import { readMemberToken } from "../cookies"
import { localeOf } from "../locale.server"
import { findPart } from "../plugin-pages/find-part"
import { relay } from "../plugin-pages/relay.server"

/** GET /x-data/:plugin/…: what a plugin of the shop lets browsers read of the shop API. */
export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const found = findPart(shop.plugins, "relays", "/x-data/", request.url, ({ desk = false }) => !desk)
  if (!found) throw new Response("no such answer", { status: 404 })
  return relay(request, { to: found.part.to, params: found.params, shop, locale: await localeOf(request, shop), side: "store", token: await readMemberToken(request) })
}
