import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../ctx-of"
import { getShown } from "../../../../../modules/group-buy/views"

export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ campaign: await getShown(ctxOf(req.scope), req.params.id ?? "") })
}
