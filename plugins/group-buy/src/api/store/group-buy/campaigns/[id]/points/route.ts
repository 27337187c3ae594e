import { parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { whereQuery } from "../../../../../../contract"
import { ctxOf } from "../../../../../../ctx-of"
import { listPoints } from "../../../../../../modules/group-buy/leaders"

/** Where it can be collected, the nearest first where the query says latitude and longitude. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { latitude, longitude } = parseQuery(whereQuery, req)
  const from = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
  res.json({ points: await listPoints(ctxOf(req.scope), req.params.id ?? "", from) })
}
