import { memberOf, withBody } from "@fangshi/kernel"
import { claimBody } from "../../../../../../contract"
import { ctxOf } from "../../../../../../ctx-of"
import { makeClaim } from "../../../../../../modules/group-buy/claims"

export const POST = withBody(claimBody, async (req, res, body) => {
  res.json({ claim: await makeClaim(ctxOf(req.scope), { id: req.params.id ?? "", customer_id: memberOf(req) }, body) })
})
