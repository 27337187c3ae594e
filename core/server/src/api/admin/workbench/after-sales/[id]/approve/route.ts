import { AFTER_SALE_LIMITS } from "@fangshi/contracts"
import { z } from "zod"
import { returnAddress } from "../../../../../../after-sales/after-sales"
import { stepping } from "../../../../../../after-sales/stepping"
import { approve } from "../../../../../../after-sales/steps"
import { tenantOf } from "../../../../../../themes/page-key"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

const body = z.strictObject({
  /** Fen; all that was asked where it is left out. */
  approved_amount: z.int().min(0).max(1_000_000_000).optional(),
  lowered_reason: z.string().trim().min(2).max(AFTER_SALE_LIMITS.reason).optional(),
  return_to: z.string().trim().min(2).max(AFTER_SALE_LIMITS.return_to).optional(),
})

/** Agrees to a request; less than was asked needs a reason. */
export const POST = forStaffWithBody("refunds", body, async (req, res, staff, { return_to = returnAddress(tenantOf(res).manifest), ...approval }) => {
  const { id, state, approved_amount } = await approve(stepping(req, staff), req.params.id ?? "", { ...approval, return_to })
  res.json({ after_sale: { id, state, approved_amount } })
})
