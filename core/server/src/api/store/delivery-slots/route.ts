import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { deliveryOf, nowInShop } from "../../../delivery/delivery"
import { dayIn } from "../../../delivery/slot-days"

/** The times of delivery that can still be booked, with how many more orders each takes, and what day it is for the shop. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const at = await nowInShop(req.scope)
  res.set("cache-control", "no-store").json({ delivery_slots: await deliveryOf(req.scope).listOffers(at), today: dayIn(at.now, at.time_zone) })
}
