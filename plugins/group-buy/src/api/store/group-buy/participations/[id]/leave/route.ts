import { memberOf } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../../ctx-of"
import { leaveCampaign } from "../../../../../../modules/group-buy/pay"
import { viewParticipation } from "../../../../../../modules/group-buy/views"

export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  const ctx = ctxOf(req.scope)
  res.json({ participation: await viewParticipation(ctx, await leaveCampaign(ctx, { id: req.params.id ?? "", customer_id: memberOf(req) })) })
}
