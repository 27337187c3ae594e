import { lookup as systemLookup } from "node:dns/promises"
import { FangshiError, type HttpPort, type LocalizedText, type PortAnswer } from "@fangshi/contracts"
import { Agent, type Dispatcher, request } from "undici"
import { currentTenant } from "../tenancy/context"
import { keyOf } from "./circuit"
import { type Dial, dialTls } from "./dial"
import { isPublicAddress } from "./public-address"
import { asNobody } from "./running"

export type OutgoingHttpOptions = {
  /** What the plugin's manifest declares in permissions.hosts. */
  hostsOf: (plugin: string) => readonly string[]
  /** All addresses of a name, in the order in which to try them. */
  lookup?: (host: string) => Promise<string[]>
  dial?: Dial
  /** In milliseconds. */
  now?: () => number
  limits?: Partial<OutgoingLimits>
}
export type OutgoingLimits = { connect_ms: number; whole_ms: number; answer_bytes: number; per_minute: number }

export const OUTGOING_LIMITS: OutgoingLimits = { connect_ms: 5_000, whole_ms: 15_000, answer_bytes: 5 * 1024 * 1024, per_minute: 120 }

const MOST_HOPS = 3
const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"])
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** What the client says itself, and cookies: a plugin must not hand on those of the shop's visitors. */
const OURS = /^(?:host|connection|content-length|transfer-encoding|accept-encoding|expect|upgrade|keep-alive|te|trailer|cookie|cookie2|proxy-.*|x-tenant|x-fangshi-.*)$/i
/** Proves who asks; stays with the host it was meant for. */
const PROOF = /^(?:authorization|x-api-key|x-auth-.*)$/i
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

const because = (zh: string, en: string): LocalizedText => ({ "zh-CN": zh, en })

type Hop = { url: URL; method: string; headers: Record<string, string>; body: string | undefined }

/**
 * The client behind the port http: https at port 443 to the public hosts that a plugin declares, in time, of limited size
 * and number. The address is looked up here and connected to as it was checked, so that a name cannot change in between.
 */
export function outgoingHttp(options: OutgoingHttpOptions): { portFor: (plugin: string) => HttpPort; close: () => Promise<void> } {
  const limits = { ...OUTGOING_LIMITS, ...options.limits }
  const budget = minuteBudget(limits.per_minute, options.now ?? Date.now)
  // Of no plugin: what the pool of connections begins serves the next one too.
  const agent = asNobody(() => checkedAgent(options, limits))

  async function fetch(plugin: string, url: string, asked: Parameters<HttpPort["fetch"]>[1] = {}): Promise<PortAnswer> {
    const deadline = AbortSignal.timeout(limits.whole_ms)
    let hop: Hop = { url: parsed(plugin, url), method: asked.method ?? "GET", headers: checkedHeaders(plugin, url, asked.headers ?? {}), body: asked.body }
    if (!METHODS.has(hop.method) || (hop.method === "GET" && hop.body !== undefined)) throw forbidden(plugin, hop.url.hostname, because("请求方法不正确", "the method is not allowed"))
    for (let hops = 0; ; hops++) {
      assertDeclared(plugin, hop.url, options.hostsOf(plugin))
      if (!budget(keyOf(plugin, currentTenant()))) throw new FangshiError("PLUGIN_HTTP_BUDGET", { plugin })
      const { hostname } = hop.url
      try {
        const answer = await request(hop.url, { dispatcher: agent, method: hop.method as Dispatcher.HttpMethod, headers: { ...hop.headers, "accept-encoding": "identity" }, body: hop.body ?? null, signal: deadline })
        const location = REDIRECTS.has(answer.statusCode) ? answer.headers.location : undefined
        if (typeof location !== "string") return await wholeAnswer(plugin, hostname, answer, limits)
        // Thrown away unread: what comes later on this connection would be late.
        answer.body.on("error", () => undefined).destroy()
        if (hops === MOST_HOPS) throw failed(plugin, hostname, because("重定向太多", "too many redirects"))
        hop = next(plugin, hop, location, answer.statusCode)
      } catch (error) {
        throw error instanceof FangshiError ? told(plugin, error) : failed(plugin, hostname, problemOf(error), error)
      }
    }
  }
  return { portFor: (plugin) => ({ fetch: (url, asked) => fetch(plugin, url, asked) }), close: () => agent.destroy() }
}

function checkedAgent({ lookup = allAddresses, dial = dialTls }: OutgoingHttpOptions, limits: OutgoingLimits): Agent {
  const open = async (host: string) => {
    const until = Date.now() + limits.connect_ms
    const addresses = await lookup(host)
    // One inner address among public ones is no accident either.
    if (!addresses.length || !addresses.every(isPublicAddress)) throw new FangshiError("PLUGIN_HOST_FORBIDDEN", { plugin: "", host, problem: because("不是公网地址", "it is no public address") })
    let last = Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }) as Error
    for (const address of addresses) {
      const left = until - Date.now()
      if (left <= 0) break
      try {
        return await dial({ host, address, port: 443 }, left)
      } catch (error) {
        last = error as Error
      }
    }
    throw last
  }
  return new Agent({
    connections: 8,
    pipelining: 1,
    headersTimeout: limits.whole_ms,
    bodyTimeout: limits.whole_ms,
    connect: ({ hostname }, done) => {
      open(hostname).then((socket) => done(null, socket), (error: Error) => done(error, null))
    },
  })
}

