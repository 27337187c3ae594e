import { REVIEW_LIMITS } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { clockOf } from "../../../../../../../clock"
import { memberId } from "../../../../../../../members/member"
import { reviewsOf } from "../../../../../../../reviews/reviews"
import { shopChanged } from "../../../../../../../themes/shop-changed"

/** 追评: adds to one's own review after a while of use. */
export const POST = withBody(z.strictObject({ text: z.string().trim().min(1).max(REVIEW_LIMITS.follow_up) }), async (req, res, { text }) => {
  const review = await reviewsOf(req.scope).followUp(memberId(req), req.params.id ?? "", text, clockOf(req.scope)())
  await shopChanged(req)
  res.json({ review })
})
