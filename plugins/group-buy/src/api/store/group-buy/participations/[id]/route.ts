import { memberOf } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../ctx-of"
import { getParticipation } from "../../../../../modules/group-buy/pay"
import { viewParticipation } from "../../../../../modules/group-buy/views"

export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const ctx = ctxOf(req.scope)
  res.set("cache-control", "no-store").json({ participation: await viewParticipation(ctx, await getParticipation(ctx, req.params.id ?? "", memberOf(req))) })
}
