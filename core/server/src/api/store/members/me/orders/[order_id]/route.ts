import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { memberId } from "../../../../../../members/member"
import { getOrder } from "../../../../../../members/orders"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.json({ order: await getOrder(req.scope, memberId(req), req.params.order_id ?? "") })
}
