import { forShopStaffWithBody } from "@fangshi/kernel"
import { leaderDecisionBody } from "../../../../../../contract"
import { ctxOf } from "../../../../../../ctx-of"
import { decideLeader } from "../../../../../../modules/group-buy/leaders"

/** Approves, refuses or suspends a leader. */
export const POST = forShopStaffWithBody("staff", leaderDecisionBody, async (req, res, _staff, body) => {
  res.json({ leader: await decideLeader(ctxOf(req.scope), req.params.id ?? "", body) })
})
