import { forShopStaffWithBody } from "@fangshi/kernel"
import { claimDecisionBody } from "../../../../../../contract"
import { ctxOf } from "../../../../../../ctx-of"
import { decideClaim } from "../../../../../../modules/group-buy/claims"

export const POST = forShopStaffWithBody("refunds", claimDecisionBody, async (req, res, _staff, body) => {
  res.json({ claim: await decideClaim(ctxOf(req.scope), req.params.id ?? "", body) })
})
