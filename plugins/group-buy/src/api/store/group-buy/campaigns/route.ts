import { parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pageQuery } from "../../../../contract"
import { ctxOf } from "../../../../ctx-of"
import { listOpen } from "../../../../modules/group-buy/views"

/** What is open, or opens later. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ campaigns: await listOpen(ctxOf(req.scope), parseQuery(pageQuery, req).page) })
}
