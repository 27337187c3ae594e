import { memberOf } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../../ctx-of"
import { issueCode } from "../../../../../../modules/group-buy/leaders"

/** A pick-up code to show at the point; it voids the one before. */
export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  res.set("cache-control", "no-store").json({ code: await issueCode(ctxOf(req.scope), { id: req.params.id ?? "", customer_id: memberOf(req) }) })
}
