import { memberOf, withBody } from "@fangshi/kernel"
import { z } from "zod"
import { ctxOf } from "../../../../../ctx-of"
import { getLeaderOf, markArrived } from "../../../../../modules/group-buy/leaders"

/** The goods of a campaign came to my point: its customers are told. */
export const POST = withBody(z.strictObject({ campaign_id: z.string().min(1).max(80) }), async (req, res, { campaign_id }) => {
  const ctx = ctxOf(req.scope)
  const { leader_id } = await getLeaderOf(ctx, memberOf(req))
  res.json({ told: await markArrived(ctx, campaign_id, leader_id) })
})
