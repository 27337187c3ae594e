import type { AfterSale, AfterSaleLine, Locale, ShopContext } from "@fangshi/contracts"
import { assertBuyer } from "../buyer.server"
import { dayAndTime } from "../day-and-time"
import { askStore } from "../member.server"
import { momentsOf } from "./after-sale-steps"

export type OrderAfterSales = { order_id: string; lines: AfterSaleLine[]; after_sales: AfterSale[] }

/** What was and can be asked about an order. The caller has made sure whose it is. */
export async function loadAfterSales(shop: ShopContext, locale: Locale, order_id: string): Promise<OrderAfterSales> {
  const told = await askStore<Omit<OrderAfterSales, "order_id">>(shop, locale, null, "GET", `orders/${encodeURIComponent(order_id)}/after-sales`)
  if (!told.ok) throw new Response(told.text, { status: 404 })
  return { order_id, ...told.value }
}

/** The same for a page of its own: a 404 for everybody but the buyer. */
export async function loadOwnAfterSales(request: Request, shop: ShopContext, locale: Locale, order_id: string): Promise<OrderAfterSales> {
  await assertBuyer(request, shop, locale, order_id)
  return loadAfterSales(shop, locale, order_id)
}

/** The steps of a request with their times as the shop's clock shows them. */
export const shownMoments = (request: AfterSale, locale: Locale, shop: ShopContext) => momentsOf(request).map(({ key, at }) => ({ key, at: at && dayAndTime(at, locale, shop.time_zone) }))
