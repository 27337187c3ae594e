import { memberOf, parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pageQuery } from "../../../../contract"
import { ctxOf } from "../../../../ctx-of"
import { listOwn } from "../../../../modules/group-buy/views"

/** My groups, the latest first. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { page } = parseQuery(pageQuery, req)
  res.set("cache-control", "no-store").json({ participations: await listOwn(ctxOf(req.scope), memberOf(req), page) })
}
