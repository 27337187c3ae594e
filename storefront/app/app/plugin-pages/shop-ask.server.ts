import type { Locale, ShopContext } from "@fangshi/contracts"
import { readMemberToken } from "../cookies"
import { localeOf } from "../locale.server"
import { requireMember, signInFirst } from "../member.server"
import { type FoundPart, findPart } from "./find-part"
import { pluginApi } from "./plugin-api.server"

/** The plugin's page at this address and what it may ask. A 404 where no plugin of the shop has one, to the sign-in where it wants a member. */
export async function shopAsk(request: Request, shop: ShopContext) {
  const found = findPart(shop.plugins, "pages", "/x/", request.url)
  if (!found) throw new Response("no such page", { status: 404 })
  const locale = await localeOf(request, shop)
  const token = await signedInAs(request, shop, locale, found)
  const { pathname, search, searchParams: query } = new URL(request.url)
  const { get, post } = pluginApi({ shop, locale, side: "store", token })
  // After a form the way leads back to the page, which is there by its address as well.
  const signIn = () => signInFirst(pathname.replace(/\.data$/, "") + search)
  return { found, locale, signIn, post, ask: { locale, time_zone: shop.time_zone, params: found.params, query, origin: shop.origin, signed_in: token !== null, get } }
}

const signedInAs = async (request: Request, shop: ShopContext, locale: Locale, { part }: FoundPart<"pages">) => (part.signedIn ? (await requireMember(request, shop, locale)).token : readMemberToken(request))
