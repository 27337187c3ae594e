import type { Locale, Notice, ShopContext } from "@fangshi/contracts"
import { readMemberToken } from "../cookies"
import { type Told, askMembers } from "../member.server"

/** How many notices whoever asks has not read; none for a guest, or where the sign-in has ended. */
export async function countUnread(request: Request, shop: ShopContext, locale: Locale): Promise<number> {
  const token = await readMemberToken(request)
  if (!token) return 0
  const told = await askMembers<{ unread_count: number }>(shop, locale, token, "GET", "me/notices/count").catch(() => null)
  return told?.ok ? told.value.unread_count : 0
}

export const loadNotices = (shop: ShopContext, locale: Locale, token: string, page: number): Promise<Told<{ notices: Notice[]; unread_count: number }>> =>
  askMembers(shop, locale, token, "GET", `me/notices?page=${page}`)

/** Marks one as read, or without an id all. Tells the one. */
export const markRead = (shop: ShopContext, locale: Locale, token: string, id: string | null): Promise<Told<{ notice?: Notice }>> => askMembers(shop, locale, token, "POST", "me/notices/read", id ? { id } : {})

/** Where a notice leads. */
export function pageOfNotice({ kind, order_id, after_sale_id, news }: Notice): string {
  if (!order_id) return news?.link ?? "/account/notices"
  if (kind === "review_answered") return "/account/reviews"
  return after_sale_id ? `/order/${order_id}/after-sales/${after_sale_id}` : `/account/orders/${order_id}`
}
