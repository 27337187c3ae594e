import type { MedusaContainer } from "@medusajs/framework/types"
import { clockOf } from "../clock"
import { type StoredPicture, deletePictures, storePicture } from "../pictures/picture-files"
import { afterSalesOf } from "./after-sales"

/** Stores a picture about an order until its request comes. Throws PICTURE_INVALID, AFTER_SALE_TOO_MANY. */
export async function storeAfterSalePicture(scope: MedusaContainer, order_id: string, bytes: Buffer): Promise<StoredPicture> {
  const now = clockOf(scope)()
  await afterSalesOf(scope).assertMoreAllowed(order_id, now)
  return storePicture(scope, "after-sale", bytes, (picture) => afterSalesOf(scope).notePicture(order_id, picture, now))
}

/** Deletes the files of pictures no request shows: those that waited for a day, and those of erased members. */
export async function sweepAfterSalePictures(scope: MedusaContainer): Promise<void> {
  await deletePictures(scope, await afterSalesOf(scope).dropPictures(clockOf(scope)()))
}
