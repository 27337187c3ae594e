import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"

const zip = promisify(gzip)
const brotli = promisify(brotliCompress)
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }

/** A page as it is sent, and kept. `scripts`: what the policy has to say so that its inline scripts run. */
export type KeptPage = { status: number; scripts: string; etag: string; plain: Buffer; gzip: Buffer; br: Buffer; bytes: number }

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("base64")

/**
 * Makes a page ready to be sent to many. Only scripts that carry the nonce it was made with are let run: one that somebody
 * smuggled into a text carries none. The nonce itself is taken out, so that the same page has the same bytes in every process.
 */
export async function keptPage(status: number, html: string, nonce: string): Promise<KeptPage> {
  const attribute = ` nonce="${nonce}"`
  const own: string[] = []
  const text = html.replace(/<script\b([^>]*)>([\s\S]*?)<\/script>/g, (script, attributes: string, code: string) => {
    if (!attributes.includes(attribute)) return script
    const clean = code.replaceAll(nonce, "")
    if (!/\ssrc=/.test(attributes)) own.push(`'sha256-${sha256(clean)}'`)
    return `<script${attributes.replace(attribute, "")}>${clean}</script>`
  }).replaceAll(attribute, "").replaceAll(nonce, "")
  const plain = Buffer.from(text)
  const [zipped, br] = await Promise.all([zip(plain), brotli(plain, BROTLI)])
  return { status, scripts: [...new Set(own)].join(" "), etag: sha256(plain).slice(0, 27), plain, gzip: zipped, br, bytes: plain.length + zipped.length + br.length }
}
