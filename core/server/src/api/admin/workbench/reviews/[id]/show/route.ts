import { z } from "zod"
import { reviewsOf } from "../../../../../../reviews/reviews"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Shows a hidden review again. */
export const POST = forStaffWithBody("hideReviews", z.strictObject({}), async (req, res, staff) => {
  const id = req.params.id ?? ""
  await reviewsOf(req.scope).show(staff.merchant_id, id, staff.user_id)
  res.json({ review: { id, state: "shown" } })
})
