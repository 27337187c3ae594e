import type { IncomingMessage, ServerResponse } from "node:http"
import type { Encoding, KeptPage } from "./kept-page"

const accepts = (header: string, encoding: string) => new RegExp(`(?:^|[,\\s])${encoding}(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))(?=[;,\\s]|$)`, "i").test(header)
const chosen = new Map<string, Encoding | undefined>()

/** Browsers send the same few headers over and over. */
function encodingFor(header: string | undefined): Encoding | undefined {
  if (!header) return undefined
  if (chosen.has(header)) return chosen.get(header)
  const encoding = accepts(header, "br") ? "br" : accepts(header, "gzip") ? "gzip" : undefined
  if (header.length < 100 && chosen.size < 500) chosen.set(header, encoding)
  return encoding
}

/** A page known under any of its encodings is the same page. */
const isKnown = (asked: string | undefined, etag: string) => asked !== undefined && (asked.includes(`"${etag}"`) || asked.includes(`"${etag}-gzip"`) || asked.includes(`"${etag}-br"`) || asked.trim() === "*")

/** Sends the bytes as they are, or 304 to whoever has them. The policy that the front door has set then names the scripts instead of a nonce. */
export async function sendPage(req: IncomingMessage, res: ServerResponse, page: KeptPage, nonce: string): Promise<void> {
  const encoding = encodingFor(req.headers["accept-encoding"])
  const policy = res.getHeader("content-security-policy")
  if (typeof policy === "string") res.setHeader("content-security-policy", policy.replace(`'nonce-${nonce}'`, page.scripts))
  res.setHeader("cache-control", "private, no-cache")
  res.setHeader("vary", "accept-encoding, cookie")
  if (page.status === 200) res.setHeader("etag", `"${page.etag}${encoding ? `-${encoding}` : ""}"`)
  if (page.status === 200 && isKnown(req.headers["if-none-match"], page.etag)) {
    res.statusCode = 304
    res.end()
    return
  }
  const body = encoding ? await page.encoded(encoding) : page.plain
  res.statusCode = page.status
  res.setHeader("content-type", "text/html; charset=utf-8")
  if (encoding) res.setHeader("content-encoding", encoding)
  res.setHeader("content-length", body.length)
  res.end(body)
}
