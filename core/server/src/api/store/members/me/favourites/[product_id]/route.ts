import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { memberId, membersOf } from "../../../../../../members/member"

/** Done afterwards, whether it was a favourite or not. */
export const DELETE = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { product_id = "" } = req.params
  await membersOf(req).removeFavourite(memberId(req), product_id)
  res.json({ product_id, favourite: false })
}
