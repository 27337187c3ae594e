import { createHmac, randomBytes } from "node:crypto"
import { type Server, createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { ERRORS, type ErrorCode } from "@fangshi/contracts"
import { ShopClient, type TestTenant, address, checksums, control, manifestOf, registerCustomer, rowsOf, sharedHost, stockShop, twoTenants } from "@fangshi/testing"
import express from "express"
import { type FrontDoor, frontDoor } from "../src/front-door/front-door"
import { answerUnreadable } from "../src/front-door/unreadable-request"
import type { Tenant } from "../src/tenants/directory"

const host = sharedHost()
/** The shared host trusts 127.0.0.1 and ::1 as its proxies, and nobody else. */
const STRANGER = "127.0.0.2"

type Answer = { status: number; head: string; text: string }
type Ask = { method?: string; path?: string; headers?: [name: string, value: string][]; body?: string | Buffer; from?: string; to?: string }

/** Writes the request byte by byte as given: fetch would refuse or mend most of what is asked here. */
function ask({ method = "GET", path = "/", headers = [], body = "", from = "127.0.0.1", to = host.url }: Ask): Promise<Answer> {
  const { hostname, port } = new URL(to)
  const bytes = Buffer.from(body)
  const lines = [...headers, ...(bytes.length ? [["content-length", String(bytes.length)] as const] : []), ["connection", "close"] as const]
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress: from })
    const received: Buffer[] = []
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer: ${method} ${path.slice(0, 100)}`)))
    socket.on("data", (chunk) => received.push(chunk))
    socket.on("error", reject)
    socket.on("close", () => {
      const [head = "", ...rest] = Buffer.concat(received).toString().split("\r\n\r\n")
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0), head, text: rest.join("\r\n\r\n") })
    })
    socket.write(Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(": ")}\r\n`).join("")}\r\n`), bytes]))
  })
}

/** What no answer may tell: a stack, a file of ours, SQL. */
const INTERIOR = /(?:\n|\\n)\s+at |node_modules|\.[cm]?[jt]s:\d+|\b(?:select|insert into|update|delete from) \\?"|violates [\w-]+ constraint|(?:column|relation) \S+ (?:does not|already) exist/i

type Body = { type?: unknown; code?: string; message?: unknown; text?: Record<string, string>; hint?: Record<string, string> }

const bodyOf = (answer: Answer): Body => {
  try {
    return JSON.parse(answer.text) as Body
  } catch {
    return {}
  }
}

const isSaid = (said: Record<string, string> | undefined) => /[\u4e00-\u9fff]/.test(said?.["zh-CN"] ?? "") && /[a-z]/i.test(said?.en ?? "")

/** Null for a refusal as it should be, else what is wrong with it. */
function faultOf(answer: Answer, code?: ErrorCode): string | null {
  const body = bodyOf(answer)
  if (!(answer.status >= 400 && answer.status < 500) && !(answer.status === 503 && code === "TENANT_SUSPENDED")) return `status ${answer.status} ${answer.text.slice(0, 120)}`
  if (INTERIOR.test(answer.head + answer.text)) return `tells its interior: ${answer.text.slice(0, 300)}`
  if (typeof body.type !== "string" || typeof body.message !== "string" || !body.message) return `no type or message: ${answer.text.slice(0, 200)}`
  if (!body.code || !(body.code in ERRORS)) return `code ${String(body.code)}`
  if (code && body.code !== code) return `${body.code} instead of ${code}`
  return isSaid(body.text) && isSaid(body.hint) ? null : `text ${JSON.stringify(body.text)} hint ${JSON.stringify(body.hint)}`
}

/** Asks everything and lists, by name, whatever was not refused as it should be. */
async function faults(asked: Record<string, Ask>, code?: ErrorCode): Promise<string[]> {
  const found: string[] = []
  for (const [name, one] of Object.entries(asked)) {
    const fault = faultOf(await ask(one), code)
    if (fault) found.push(`${name}: ${fault}`)
  }
  return found
}

const named = (list: string[], make: (value: string) => Ask): Record<string, Ask> => Object.fromEntries(list.map((value) => [JSON.stringify(value.slice(0, 60)), make(value)]))

let a: TestTenant
let b: TestTenant
let asA: ShopClient
let shop: Awaited<ReturnType<typeof stockShop>>
let customerOfB: string
let cart: string

const shopper = (): [string, string][] => [["host", a.host], ["x-publishable-api-key", a.publishable_key]]
const owner = (): [string, string][] => [["host", a.host], ["authorization", `Bearer ${a.adminToken}`]]
const json: [string, string] = ["content-type", "application/json"]

/** Rows written by events of the set-up may still come. */
async function settled(tenant: string): Promise<Record<string, string>> {
  const deadline = Date.now() + 20_000
  let before = await checksums(host.ownerUrl, tenant)
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    const now = await checksums(host.ownerUrl, tenant)
    if (JSON.stringify(now) === JSON.stringify(before)) return now
    if (Date.now() > deadline) throw new Error("the shop does not come to rest")
    before = now
  }
}

/** Nothing of the shop may differ afterwards, in any table but the workflow engine's diary of purchases it undid. */
async function changesNothing(work: () => Promise<void>): Promise<void> {
  const before = await settled(a.id)
  await work()
  expect({ ...(await settled(a.id)), workflow_execution: "" }).toEqual({ ...before, workflow_execution: "" })
}

beforeAll(async () => {
  ;[a, b] = await twoTenants(host)
  asA = new ShopClient(host, a)
  shop = await stockShop(asA, "bad")
  customerOfB = await registerCustomer(new ShopClient(host, b), "shopper@b.example")
  cart = (await asA.post<{ cart: { id: string } }>("/store/carts", { region_id: shop.region.id, email: "first@cart.example" })).cart.id
}, 120_000)

describe("a Host", () => {
  const at = (value: string, more: Partial<Ask> = {}): Ask => ({ path: "/store/regions", headers: [["host", value], ["x-publishable-api-key", a.publishable_key]], ...more })

  it("that is no host name is refused, whatever it is made of", async () => {
    const odd = ["", "a b", "user@shop.localhost", "user:secret@shop.localhost", "shop.localhost:99999", "shop.localhost:-1", "shop.localhost:80:80", "shop.localhost:", "[::1]", "[::1]:9000", "::1", "shop..localhost", "shop.localhost..", ".localhost", "-shop.localhost", "xn--", "sh_op.localhost", "坊市.localhost", "shop.localhost/evil", "shop?x", "shop#x", "%00.localhost", "a.localhost,b.localhost", "*", "<script>", `${"a".repeat(64)}.localhost`, "a.".repeat(200), "x".repeat(10_240)]
    expect(await faults(named(odd, (value) => at(value)), "HOST_MALFORMED")).toEqual([])
  })

  it("sent twice, or contradicted by a whole URL as the target, is refused", async () => {
    const twice: [string, string][] = [["Host", a.host], ["hOST", b.host]]
    expect(await faults({ twice: { headers: twice }, same: { headers: [twice[0] ?? ["", ""], ["host", a.host]] }, target: at(a.host, { path: `http://${b.host}/store/regions` }) }, "HOST_MALFORMED")).toEqual([])
    expect((await ask(at(a.host, { path: `http://${a.host}/store/regions` }))).status).toBe(200)
  })

  it("may have a port, capitals and a final dot", async () => {
    for (const value of [a.host, `${a.host}:9000`, `${a.host}.`, a.host.toUpperCase(), `${a.host.toUpperCase()}.:443`]) expect([value, (await ask(at(value))).status]).toEqual([value, 200])
  })

  it("that no shop has is 404, also an IDN, an IPv4 address and another's name with a tail", async () => {
    expect(await faults(named(["nowhere.localhost", "xn--fiq228c.localhost", "127.0.0.1", "localhost", `x.${a.host}`, `${a.host}.example`, "platform.localhost"], (value) => at(value)), "HOST_UNKNOWN")).toEqual([])
  })

  it("that no shop has shows people a page in their language, and clients JSON", async () => {
    const browser = (language: string): Ask => ({ headers: [["host", "nowhere.localhost"], ["accept", "text/html,application/xhtml+xml,*/*;q=0.8"], ["accept-language", language]] })
    const chinese = await ask(browser("zh-CN,zh;q=0.9,en;q=0.8"))
    expect([chinese.status, /content-type: text\/html/i.test(chinese.head)]).toEqual([404, true])
    expect(chinese.text).toContain(`<html lang="zh-CN">`)
    expect(chinese.text).toContain(ERRORS.HOST_UNKNOWN.text["zh-CN"])
    expect(chinese.text).toContain(ERRORS.HOST_UNKNOWN.hint["zh-CN"])
    expect(chinese.head).toMatch(/content-security-policy: default-src 'self'/i)
    expect((await ask(browser("en-GB,en"))).text).toContain(ERRORS.HOST_UNKNOWN.text.en)
    expect((await ask(browser("fr"))).text).toContain(ERRORS.HOST_UNKNOWN.text["zh-CN"])
    expect(faultOf(await ask({ headers: [["host", "nowhere.localhost"], ["accept", "*/*"]] }), "HOST_UNKNOWN")).toBeNull()
  })
})

