import { z } from "zod"
import { clockOf } from "../../../../../../clock"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"
import { refundParcel } from "../../../../../../workbench/refunds"

const body = z.strictObject({
  /** Fen. */
  refund_amount: z.int().min(1).max(1_000_000_000),
  note: z.string().trim().max(200).optional(),
  idempotency_key: z.string().min(8).max(64),
})

/** Records money given back. */
export const POST = forStaffWithBody("refunds", body, async (req, res, staff, refund) => {
  const { id, refunded_amount } = await refundParcel({ scope: req.scope, staff, now: clockOf(req.scope)() }, req.params.id ?? "", refund)
  res.json({ parcel: { id, refunded_amount } })
})
