import { z } from "zod"
import { stepping } from "../../../../../../after-sales/stepping"
import { refund } from "../../../../../../after-sales/steps"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Gives the approved amount back. */
export const POST = forStaffWithBody("refunds", z.strictObject({}), async (req, res, staff) => {
  const { id, state, refunded_amount } = await refund(stepping(req, staff), req.params.id ?? "")
  res.json({ after_sale: { id, state, refunded_amount } })
})
