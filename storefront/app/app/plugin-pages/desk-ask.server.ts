import type { ShopContext } from "@fangshi/contracts"
import { localeOf } from "../locale.server"
import type { Me } from "../workbench/desk"
import { loginFirst, read, readStaffToken } from "../workbench/desk.server"
import { findPart } from "./find-part"
import { pluginApi } from "./plugin-api.server"
import { mayOpen } from "./plugin-screens"

/** The plugin's screen at this address and what it may ask as this staff member. A 404 where no plugin of the shop has one, a 403 where it is not this member's duty. */
export async function deskAsk(request: Request, shop: ShopContext) {
  const { me } = await read<{ me: Me }>(request, shop, "me")
  const found = findPart(shop.plugins, "workbench", "/workbench/x/", request.url)
  if (!found) throw new Response("no such screen", { status: 404 })
  if (!mayOpen(me, found.part)) throw new Response("not this member's duty", { status: 403 })
  const locale = await localeOf(request, shop)
  const { get, post } = pluginApi({ shop, locale, side: "admin", token: await readStaffToken(request) })
  return { found, locale, signIn: () => loginFirst(request), post, ask: { locale, time_zone: shop.time_zone, params: found.params, query: new URL(request.url).searchParams, origin: shop.origin, role: me.role, get } }
}
