import type { IncomingMessage } from "node:http"
import { FangshiError, MOST_PICTURE_BYTES } from "@fangshi/contracts"

/** Whoever sends even more is hung up on. */
const MOST_READ = 8 * MOST_PICTURE_BYTES

/** The bytes of a request's body, one picture. What is too large is let pass by unkept, so that the sender can read why. Throws PICTURE_INVALID. */
export async function receivedPicture(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MOST_PICTURE_BYTES) chunks.push(chunk)
    else chunks.length = 0
    if (size > MOST_READ) throw new FangshiError("PICTURE_INVALID")
  }
  if (size > MOST_PICTURE_BYTES || size === 0) throw new FangshiError("PICTURE_INVALID")
  return Buffer.concat(chunks)
}
