import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { memberId } from "../../../../../members/member"
import { receivedPicture } from "../../../../../pictures/received-picture"
import { storeReviewPicture, sweepReviewPictures } from "../../../../../reviews/picture-files"

/** Takes one picture, its bytes being the body, and keeps it a day for a review to come. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const bytes = await receivedPicture(req)
  await sweepReviewPictures(req.scope)
  res.json({ picture: await storeReviewPicture(req.scope, memberId(req), bytes) })
}
