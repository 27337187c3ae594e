import { memberOf, withBody } from "@fangshi/kernel"
import { codeBody } from "../../../../../contract"
import { ctxOf } from "../../../../../ctx-of"
import { getLeaderOf, handOver } from "../../../../../modules/group-buy/leaders"

/** Hands the goods over to whoever shows this code at my point. */
export const POST = withBody(codeBody, async (req, res, { code }) => {
  const ctx = ctxOf(req.scope)
  const { leader_id } = await getLeaderOf(ctx, memberOf(req))
  res.json({ participation: await handOver(ctx, leader_id, code) })
})
