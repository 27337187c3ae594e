import { timingSafeEqual } from "node:crypto"
import { BlockList, isIPv6 } from "node:net"
import type { IncomingMessage } from "node:http"
import { FangshiError, hostName, tenantId } from "@fangshi/contracts"

/** The host a browser asked for, lower case and without port. Throws HOST_MALFORMED. */
export function requestedHost(header: string | undefined): string {
  if (!header || header.length > 300) throw new FangshiError("HOST_MALFORMED")
  const port = Number(/:(\d{1,5})$/.exec(header)?.[1] ?? 0)
  if (port > 65_535) throw new FangshiError("HOST_MALFORMED")
  const host = header.toLowerCase().replace(/:\d{1,5}$/, "").replace(/\.$/, "")
  if (!hostName.safeParse(host).success) throw new FangshiError("HOST_MALFORMED")
  return host
}

const MOST_KNOWN = 1_000

/** Whose x-tenant and x-forwarded-host headers are believed. */
export function trustList(addresses: string[]): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const entry of addresses) {
    const [address = "", bits] = entry.split("/")
    const family = isIPv6(address) ? "ipv6" : "ipv4"
    if (bits) list.addSubnet(address, Number(bits), family)
    else list.addAddress(address, family)
  }
  const known = new Map<string, boolean>()
  return (address) => {
    if (!address) return false
    const before = known.get(address)
    if (before !== undefined) return before
    const plain = address.replace(/^::ffff:/, "")
    const isTrusted = list.check(plain, isIPv6(plain) ? "ipv6" : "ipv4")
    // Asked several times a request; addresses of the whole world must not fill the memory.
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(address, isTrusted)
    return isTrusted
  }
}

export type Asked = { by: "id" | "host"; value: string; internal: boolean }

/** One header value, never the joined list Node makes of repeated ones. */
const single = (value: string | string[] | undefined) => (Array.isArray(value) ? undefined : value)

const same = (given: string | undefined, secret: string) => {
  const a = Buffer.from(given ?? "")
  const b = Buffer.from(secret)
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Throws HOST_MALFORMED where a request names two hosts: Host twice (Node keeps the first, a proxy or a cache may keep
 * the last), or a whole URL as its target that says something else than Host.
 */
function assertOneHost(req: IncomingMessage) {
  if (req.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length > 1) throw new FangshiError("HOST_MALFORMED")
  const target = req.url ?? "/"
  if (target.startsWith("/") || target === "*") return
  if (URL.parse(target)?.host !== req.headers.host?.toLowerCase()) throw new FangshiError("HOST_MALFORMED")
}

/**
 * Which shop a request asks for: the Host header, or x-tenant from a trusted proxy or from our own storefront.
 * Throws HOST_MALFORMED, TENANT_HEADER_UNTRUSTED, TENANT_ID_INVALID.
 */
export function askedTenant(req: IncomingMessage, trusted: (address: string | undefined) => boolean, internalToken: string): Asked {
  const internal = same(single(req.headers["x-fangshi-internal"]), internalToken)
  const isTrusted = internal || trusted(req.socket.remoteAddress)
  const named = req.headers["x-tenant"]
  if (named !== undefined) {
    if (!isTrusted) throw new FangshiError("TENANT_HEADER_UNTRUSTED")
    const id = single(named) ?? ""
    if (!tenantId.safeParse(id).success) throw new FangshiError("TENANT_ID_INVALID", { tenant: id.slice(0, 60) })
    return { by: "id", value: id, internal }
  }
  assertOneHost(req)
  const forwarded = isTrusted ? single(req.headers["x-forwarded-host"]) : undefined
  return { by: "host", value: requestedHost(forwarded ?? req.headers.host), internal }
}
