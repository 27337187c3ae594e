import type { Locale, ShopContext } from "@fangshi/contracts"
import { readOrderIds } from "./cookies"
import { askMembers, findMember } from "./member.server"

const ID = /^[\w-]{1,80}$/

async function isMembersOwn(request: Request, shop: ShopContext, locale: Locale, id: string): Promise<boolean> {
  const member = ID.test(id) ? await findMember(request, shop, locale) : null
  return Boolean(member && (await askMembers(shop, locale, member.token, "GET", `me/orders/${id}`)).ok)
}

/** Throws a 404 unless the order was placed from this browser or by the member who is signed in: whoever only knows the id is not the one who bought. */
export async function assertBuyer(request: Request, shop: ShopContext, locale: Locale, id: string): Promise<void> {
  if (!(await readOrderIds(request)).includes(id) && !(await isMembersOwn(request, shop, locale, id))) throw new Response("not this browser's order", { status: 404 })
}