const allAddresses = async (host: string): Promise<string[]> => (await systemLookup(host, { all: true })).map(({ address }) => address)

function parsed(plugin: string, url: string): URL {
  if (!URL.canParse(url)) throw forbidden(plugin, "?", because("网址不正确", "the address is malformed"))
  return new URL(url)
}

function assertDeclared(plugin: string, { protocol, port, username, password, hostname }: URL, hosts: readonly string[]) {
  const refuse = (zh: string, en: string) => {
    throw forbidden(plugin, hostname, because(zh, en))
  }
  if (protocol !== "https:") refuse("只能用 https", "only https is allowed")
  if (port !== "") refuse("只能用 443 端口", "only port 443 is allowed")
  if (username || password) refuse("网址中不能有账号", "the address holds credentials")
  const below = hostname.slice(hostname.indexOf(".") + 1)
  if (!hosts.includes(hostname) && !hosts.includes(`*.${below}`)) refuse("没有在 permissions.hosts 中声明", "permissions.hosts does not declare it")
}

function checkedHeaders(plugin: string, url: string, headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name) || OURS.test(name) || typeof value !== "string" || !HEADER_VALUE.test(value)) throw forbidden(plugin, parsed(plugin, url).hostname, because("请求头不允许", "a header is not allowed"))
  }
  return { ...headers }
}

function next(plugin: string, { url, method, headers, body }: Hop, location: string, status: number): Hop {
  if (!URL.canParse(location, url)) throw failed(plugin, url.hostname, because("重定向不正确", "its redirect is malformed"))
  const to = new URL(location, url)
  // As browsers do: what was posted is not posted again, unless the answer says so.
  const again = status === 307 || status === 308 || method === "GET" || (status !== 303 && method !== "POST")
  const kept = Object.entries(headers).filter(([name]) => (to.host === url.host || !PROOF.test(name)) && (again || !/^content-/i.test(name)))
  return { url: to, method: again ? method : "GET", headers: Object.fromEntries(kept), body: again ? body : undefined }
}

async function wholeAnswer(plugin: string, host: string, { statusCode, headers, body }: Dispatcher.ResponseData, { answer_bytes }: OutgoingLimits): Promise<PortAnswer> {
  const tooLarge = () => failed(plugin, host, because("回复太大", "its answer is too large"))
  const encoding = String(headers["content-encoding"] ?? "identity")
  try {
    if (encoding !== "identity") throw failed(plugin, host, because("回复是压缩的", "its answer is compressed"))
    if (Number(headers["content-length"] ?? 0) > answer_bytes) throw tooLarge()
    const parts: Buffer[] = []
    let size = 0
    for await (const part of body as AsyncIterable<Buffer>) {
      if ((size += part.length) > answer_bytes) throw tooLarge()
      parts.push(part)
    }
    const text = Buffer.concat(parts).toString("utf8")
    return {
      status: statusCode,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")])),
      text: () => text,
      json: () => JSON.parse(text) as unknown,
    }
  } finally {
    body.on("error", () => undefined).destroy()
  }
}

/** True while there is something left of the minute that began with the first request. */
function minuteBudget(most: number, now: () => number): (key: string) => boolean {
  const minutes = new Map<string, { until: number; used: number }>()
  return (key) => {
    const known = minutes.get(key)
    const minute = known && known.until > now() ? known : { until: now() + 60_000, used: 0 }
    minutes.set(key, minute)
    return minute.used < most && ++minute.used > 0
  }
}

const forbidden = (plugin: string, host: string, problem: LocalizedText) => new FangshiError("PLUGIN_HOST_FORBIDDEN", { plugin, host, problem })
const failed = (plugin: string, host: string, problem: LocalizedText, cause?: unknown) => new FangshiError("PLUGIN_HTTP_FAILED", { plugin, host, problem }, { cause })

/** A connection is opened for whichever plugin asks first; who asks is named here. */
const told = (plugin: string, error: FangshiError) => (error.code === "PLUGIN_HOST_FORBIDDEN" ? new FangshiError("PLUGIN_HOST_FORBIDDEN", { ...error.params, plugin }, { cause: error }) : error)

const TIMED_OUT = /TIMEOUT|TIMEDOUT|ABORT/
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/

/** Nothing of addresses and files: who reads this may be a shopper. */
function problemOf(error: unknown): LocalizedText {
  const { code = "", name = "" } = error as { code?: unknown; name?: string }
  const sign = `${String(code)} ${name.toUpperCase()}`
  if (TIMED_OUT.test(sign)) return because("超时", "it took too long")
  if (NOT_TRUSTED.test(sign)) return because("证书不可信", "its certificate is not trusted")
  return because("连不上", "it cannot be reached")
}
