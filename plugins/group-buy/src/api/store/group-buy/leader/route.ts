import { memberOf, withBody } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { leaderBody } from "../../../../contract"
import { ctxOf } from "../../../../ctx-of"
import { applyAsLeader, commissionOf, findLeaderOf } from "../../../../modules/group-buy/leaders"

/** Whether I am a leader, and what I have earned; `leader` null for who never applied. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const ctx = ctxOf(req.scope)
  const leader = await findLeaderOf(ctx, memberOf(req))
  res.set("cache-control", "no-store").json({ leader, commission: leader ? await commissionOf(ctx, leader.leader_id) : null })
}

export const POST = withBody(leaderBody, async (req, res, body) => {
  res.json({ leader: await applyAsLeader(ctxOf(req.scope), memberOf(req), body) })
})
