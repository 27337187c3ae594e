import { memberOf } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../ctx-of"
import { getLeaderOf, todaysList } from "../../../../../modules/group-buy/leaders"

/** What is to be collected at my point, and what was in the last day. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const ctx = ctxOf(req.scope)
  const { leader_id } = await getLeaderOf(ctx, memberOf(req))
  res.set("cache-control", "no-store").json({ participations: await todaysList(ctx, leader_id) })
}
