import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { deliveryOf, nowInShop } from "../../../delivery/delivery"

/** The times of delivery that can still be booked, with how many more orders each takes. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.set("cache-control", "no-store").json({ delivery_slots: await deliveryOf(req.scope).listOffers(await nowInShop(req.scope)) })
}
