import { REPORT_REASONS, REVIEW_LIMITS } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { clockOf } from "../../../../../../../clock"
import { memberId } from "../../../../../../../members/member"
import { reviewsOf } from "../../../../../../../reviews/reviews"

const body = z.strictObject({ reason: z.enum(REPORT_REASONS), note: z.string().trim().max(REVIEW_LIMITS.report_note).optional() })

/** Objects to somebody's review; doing it twice is doing it once. */
export const POST = withBody(body, async (req, res, { reason, note }) => {
  await reviewsOf(req.scope).report(memberId(req), req.params.id ?? "", reason, note || null, clockOf(req.scope)())
  res.json({ reported: true })
})
