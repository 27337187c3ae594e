import { z } from "zod"
import { stepping } from "../../../../../../after-sales/stepping"
import { finish } from "../../../../../../after-sales/steps"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Says that an exchange is complete: the buyer has other goods. */
export const POST = forStaffWithBody("refunds", z.strictObject({}), async (req, res, staff) => {
  const { id, state } = await finish(stepping(req, staff), req.params.id ?? "")
  res.json({ after_sale: { id, state } })
})