describe("a shop named by header", () => {
  it("is refused from an address that is no proxy of ours, even with a false token of the storefront", async () => {
    const headers: [string, string][] = [["host", b.host], ["x-tenant", a.id]]
    expect(await faults({ plain: { headers, from: STRANGER }, token: { headers: [...headers, ["x-fangshi-internal", "0".repeat(64)]], from: STRANGER } }, "TENANT_HEADER_UNTRUSTED")).toEqual([])
  })

  it("in x-forwarded-host counts only from a proxy of ours", async () => {
    const headers: [string, string][] = [["host", "nowhere.localhost"], ["x-forwarded-host", a.host], ["x-publishable-api-key", a.publishable_key]]
    expect((await ask({ path: "/store/regions", headers })).status).toBe(200)
    expect(faultOf(await ask({ path: "/store/regions", headers, from: STRANGER }), "HOST_UNKNOWN")).toBeNull()
  })

  it("must be a shop's id, and never one of the platform's own", async () => {
    const by = (value: string): Ask => ({ headers: [["host", a.host], ["x-tenant", value]] })
    expect(await faults(named(["", "A", "../x", `${a.id},${b.id}`, "__platform__", "__blueprint__", "a'b", "店铺", "x".repeat(10_000)], by), "TENANT_ID_INVALID")).toEqual([])
    expect(faultOf(await ask(by("nobody-here")), "HOST_UNKNOWN")).toBeNull()
  })
})

