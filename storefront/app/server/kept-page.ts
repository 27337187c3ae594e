import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"

const zip = promisify(gzip)
const brotli = promisify(brotliCompress)
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }

export type Encoding = "br" | "gzip"

/** A page as it is sent, and kept. `scripts`: what the policy has to say so that its inline scripts run. `bytes`: what it takes in memory once it is kept in both encodings. */
export type KeptPage = { status: number; scripts: string; etag: string; plain: Buffer; encoded: (encoding: Encoding) => Promise<Buffer>; bytes: number }

/** Of a plain page's bytes, those of its two encodings are less than this. */
const ENCODED_SHARE = 0.5

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("base64")

/**
 * Makes a page ready to be sent to many. Only scripts that carry the nonce it was made with are let run: one that somebody
 * smuggled into a text carries none. The nonce itself is taken out, so that the same page has the same bytes in every process.
 */
export function keptPage(status: number, html: string, nonce: string): KeptPage {
  const attribute = ` nonce="${nonce}"`
  const own: string[] = []
  const text = html.replace(/<script\b([^>]*)>([\s\S]*?)<\/script>/g, (script, attributes: string, code: string) => {
    if (!attributes.includes(attribute)) return script
    const clean = code.replaceAll(nonce, "")
    if (!/\ssrc=/.test(attributes)) own.push(`'sha256-${sha256(clean)}'`)
    return `<script${attributes.replace(attribute, "")}>${clean}</script>`
  }).replaceAll(attribute, "").replaceAll(nonce, "")
  const plain = Buffer.from(text)
  return { status, scripts: [...new Set(own)].join(" "), etag: sha256(plain).slice(0, 27), plain, encoded: encodings(plain), bytes: Math.ceil(plain.length * (1 + ENCODED_SHARE)) }
}

/** Nearly all visitors take the same encoding: each is made for the first who asks for it, once. */
function encodings(plain: Buffer): KeptPage["encoded"] {
  const made = new Map<Encoding, Promise<Buffer>>()
  return (encoding) => {
    const known = made.get(encoding)
    if (known) return known
    const making = encoding === "br" ? brotli(plain, BROTLI) : zip(plain)
    made.set(encoding, making)
    // One that failed is made anew for the next who asks.
    making.catch(() => made.delete(encoding))
    return making
  }
}
