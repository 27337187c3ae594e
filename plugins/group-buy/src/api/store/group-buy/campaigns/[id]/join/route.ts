import { memberOf, withBody } from "@fangshi/kernel"
import { joinBody } from "../../../../../../contract"
import { ctxOf } from "../../../../../../ctx-of"
import { joinCampaign } from "../../../../../../modules/group-buy/join"
import { viewParticipation } from "../../../../../../modules/group-buy/views"

/** Keeps the pieces until hold_expires_at; then pay at /store/group-buy/participations/:id/pay. */
export const POST = withBody(joinBody, async (req, res, body) => {
  const ctx = ctxOf(req.scope)
  const joined = await joinCampaign(ctx, { ...body, campaign_id: req.params.id ?? "", customer_id: memberOf(req) })
  res.json({ participation: await viewParticipation(ctx, joined) })
})
