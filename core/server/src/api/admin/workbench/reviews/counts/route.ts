import { reviewsOf } from "../../../../../reviews/reviews"
import { forStaff } from "../../../../../workbench/for-staff"

/** How many reviews are in each list. */
export const GET = forStaff("reviews", async (req, res, { merchant_id }) => {
  res.json({ counts: await reviewsOf(req.scope).countForStaff(merchant_id) })
})
