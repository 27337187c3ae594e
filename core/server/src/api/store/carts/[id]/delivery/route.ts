import { withBody } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { deliveryOf, nowInShop } from "../../../../../delivery/delivery"

const id = z.string().min(1).max(80)
const body = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pick_up"), pick_up_point_id: id }),
  z.strictObject({ kind: z.literal("delivery"), delivery_slot_id: id, day: z.iso.date() }),
])

/** What is chosen for an open cart, or null. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.set("cache-control", "no-store").json({ delivery: await deliveryOf(req.scope).findChoice(req.params.id ?? "") })
}

/** Chooses where a cart's goods are collected, or when they are brought. */
export const POST = withBody(body, async (req, res, choice) => {
  await deliveryOf(req.scope).choose(req.params.id ?? "", choice, await nowInShop(req.scope))
  res.json({ delivery: choice })
})