describe("a publishable key", () => {
  it("that is missing, wrong, another shop's, doubled, huge or in Chinese opens nothing", async () => {
    const by = (value: string): Ask => ({ path: "/store/products", headers: [["host", a.host], ["x-publishable-api-key", value]] })
    expect(await faults({ missing: { path: "/store/products", headers: [["host", a.host]] }, ...named(["", "junk", b.publishable_key, `${a.publishable_key}, ${a.publishable_key}`, "pk_'; drop table cart;--", "pk_店铺", "%00", "x".repeat(10_000)], by) }, "PUBLISHABLE_KEY_INVALID")).toEqual([])
  })
})

/** A token as this shop's own server signs it, or would if it were asked to. */
function token(tenant: string, claims: object, header: object = { alg: "HS256", typ: "JWT" }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const signed = `${part(header)}.${part(claims)}`
  const secret = createHmac("sha256", "test-master-secret-0123456789abcdef").update(`jwt:${tenant}`).digest("hex")
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`
}

describe("a token", () => {
  const now = Math.floor(Date.now() / 1000)
  const claims = (more: object = {}) => ({ ...(JSON.parse(Buffer.from(a.adminToken.split(".")[1] ?? "", "base64url").toString()) as object), ...more })

  it("that is garbage, unsigned, expired, another shop's or huge opens nothing", async () => {
    expect((await ask({ path: "/admin/products", headers: [["host", a.host], ["authorization", `Bearer ${token(a.id, claims({ exp: now + 60 }))}`]] })).status).toBe(200)
    const unsigned = token(a.id, claims(), { alg: "none", typ: "JWT" }).replace(/[^.]*$/, "")
    const bad = ["garbage", "Bearer", "Bearer ", "Bearer a.b.c", "Bearer null", "Bearer sk_123", "Basic", "Basic !!!", `Basic ${Buffer.from("sk_\0abc:").toString("base64")}`, "Bearer 令牌", `Bearer ${unsigned}`, `Bearer ${token(a.id, claims({ exp: now - 60 }))}`, `Bearer ${token(a.id, claims(), { alg: "HS999" })}`, `Bearer ${token(b.id, claims())}`, `Bearer ${b.adminToken}`, `Bearer ${customerOfB}`, `Bearer ${a.adminToken}x`, `Bearer ${"x".repeat(12_000)}`]
    expect(await faults(named(bad, (value) => ({ path: "/admin/products", headers: [["host", a.host], ["authorization", value]] })), "UNAUTHORIZED")).toEqual([])
    expect(await faults(named(bad, (value) => ({ path: "/store/customers/me", headers: [...shopper(), ["authorization", value]] })), "UNAUTHORIZED")).toEqual([])
  })

  it("in a cookie that nobody signed opens nothing", async () => {
    expect(await faults(named(["connect.sid=s%3Ajunk.%ff", "connect.sid=%", `connect.sid=${"x".repeat(5_000)}`, "a=b;;;=;"], (value) => ({ path: "/admin/products", headers: [["host", a.host], ["cookie", value]] })), "UNAUTHORIZED")).toEqual([])
  })
})

describe("an address", () => {
  const SHOPPERS = ["/store/products/", "/store/carts/", "/store/orders/", "/store/regions/", "/store/currencies/"]
  const OWNERS = ["/admin/products/", "/admin/orders/", "/admin/users/", "/admin/customers/", "/admin/uploads/"]
  const everywhere = (id: string): Record<string, Ask> => ({
    ...named(SHOPPERS.map((at) => at + id), (path) => ({ path, headers: shopper() })),
    ...named(OWNERS.map((at) => at + id), (path) => ({ path, headers: owner() })),
  })

  it("that does not decode, or to a NUL, is refused before any route sees it", async () => {
    for (const id of ["%00", "a%00b", "%ff", "%", "%c0%af", "%E8%8B"]) expect(await faults(everywhere(id), "REQUEST_INVALID")).toEqual([])
    expect(await faults({ ...everywhere("x?q=%00"), ...everywhere("x?a[%00]=1") }, "REQUEST_INVALID")).toEqual([])
  })

  it("with an id that nothing has is 404, whatever it looks like", async () => {
    for (const id of ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%27%3B%20drop%20table%20product%3B--", "%22%22", "%E8%8B%B9%E6%9E%9C", "%F0%9F%98%80", "__proto__", "constructor", "%0a", "null", "x".repeat(5_000)]) expect(await faults(everywhere(id), "NOT_FOUND")).toEqual([])
  })

  it("of nothing, of a file outside, or with a method that it does not know is 404", async () => {
    const paths = ["/store", "/store/nothing", "/admin/nothing", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/.env", `/static/${a.id}/.env`, `/static/${b.id}/x.webp`, `/static/${a.id}/${"x".repeat(5_000)}`, "/static", "/nothing", "//etc/passwd"]
    expect(await faults(named(paths, (path) => ({ path, headers: [...shopper(), ["authorization", `Bearer ${a.adminToken}`]] })), "NOT_FOUND")).toEqual([])
    const methods = ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "LOCK"]
    expect(await faults(named(methods, (method) => ({ method, path: "/store/products", headers: shopper() })), "NOT_FOUND")).toEqual([])
    expect(await faults(named(methods, (method) => ({ method, path: "/admin/orders", headers: owner() })), "NOT_FOUND")).toEqual([])
  })

  it("of an actor or a provider that nobody knows is a 4xx", async () => {
    const paths = ["/auth/user/junk", "/auth/__proto__/emailpass", "/auth/constructor/emailpass", "/auth/user/__proto__", "/auth/junk/emailpass", "/auth/token/refresh", "/auth/session"]
    await changesNothing(async () => {
      expect(await faults(named(paths, (path) => ({ method: "POST", path, headers: [["host", a.host], json], body: "{}" })))).toEqual([])
    })
  })
})

describe("a query", () => {
  const LISTS = (): Record<string, [string, string][]> => ({ "/store/products": shopper(), "/store/product-categories": shopper(), "/admin/products": owner(), "/admin/orders": owner() })
  const everywhere = (query: string): Record<string, Ask> => Object.fromEntries(Object.entries(LISTS()).map(([path, headers]) => [`${path}?${query.slice(0, 60)}`, { path: `${path}?${query}`, headers }]))

  it("for a page that cannot be counted is refused", async () => {
    for (const query of ["limit=-1", "limit=1e9", "limit=1000000000", "limit=99999999999999999999", "limit=1.5", "limit=abc", "limit=", "limit[]=1", "limit=Infinity", "offset=abc", "offset=-1", "offset=1e30", "offset=0.1", "offset[a]=1"]) expect(await faults(everywhere(query), "REQUEST_INVALID")).toEqual([])
  })

  it("for fields without end is refused at once instead of stopping every shop of the process", async () => {
    const started = Date.now()
    for (const query of [`fields=${"a.".repeat(2_000)}`, `fields=id,${"a.".repeat(10)}a`, `fields=id&fields=${"a.".repeat(500)}`, "fields[]=id", "fields[a]=b"]) expect(await faults(everywhere(query), "REQUEST_INVALID")).toEqual([])
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it("that is junk is answered, or refused with a code, and never with a crash or a table's name", async () => {
    const junk = ["fields=junk", "fields=*.*.*", "fields=__proto__", "fields=constructor", "fields=-", "order[a]=b", "__proto__[x]=1", "constructor[prototype][x]=1", `a${"[a]".repeat(500)}=1`, `id[]=${"b&id[]=".repeat(1_200)}`, "id[$or]=1", "id[__proto__]=x", `q=${"x".repeat(10_000)}`, "q=%ff", "$or=1", "$and[0]=x", "created_at[$gt]=junk", "created_at=junk", "region_id=junk", "currency_code=xxx", "locale=junk", "handle[$like]=%25"]
    const wrong: string[] = []
    for (const query of junk) {
      for (const [name, one] of Object.entries(everywhere(query))) {
        const answer = await ask(one)
        const fault = answer.status === 200 ? (INTERIOR.test(answer.text) ? "tells its interior" : null) : faultOf(answer)
        if (fault) wrong.push(`${name}: ${fault}`)
      }
    }
    expect(wrong).toEqual([])
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

describe("a body", () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`
  const UNREADABLE: Record<string, string | Buffer> = {
    broken: "{", words: "hello", null: "null", number: "1", string: '"x"', tail: '{"email":"a@b.example"}x', list: "[]",
    "10,000 levels": nested(10_000), "10,000 lists": "[".repeat(10_000) + "]".repeat(10_000), "10,000 levels in metadata": `{"metadata":${nested(10_000)}}`, "100 levels in metadata": `{"metadata":${nested(100)}}`,
    "a prototype": '{"__proto__":{"admin":true}}', "a prototype in metadata": '{"metadata":{"__proto__":{"admin":true}}}', "a constructor's prototype": '{"metadata":{"constructor":{"prototype":{"admin":true}}}}',
    "NUL in an address": '{"email":"a\\u0000@b.example"}', "NUL in a value": '{"metadata":{"a":"\\u0000"}}', "NUL in a name": '{"metadata":{"a\\u0000":"1"}}', "NUL in a list": '{"promo_codes":["\\u0000"]}', "NUL in a city": '{"shipping_address":{"city":"\\u0000"}}', "NUL in a locale": '{"locale":"\\u0000"}',
    "half a surrogate pair": '{"metadata":{"a":"\\ud800"}}', "beyond 2^53": '{"metadata":{"a":9007199254740993}}', "beyond all numbers": '{"metadata":{"a":1e400}}', "bytes of no text": Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]),
    "an object for a word": '{"email":{"$ne":null}}', "an endless e-mail address": JSON.stringify({ email: `${"a".repeat(9_000)}@b.example` }), "a field twice": '{"email":"a@b.example","email":1}',
  }
  const WRITES = (): Record<string, [string, string][]> => ({ "/store/carts": shopper(), [`/store/carts/${cart}`]: shopper(), "/admin/products": owner(), "/admin/customers": owner() })
  const post = (path: string, headers: [string, string][], body: string | Buffer): Ask => ({ method: "POST", path, headers: [...headers, json], body })

  it("that cannot be read, stored or trusted is refused, and nothing is written", async () => {
    await changesNothing(async () => {
      for (const [path, headers] of Object.entries(WRITES())) {
        const asked = Object.fromEntries(Object.entries(UNREADABLE).map(([name, body]) => [`${path} ${name}`, post(path, headers, body)]))
        expect(await faults(asked, "REQUEST_INVALID")).toEqual([])
      }
    })
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  it("that is no login is refused as one, and nothing is written", async () => {
    await changesNothing(async () => {
      for (const path of ["/auth/user/emailpass", "/auth/customer/emailpass", "/auth/customer/emailpass/register"]) {
        expect(await faults(Object.fromEntries([...Object.entries(UNREADABLE), ["nothing", "{}"], ["numbers", '{"email":1,"password":2}']].map(([name = "", body = ""]) => [`${path} ${String(name)}`, post(path, [["host", a.host]], body)])))).toEqual([])
      }
      expect(faultOf(await ask(post("/auth/user/emailpass", [["host", a.host]], JSON.stringify({ email: a.email, password: "wrong" }))), "UNAUTHORIZED")).toBeNull()
    })
  })

  it("of two megabytes is 413", async () => {
    await changesNothing(async () => {
      for (const [path, headers] of Object.entries(WRITES())) {
        const answer = await ask(post(path, headers, JSON.stringify({ metadata: { a: "x".repeat(2 << 20) } })))
        expect([path, answer.status, faultOf(answer, "REQUEST_TOO_LARGE")]).toEqual([path, 413, null])
      }
    })
  })

  it("of another type, character set or compression than it says is refused", async () => {
    const as = (type: string, more: [string, string][] = []): Ask => ({ method: "POST", path: "/store/carts", headers: [...shopper(), ["content-type", type], ...more], body: '{"email":"a@b.example"}' })
    await changesNothing(async () => {
      expect(await faults({ text: as("text/plain"), form: as("application/x-www-form-urlencoded"), utf16: as("application/json; charset=utf-16"), unknown: as("application/json; charset=junk"), gzip: as("application/json", [["content-encoding", "gzip"]]), encoding: as("application/json", [["content-encoding", "junk"]]) }, "REQUEST_INVALID")).toEqual([])
    })
  })

  it("with a quantity that is no whole number above zero is refused, and the cart stays empty", async () => {
    const line = (quantity: string) => post(`/store/carts/${cart}/line-items`, shopper(), `{"variant_id":"${shop.variant.id}","quantity":${quantity}}`)
    await changesNothing(async () => {
      expect(await faults(named(["-1", "0", "1.5", "0.0000001", "-0.5", "1e400", "1e30", "9007199254740993", "2147483648", '"1"', "null", "true", "[]", "{}"], line))).toEqual([])
    })
    expect((await asA.ok<{ cart: { items: unknown[] } }>({ path: `/store/carts/${cart}` })).cart.items).toEqual([])
  })

  it("with a variant, a region, a currency, an option or a country that the shop does not have is refused", async () => {
    const bodies: [string, object][] = [
      [`/store/carts/${cart}/line-items`, { variant_id: "junk", quantity: 1 }],
      [`/store/carts/${cart}/line-items`, { variant_id: "x".repeat(5_000), quantity: 1 }],
      [`/store/carts/${cart}/line-items`, { variant_id: shop.variant.id, quantity: 1_000 }],
      ["/store/carts", { region_id: "junk" }],
      ["/store/carts", { region_id: shop.region.id, currency_code: "xxx" }],
      ["/store/carts", { region_id: shop.region.id, items: [{ variant_id: "junk", quantity: 1 }] }],
      [`/store/carts/${cart}`, { shipping_address: { country_code: "zz" } }],
      [`/store/carts/${cart}/shipping-methods`, { option_id: "junk" }],
      [`/store/carts/${cart}/complete`, {}],
      ["/store/carts/junk/complete", {}],
      ["/store/payment-collections", { cart_id: "junk" }],
    ]
    await changesNothing(async () => {
      expect(await faults(Object.fromEntries(bodies.map(([path, body], i) => [`${i} ${path}`, post(path, shopper(), JSON.stringify(body))])))).toEqual([])
    })
  })

  it("that asks for more than is in stock is told so", async () => {
    expect(faultOf(await ask(post(`/store/carts/${cart}/line-items`, shopper(), JSON.stringify({ variant_id: shop.variant.id, quantity: 1_000 }))), "STOCK_INSUFFICIENT")).toBeNull()
  })
})

