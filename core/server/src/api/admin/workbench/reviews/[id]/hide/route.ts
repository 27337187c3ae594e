import { HIDE_REASONS } from "@fangshi/contracts"
import { z } from "zod"
import { clockOf } from "../../../../../../clock"
import { reviewsOf } from "../../../../../../reviews/reviews"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Takes a review off the product's page; its author reads the reason. */
export const POST = forStaffWithBody("hideReviews", z.strictObject({ reason: z.enum(HIDE_REASONS) }), async (req, res, staff, { reason }) => {
  const id = req.params.id ?? ""
  await reviewsOf(req.scope).hide(staff.merchant_id, id, reason, staff.user_id, clockOf(req.scope)())
  res.json({ review: { id, state: "hidden" } })
})
