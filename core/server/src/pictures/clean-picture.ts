import { FangshiError, MOST_PICTURE_BYTES } from "@fangshi/contracts"
import sharp from "sharp"

/** A picture made anew: nothing of the bytes somebody sent is left. */
export type CleanPicture = { bytes: Buffer; width: number; height: number }

/** Pixels of a large phone's camera; more would be made to fill the memory. */
const MOST_PIXELS = 50_000_000
const LONGEST_SIDE = 1_600
const MOST_SECONDS = 15

const startsWith = (bytes: Buffer, at: number, text: string) => bytes.subarray(at, at + text.length).toString("latin1") === text

/** What the bytes say they are; the name and the type they came with say nothing. SVG, of which sharp would run the whole language, is not among them. */
function kindOf(bytes: Buffer): "jpeg" | "png" | "webp" | null {
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return "jpeg"
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) return "png"
  return startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP") ? "webp" : null
}

let last: Promise<unknown> = Promise.resolve()

/** One picture at a time in a process: each takes many times its own size of memory. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work)
  last = mine.catch(() => undefined)
  return mine
}

/**
 * Draws a photo anew as WebP, upright, at most 1600 pixels a side, without place, camera or anything else it carried.
 * Throws PICTURE_INVALID for what is no JPEG, PNG or WebP, is damaged, or unpacks to more than a camera takes.
 */
export async function cleanPicture(bytes: Buffer): Promise<CleanPicture> {
  const kind = bytes.length <= MOST_PICTURE_BYTES ? kindOf(bytes) : null
  if (!kind) throw new FangshiError("PICTURE_INVALID")
  try {
    return await inTurn(async () => {
      const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error", animated: false })
      if ((await picture.metadata()).format !== kind) throw new FangshiError("PICTURE_INVALID")
      const { data, info } = await picture
        .rotate()
        .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 80 })
        .timeout({ seconds: MOST_SECONDS })
        .toBuffer({ resolveWithObject: true })
      return { bytes: data, width: info.width, height: info.height }
    })
  } catch (error) {
    throw error instanceof FangshiError ? error : new FangshiError("PICTURE_INVALID", {}, { cause: error })
  }
}
