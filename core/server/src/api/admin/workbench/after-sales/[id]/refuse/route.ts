import { AFTER_SALE_LIMITS } from "@fangshi/contracts"
import { z } from "zod"
import { stepping } from "../../../../../../after-sales/stepping"
import { refuse } from "../../../../../../after-sales/steps"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Refuses a request, or ends one that was agreed to; the buyer reads the reason. */
export const POST = forStaffWithBody("refunds", z.strictObject({ reason: z.string().trim().min(2).max(AFTER_SALE_LIMITS.reason) }), async (req, res, staff, { reason }) => {
  const { id, state } = await refuse(stepping(req, staff), req.params.id ?? "", reason)
  res.json({ after_sale: { id, state } })
})
