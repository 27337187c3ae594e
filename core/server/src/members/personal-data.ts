import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { afterSalesOf } from "../after-sales/after-sales"
import { deliveryOf } from "../delivery/delivery"
import type { MembersService } from "../modules/members/service"
import { buyersView } from "../modules/after-sales/views"
import { noticesOf } from "../notices/notices"
import { reviewsOf } from "../reviews/reviews"

const ORDER_FIELDS = ["display_id", "status", "created_at", "canceled_at", "currency_code", "total", "email", "metadata", "items.title", "items.variant_title", "items.quantity", "items.unit_price", "shipping_address.*", "billing_address.*"]

/** Everything the shop keeps of a member, for themselves to read (Personal Information Protection Law, article 45). */
export async function collectPersonalData(scope: MedusaContainer, members: MembersService, customer_id: string): Promise<Record<string, unknown>> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY)
  const [profile, orders, favourites, reviews, deliveries, afterSales, notices] = await Promise.all([
    query.graph({ entity: "customer", fields: ["id", "first_name", "last_name", "email", "phone", "created_at", "addresses.*"], filters: { id: customer_id } }),
    query.graph({ entity: "order", fields: ORDER_FIELDS, filters: { customer_id, is_draft_order: false } as never }),
    members.listFavourites(customer_id),
    reviewsOf(scope).listOwn(customer_id),
    deliveryOf(scope).ofMember(customer_id),
    afterSalesOf(scope).listOwn(customer_id),
    noticesOf(scope).listOwn(customer_id),
  ])
  const { addresses = [], ...own } = (profile.data[0] ?? {}) as { addresses?: unknown[] }
  return { profile: own, addresses, orders: orders.data, favourites: favourites.map((product_id) => ({ product_id })), reviews, deliveries, after_sales: afterSales.map(buyersView), notices }
}
