import type { IncomingMessage } from "node:http"
import { isIP } from "node:net"

/**
 * The address of whoever asks: the nearest one that is no trusted proxy. X-Forwarded-For is read from the right, and
 * only as far as trusted proxies wrote it: what a client puts there itself never counts.
 */
export function clientAddress(req: IncomingMessage, trusted: (address: string | undefined) => boolean): string {
  const forwarded = [req.headers["x-forwarded-for"] ?? []].flat().join(",").split(",").map((hop) => hop.trim())
  let address = req.socket.remoteAddress ?? ""
  while (trusted(address)) {
    const hop = forwarded.pop()
    if (!hop || !isIP(hop)) break
    address = hop
  }
  return address.replace(/^::ffff:/, "")
}
