import { createHash } from "node:crypto"
import { drawn } from "./drawn.server"

/** Rises when pictures are drawn in another way, so that no old one is shown. */
const HAND = 1

/** Ten characters that are others as soon as the picture shows something else. */
export const stampOf = (shows: unknown): string => createHash("sha256").update(JSON.stringify([HAND, shows])).digest("hex").slice(0, 10)

/** Answers with a PNG. `lasting`: its address says what it shows, so that it may be kept for good. */
export async function sendPicture(request: Request, tenant_id: string, name: string, stamp: string, lasting: boolean, draw: () => Promise<Buffer>): Promise<Response> {
  const etag = `"${stamp}"`
  const headers = { etag, "cache-control": lasting ? "public, max-age=31536000, immutable" : "private, no-cache", "content-type": "image/png" }
  if (request.headers.get("if-none-match")?.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(new Uint8Array(await drawn(`${tenant_id}|${name}|${stamp}`, draw)), { headers })
}
