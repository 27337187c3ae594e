import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { deliveryOf } from "../../../../../delivery/delivery"
import { buyersOrder } from "../../../../../orders/buyers-order"

/** Where or when an order reaches its buyer, for who bought it; null where nothing was agreed. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const id = await buyersOrder(req, res)
  res.set("cache-control", "no-store").json({ delivery: (await deliveryOf(req.scope).ofOrders([id])).get(id) ?? null })
}