describe("what Medusa would answer with 500", () => {
  const product = (): string => JSON.stringify({ title: "x", handle: `h${randomBytes(5_000).toString("hex")}`, options: [{ title: "a", values: ["b"] }] })
  const UNKNOWN: Record<string, () => Ask> = {
    "an order by a field that is none": () => ({ path: "/admin/orders?order=junk", headers: owner() }),
    "a form that breaks off": () => ({ method: "POST", path: "/admin/uploads", headers: [...owner(), ["content-type", "multipart/form-data; boundary=x"]], body: "junk" }),
    "a text too long for its index": () => ({ method: "POST", path: "/admin/products", headers: [...owner(), json], body: product() }),
  }

  it.each(Object.keys(UNKNOWN))("%s is refused with a code", async (name) => {
    const one = UNKNOWN[name]?.() ?? {}
    expect(faultOf(await ask(one), "REQUEST_INVALID")).toBeNull()
  })

  it("tells nothing, and leaves nothing half-written", async () => {
    await changesNothing(async () => {
      for (const [name, one] of Object.entries(UNKNOWN)) {
        const { head, text } = await ask(one())
        expect([name, INTERIOR.test(head + text), isSaid((JSON.parse(text) as Body).text)]).toEqual([name, false, true])
      }
    })
  })
})

