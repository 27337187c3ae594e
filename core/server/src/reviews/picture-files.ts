import type { MedusaContainer } from "@medusajs/framework/types"
import { clockOf } from "../clock"
import { type StoredPicture, deletePictures, storePicture } from "../pictures/picture-files"
import { reviewsOf } from "./reviews"

/** Stores a member's picture until its review comes. Throws PICTURE_INVALID, REVIEW_TOO_MANY. */
export async function storeReviewPicture(scope: MedusaContainer, customer_id: string, bytes: Buffer): Promise<StoredPicture> {
  const now = clockOf(scope)()
  await reviewsOf(scope).assertMoreAllowed(customer_id, now)
  return storePicture(scope, "review", bytes, (picture) => reviewsOf(scope).notePicture(customer_id, picture, now))
}

/** Deletes the files of pictures nobody's review shows: those that waited for a day, and those of erased members. */
export async function sweepReviewPictures(scope: MedusaContainer): Promise<void> {
  await deletePictures(scope, await reviewsOf(scope).dropPictures(clockOf(scope)()))
}
