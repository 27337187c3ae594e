import { REPORT_REASONS, REVIEW_LIMITS } from "@fangshi/contracts"
import { z } from "zod"
import { clockOf } from "../../../../../../../clock"
import { withBody } from "../../../../../../../http/body"
import { memberId } from "../../../../../../../members/member"
import { reviewsOf } from "../../../../../../../reviews/reviews"

const body = z.strictObject({ reason: z.enum(REPORT_REASONS), note: z.string().trim().max(REVIEW_LIMITS.report_note).optional() })

/** Objects to somebody's review; doing it twice is doing it once. */
export const POST = withBody(body, async (req, res, { reason, note }) => {
  await reviewsOf(req.scope).report(memberId(req), req.params.id ?? "", reason, note || null, clockOf(req.scope)())
  res.json({ reported: true })
})
