import { parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { listQuery } from "../../../../contract"
import { ctxOf } from "../../../../ctx-of"
import { listOpen } from "../../../../modules/group-buy/views"

/** What is open, or opens later; with product_id those in which that product is. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ campaigns: await listOpen(ctxOf(req.scope), parseQuery(listQuery, req)) })
}
