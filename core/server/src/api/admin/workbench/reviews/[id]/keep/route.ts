import { z } from "zod"
import { clockOf } from "../../../../../../clock"
import { reviewsOf } from "../../../../../../reviews/reviews"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Decides that a reported review stays. */
export const POST = forStaffWithBody("hideReviews", z.strictObject({}), async (req, res, staff) => {
  const id = req.params.id ?? ""
  await reviewsOf(req.scope).settleReports(staff.merchant_id, id, clockOf(req.scope)())
  res.json({ review: { id, state: "shown" } })
})
