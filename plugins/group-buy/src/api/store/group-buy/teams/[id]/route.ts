import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../ctx-of"
import { getTeam } from "../../../../../modules/group-buy/views"

export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ team: await getTeam(ctxOf(req.scope), req.params.id ?? "") })
}
