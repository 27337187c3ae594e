import { REVIEW_LIMITS } from "@fangshi/contracts"
import { z } from "zod"
import { clockOf } from "../../../../../../clock"
import { answerReview } from "../../../../../../reviews/answer"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"

/** Answers a review for everybody to read, or changes the answer. */
export const POST = forStaffWithBody("reviews", z.strictObject({ text: z.string().trim().min(1).max(REVIEW_LIMITS.reply) }), async (req, res, staff, { text }) => {
  const id = req.params.id ?? ""
  await answerReview(req.scope, staff, id, text, clockOf(req.scope)())
  res.json({ review: { id, reply: text } })
})
