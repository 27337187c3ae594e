import { z } from "zod"
import { stepping } from "../../../../../../after-sales/stepping"
import { receive } from "../../../../../../after-sales/steps"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Says that the goods are back, and whether they can be sold again. */
export const POST = forStaffWithBody("refunds", z.strictObject({ restock: z.boolean() }), async (req, res, staff, { restock }) => {
  const { id, state, restocked } = await receive(stepping(req, staff), req.params.id ?? "", restock)
  res.json({ after_sale: { id, state, restocked } })
})
