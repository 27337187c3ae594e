import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { clockOf } from "../clock"
import { log } from "../log"
import type { StoredPicture } from "../modules/reviews/views"
import { cleanPicture } from "./clean-picture"
import { reviewsOf } from "./reviews"

/** Cleans a picture and stores it among the shop's files, until its review comes. Throws PICTURE_INVALID, REVIEW_TOO_MANY. */
export async function storePicture(scope: MedusaContainer, customer_id: string, bytes: Buffer): Promise<StoredPicture> {
  const reviews = reviewsOf(scope)
  const now = clockOf(scope)()
  await reviews.assertMoreAllowed(customer_id, now)
  const { bytes: clean, width, height } = await cleanPicture(bytes)
  const file = await scope.resolve(Modules.FILE).createFiles({ filename: `review-${randomUUID()}.webp`, mimeType: "image/webp", content: clean.toString("base64"), access: "public" })
  try {
    return await reviews.notePicture(customer_id, { url: file.url, width, height, file_key: file.id }, now)
  } catch (error) {
    await scope.resolve(Modules.FILE).deleteFiles(file.id)
    throw error
  }
}

/** Deletes the files of pictures nobody's review shows: those that waited for a day, and those of erased members. */
export async function sweepPictures(scope: MedusaContainer): Promise<void> {
  for (const key of await reviewsOf(scope).dropPictures(clockOf(scope)())) {
    // One that is gone already must not keep the others.
    await scope.resolve(Modules.FILE).deleteFiles(key).catch((err: unknown) => log.error({ err }, "a review's picture was not deleted"))
  }
}
