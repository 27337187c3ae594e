import { randomUUID } from "node:crypto"
import type { PictureView } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { log } from "../log"
import { cleanPicture } from "./clean-picture"

/** A picture among the shop's files, and where. */
export type PictureFile = PictureView & { file_key: string }
export type StoredPicture = PictureView & { id: string }

/** Cleans a picture and stores it among the shop's files; `note` writes down whose it is, and without that the file is not kept. Throws PICTURE_INVALID. */
export async function storePicture(scope: MedusaContainer, purpose: "review" | "after-sale" | "product", bytes: Buffer, note: (picture: PictureFile) => Promise<StoredPicture>): Promise<StoredPicture> {
  const { bytes: clean, width, height } = await cleanPicture(bytes)
  const file = await scope.resolve(Modules.FILE).createFiles({ filename: `${purpose}-${randomUUID()}.webp`, mimeType: "image/webp", content: clean.toString("base64"), access: "public" })
  try {
    return await note({ url: file.url, width, height, file_key: file.id })
  } catch (error) {
    await scope.resolve(Modules.FILE).deleteFiles(file.id)
    throw error
  }
}

/** Deletes files that no row names any more. */
export async function deletePictures(scope: MedusaContainer, keys: string[]): Promise<void> {
  for (const key of keys) {
    // One that is gone already must not keep the others.
    await scope.resolve(Modules.FILE).deleteFiles(key).catch((err: unknown) => log.error({ err }, "a picture was not deleted"))
  }
}