/** A server of this test's own with nothing behind the front door. */
async function doorOnly(options: Partial<FrontDoor>): Promise<{ url: string; server: Server }> {
  const manifest = manifestOf("lone")
  const tenant: Tenant = { id: "lone", status: "active", manifest, publishable_key: "pk", hosts: manifest.hosts, plugins: new Set(), applied_digest: null, revision: "0" }
  const directory = { findByHost: () => Promise.resolve(tenant), findById: () => Promise.resolve(tenant) } as unknown as FrontDoor["directory"]
  const app = express()
  app.use(frontDoor({ directory, trustedProxies: ["127.0.0.1"], rateLimit: 1_000, internalToken: randomBytes(32).toString("hex"), apiBaseUrl: () => "", ...options }))
  app.use((_req, res) => void res.json({ open: true }))
  const server = createServer({ maxHeaderSize: 16_384, requireHostHeader: false }, app)
  answerUnreadable(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

describe("what is hardly HTTP", () => {
  const host1: [string, string] = ["host", "lone.localhost"]
  const ODD: Record<string, { ask: Ask; code: ErrorCode }> = {
    "a control character in Host": { ask: { headers: [["host", "a\u0001b"]] }, code: "REQUEST_UNREADABLE" },
    "a NUL in a key": { ask: { headers: [host1, ["x-publishable-api-key", "pk_a\0b"]] }, code: "REQUEST_UNREADABLE" },
    "a newline in a key": { ask: { headers: [host1, ["x-publishable-api-key", "pk_a\nb"]] }, code: "REQUEST_UNREADABLE" },
    "a header without a name": { ask: { headers: [host1, ["", "x"]] }, code: "REQUEST_UNREADABLE" },
    "an unknown method": { ask: { method: "BUY", headers: [host1] }, code: "REQUEST_UNREADABLE" },
    "two lengths": { ask: { method: "POST", headers: [host1, ["content-length", "1"], ["content-length", "2"]] }, code: "REQUEST_UNREADABLE" },
    "a length and chunks": { ask: { method: "POST", headers: [host1, ["content-length", "3"], ["transfer-encoding", "chunked"]] }, code: "REQUEST_UNREADABLE" },
    "20 kB of token": { ask: { headers: [host1, ["authorization", `Bearer ${"x".repeat(20_000)}`]] }, code: "REQUEST_HEADERS_TOO_LARGE" },
    "20 kB of address": { ask: { path: `/${"x".repeat(20_000)}`, headers: [host1] }, code: "REQUEST_HEADERS_TOO_LARGE" },
  }

  it("gets a 4xx of the host, and not a word about its interior", async () => {
    for (const [name, { ask: one, code }] of Object.entries(ODD)) {
      const { status, head, text } = await ask(one)
      expect([name, status, INTERIOR.test(head + text)]).toEqual([name, ERRORS[code].status, false])
      if (text) expect([name, faultOf({ status, head, text }, code)]).toEqual([name, null])
    }
    expect((await ask({ headers: [] })).status).toBe(400)
  })

  it("is answered with a code, both languages and a hint, and hung up on", async () => {
    const { url, server } = await doorOnly({})
    try {
      for (const [name, { ask: one, code }] of Object.entries(ODD)) {
        const answer = await ask({ ...one, to: url })
        expect([name, answer.status, faultOf(answer, code)]).toEqual([name, ERRORS[code].status, null])
        expect(answer.head).toMatch(/connection: close/i)
      }
      expect(faultOf(await ask({ headers: [], to: url }), "HOST_MALFORMED")).toBeNull()
    } finally {
      server.close()
    }
  })
})

describe("the limit of requests", () => {
  const asking = (url: string, from: string, forwarded?: string) => ask({ to: url, from, path: "/store/products", headers: [["host", "lone.localhost"], ...(forwarded ? [["x-forwarded-for", forwarded] as [string, string]] : [])] })

  it("counts each client behind a proxy of ours by itself", async () => {
    const { url, server } = await doorOnly({ rateLimit: 2 })
    try {
      for (let i = 0; i < 2; i++) expect((await asking(url, "127.0.0.1", "203.0.113.1")).status).toBe(200)
      const refused = await asking(url, "127.0.0.1", "203.0.113.1")
      expect([refused.status, faultOf(refused, "RATE_LIMITED")]).toEqual([429, null])
      expect((await asking(url, "127.0.0.1", "203.0.113.2")).status).toBe(200)
      // What the client wrote itself stands further left, and counts for nothing.
      expect((await asking(url, "127.0.0.1", "198.51.100.7, 203.0.113.1")).status).toBe(429)
      expect((await asking(url, "127.0.0.1", "203.0.113.1, 127.0.0.1")).status).toBe(429)
    } finally {
      server.close()
    }
  })

  it("is not escaped by a client that writes X-Forwarded-For itself", async () => {
    const { url, server } = await doorOnly({ rateLimit: 2 })
    try {
      const statuses: number[] = []
      for (const forged of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) statuses.push((await asking(url, STRANGER, forged)).status)
      expect(statuses).toEqual([200, 200, 429])
      // Words instead of an address are no new client either.
      const words: number[] = []
      for (const forged of ["one", "two", "three"]) words.push((await asking(url, "127.0.0.1", forged)).status)
      expect(words).toEqual([200, 200, 429])
    } finally {
      server.close()
    }
  })
})

/** A cart to which only the order is missing. */
async function filledCart(word: string): Promise<string> {
  const { cart: made } = await asA.post<{ cart: { id: string } }>("/store/carts", { region_id: shop.region.id, email: `${word}@buyer.example`, items: [{ variant_id: shop.variant.id, quantity: 1 }], shipping_address: address(word), billing_address: address(word) })
  await asA.post(`/store/carts/${made.id}/shipping-methods`, { option_id: shop.shippingOption })
  const { payment_collection } = await asA.post<{ payment_collection: { id: string } }>("/store/payment-collections", { cart_id: made.id })
  await asA.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" })
  return made.id
}

describe("a shop suspended in the middle of a checkout", () => {
  const complete = (id: string) => ask({ method: "POST", path: `/store/carts/${id}/complete`, headers: [...shopper(), json], body: "{}" })
  const orderIn = (answer: Answer) => (JSON.parse(answer.text) as { type?: string; order?: { id: string } }).order?.id

  it("answers each buyer with a whole order or a polite refusal, and after it resumes every cart becomes exactly one order", async () => {
    const carts: string[] = []
    for (let i = 0; i < 8; i++) carts.push(await filledCart(`buyer-${i}`))
    const waiting = [...carts]
    const answers = new Map<string, Answer>()
    const suspending: Promise<unknown>[] = []
    const buyers = async () => {
      for (let id = waiting.shift(); id; id = waiting.shift()) {
        answers.set(id, await complete(id))
        // Not awaited: the other buyer's order is under way while the shop closes.
        if (suspending.length === 0) suspending.push(control({ op: "status", id: a.id, to: "suspended" }))
      }
    }
    try {
      await Promise.all([buyers(), buyers()])
      await Promise.all(suspending)
      const sold = [...answers.values()].filter((answer) => answer.status === 200)
      const refused = [...answers.values()].filter((answer) => answer.status !== 200)
      expect([sold.length > 0, refused.length > 0, sold.length + refused.length]).toEqual([true, true, 8])
      expect(refused.map((answer) => [answer.status, faultOf(answer, "TENANT_SUSPENDED")])).toEqual(refused.map(() => [503, null]))
      for (const answer of refused) expect(answer.head).toMatch(/retry-after: \d+/i)
      expect(sold.every((answer) => orderIn(answer))).toBe(true)
      for (const table of ["order", "order_cart", "payment", "reservation_item"]) expect([table, (await rowsOf(a.id, table)).length]).toEqual([table, sold.length])

      expect(await faults({ admin: { path: "/admin/orders", headers: owner() }, login: { method: "POST", path: "/auth/user/emailpass", headers: [["host", a.host], json], body: "{}" } }, "TENANT_SUSPENDED")).toEqual([])
      expect((await ask({ headers: [["host", a.host], ["accept", "text/html"]] })).text).toContain(ERRORS.TENANT_SUSPENDED.text["zh-CN"])
      expect((await new ShopClient(host, b).call({ path: "/store/products" })).status).toBe(200)
    } finally {
      await control({ op: "status", id: a.id, to: "active" })
    }

    const orders = new Set<string>()
    for (const id of carts) {
      const first = await complete(id)
      const again = await complete(id)
      expect([first.status, again.status, orderIn(again)]).toEqual([200, 200, orderIn(first)])
      const earlier = answers.get(id)
      if (earlier?.status === 200) expect(orderIn(earlier)).toBe(orderIn(first))
      orders.add(orderIn(first) ?? "")
    }
    expect(orders.size).toBe(8)
    for (const table of ["order", "order_cart", "payment", "reservation_item"]) expect([table, (await rowsOf(a.id, table)).length]).toEqual([table, 8])
  }, 120_000)
})

describe("the list of errors", () => {
  it("has a status, a text and a hint in both languages for every code", () => {
    for (const [code, { status, text, hint }] of Object.entries(ERRORS)) expect([code, status >= 400 && status < 600, isSaid(hint), Boolean(text["zh-CN"] && text.en)]).toEqual([code, true, true, true])
  })
})
