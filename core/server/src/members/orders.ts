import { FangshiError } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer, OrderDetailDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { cancelOrderFulfillmentWorkflow, cancelOrderWorkflow, getOrderDetailWorkflow } from "@medusajs/medusa/core-flows"
import { lockOrder } from "../orders/lock-order"

const FIELDS = [
  "id", "display_id", "status", "currency_code", "created_at", "updated_at", "canceled_at", "metadata", "total", "item_total", "shipping_total", "original_shipping_total", "discount_total",
  "items.*", "items.adjustments.*", "shipping_address.*", "shipping_methods.*", "shipping_methods.adjustments.*", "fulfillments.*", "payment_collections.*", "payment_collections.payments.*",
]

type Fulfillment = { id: string; packed_at: string | null; shipped_at: string | null; delivered_at: string | null; canceled_at: string | null }
export type MemberOrder = Omit<OrderDetailDTO, "fulfillments"> & { fulfillments: Fulfillment[]; cancellable: boolean }

/** An order of a member's own. Throws NOT_FOUND for anybody else's, as for one that does not exist. */
export async function getOrder(scope: MedusaContainer, customer_id: string, order_id: string): Promise<MemberOrder> {
  // Asked first, because the workflow's own answer to an unknown id names it.
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({ entity: "order", fields: ["id"], filters: { id: order_id, customer_id, is_draft_order: false } as never })
  if (!data.length) throw new FangshiError("NOT_FOUND")
  const { result } = await getOrderDetailWorkflow(scope).run({ input: { order_id, fields: FIELDS, filters: { customer_id } } })
  const order = result as unknown as Omit<MemberOrder, "cancellable">
  return { ...order, cancellable: isCancellable(order) }
}

/** As long as nothing has left the shop; what is only packed can be unpacked. */
export const isCancellable = ({ status, fulfillments }: Pick<MemberOrder, "status" | "fulfillments">): boolean =>
  status === "pending" && fulfillments.every((each) => each.canceled_at || (!each.shipped_at && !each.delivered_at))

/** Cancels a member's order; the goods are back in stock, a payment is released or refunded. Twice, also at once, is once. Throws NOT_FOUND, ORDER_NOT_CANCELLABLE. */
export async function cancelOrder(scope: MedusaContainer, knex: Knex, customer_id: string, order_id: string): Promise<MemberOrder> {
  await inUnitOfWork(knex, lockOrder(order_id, true), async () => {
    const order = await getOrder(scope, customer_id, order_id)
    if (order.status === "canceled") return
    if (!order.cancellable) throw new FangshiError("ORDER_NOT_CANCELLABLE")
    for (const { id, canceled_at } of order.fulfillments) if (!canceled_at) await cancelOrderFulfillmentWorkflow(scope).run({ input: { order_id, fulfillment_id: id } })
    await cancelOrderWorkflow(scope).run({ input: { order_id, canceled_by: customer_id } })
  })
  return getOrder(scope, customer_id, order_id)
}
