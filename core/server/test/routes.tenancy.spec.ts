import { type LiveRoutes, ShopClient, type TenantIds, type TestTenant, asOwner, checksums, control, fillEmptyTables, fillShop, idsOf, makeBody, randomLike, sharedHost, tableFor, twoTenants } from "@fangshi/testing"
import { isClosed } from "../src/front-door/closed-routes"

const host = sharedHost()
const CANARY = "canaryb7"

let a: TestTenant
let b: TestTenant
let asA: ShopClient
let ids: { a: TenantIds; b: TenantIds }
let customerOfA: string
let customerOfB: string
let live: LiveRoutes
let before: Record<string, string>
let known: Set<string>

beforeAll(async () => {
  ;[a, b] = await twoTenants(host)
  for (const id of [a.id, b.id]) await control({ op: "plugins", id, plugins: ["medusa-plugin-notes", "guestbook"] })
  asA = new ShopClient(host, a)
  const asB = new ShopClient(host, b)
  customerOfA = (await fillShop(asA, "owna")).customerToken
  customerOfB = (await fillShop(asB, CANARY)).customerToken
  await asA.post("/store/notes", { slug: "first", text: "owna" })
  await asA.post("/store/guestbook", { text: "owna" })
  await asB.post("/store/notes", { slug: "first", text: CANARY })
  await asB.post("/store/guestbook", { text: CANARY })
  await fillEmptyTables(host.ownerUrl, b.id, CANARY)
  await subscribersDone(b.id)
  ids = { a: await idsOf(host.ownerUrl, a.id), b: await idsOf(host.ownerUrl, b.id) }
  known = new Set(ids.b.byTable.keys())
  live = await control<LiveRoutes>({ op: "routes" })
  before = await checksums(host.ownerUrl, b.id)
}, 120_000)

/** The subscribers of the note plugin write behind the requests: a note for each product, a reply to each note that was sent. */
async function subscribersDone(tenant: string): Promise<void> {
  const undone = `select 1 from product p where p.tenant_id = $1 and not exists (select from note n where n.tenant_id = $1 and n.slug = 'subscriber-' || p.id)
    union all select 1 from note n where n.tenant_id = $1 and n.slug = 'first' and not exists (select from note_reply r where r.tenant_id = $1 and r.note_id = n.id)`
  for (const end = Date.now() + 60_000; (await asOwner(host.ownerUrl, undone, [tenant])).length; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (Date.now() > end) throw new Error("the subscribers did not end")
  }
}

/** Values for path parameters that are no ids. */
const WORDS: Record<string, string> = { sheet: "purchase", actor_type: "user", auth_provider: "emailpass", entity: "orders", code: "cny", zone: "home", rule_type: "rules", provider: "pp_system_default", workflow_id: "create-products", transaction_id: "none", rule_attribute_id: "currency", role_id: "none", kind: "home", handle: "default" }

/** Routes whose parameter names nothing in the database, with the reason. */
const NO_ROW: Record<string, string> = {
  "/admin/uploads/:id": "a file's key",
  "/admin/views/:entity": "a kind of table",
  "/admin/rbac": "Enterprise Edition, off",
  "/auth/mfa": "second factors are off",
  "/cloud": "not Medusa's cloud",
  "/admin/search": "the search module is off",
  "/admin/fulfillment-providers/:id": "a provider of the process",
  "/admin/tax-providers/:id": "a provider of the process",
  "/admin/plugins": "files of the process",
  "/admin/shop/plugins": "plugins of the process",
  "/admin/layouts": "a kind of page",
  "/admin/locales": "languages are shared",
  "/admin/currencies": "currencies are shared",
  "/store/currencies": "currencies are shared",
  "/admin/translations": "languages are shared",
  "/admin/feature-flags": "flags of the process",
  "/admin/index": "the index module is off",
}

const segments = (path: string) => path.split("/").filter(Boolean)

/** The table of a path parameter: by its own name, else by the segment before it. */
function tableOfParam(path: string, param: string): string | null {
  const parts = segments(path)
  const at = parts.indexOf(`:${param}`)
  if (param !== "id") {
    const byName = tableFor(param, known)
    if (byName) return byName
  }
  return tradesTable(parts.slice(0, at)) ?? tableFor(parts[at - 1] ?? "", known)
}

/** A trade's tables begin with its name, which its addresses carry: /store/points/gifts/:id is points_gift. */
function tradesTable(before: string[]): string | null {
  const last = before.at(-1) ?? ""
  const tables = before.slice(0, -1).flatMap((part) => [last.replace(/s$/, ""), last].map((word) => `${part}_${word}`.replaceAll("-", "_")))
  return tables.find((table) => known.has(table)) ?? null
}

type Ids = (table: string) => string

function fillPath(path: string, idFor: Ids): string {
  return path.replace(/:(\w+)/g, (_whole, param: string) => {
    const table = tableOfParam(path, param)
    return encodeURIComponent(table ? idFor(table) : (WORDS[param] ?? idFor("product")))
  })
}

const QUERIES = (idFor: Ids): string[] => [
  "",
  `?fields=*,%2Bmetadata&limit=200`,
  `?id[]=${ids.a.byTable.get("product") ?? ""}&id[]=${idFor("product")}&limit=200`,
  `?q=${CANARY}&limit=200`,
  `?region_id=${idFor("region")}&customer_id=${idFor("customer")}&sales_channel_id[]=${idFor("sales_channel")}&product_id=${idFor("product")}&order_id=${idFor("order")}`,
]

type Sent = { method: string; path: string; body?: unknown }

function requestsFor(route: string, idFor: Ids): Sent[] {
  const [method = "", path = ""] = route.split(" ")
  const filled = fillPath(path, idFor)
  if (method === "GET") return QUERIES(idFor).map((query) => ({ method, path: filled + query }))
  if (method === "DELETE") {
    const schema = live.bodies.find((entry) => entry.route === route)?.body
    return [{ method, path: filled, ...(schema ? { body: makeBody(schema, fill(idFor), true) } : {}) }]
  }
  const schema = live.bodies.find((entry) => entry.route === route)?.body
  if (!schema) return [{ method, path: filled, body: {} }]
  return [false, true].map((full) => ({ method, path: filled, body: makeBody(schema, fill(idFor), full) }))
}

// Names differ between the two sides, or the second of two creations would be a duplicate; normalised() makes them one again.
const fill = (idFor: Ids) => ({
  word: idFor === foreign ? "matrixb" : "matrixn",
  idsFor: (property: string) => {
    const table = tableFor(property, known)
    const own = table ? ids.a.byTable.get(table) : undefined
    return [idFor(table ?? "product"), ...(own ? [own] : [])]
  },
})

const foreign: Ids = (table) => ids.b.byTable.get(table) ?? randomLike("none_")
const invented = new Map<string, string>()
const random: Ids = (table) => {
  const like = foreign(table)
  const known = invented.get(table)
  if (known) return known
  const made = randomLike(like)
  invented.set(table, made)
  return made
}

/** Answers that never end; workflow-stream.tenancy.spec.ts listens to them. */
const STREAMS = /\/(?:subscribe|live)$/

const tokenFor = (path: string) => (path.startsWith("/admin") || path.startsWith("/auth") ? a.adminToken : customerOfA)
const isApplicationRoute = (route: string) => /^(?:GET|POST|PUT|PATCH|DELETE) \/(?:store|admin|auth|hooks|cloud)\b/.test(route) && !route.includes("*") && !STREAMS.test(route)

/** Ids of the request are echoed in messages, and times differ: neither is a difference. */
function normalised(text: string): string {
  let result = text
  for (const table of known) result = result.replaceAll(foreign(table), "<id>").replaceAll(random(table), "<id>")
  return result
    .replace(/matrix[bn]/gi, "matrix")
    .replace(/"[^"]*(?:_at|token|client_secret|request_id)":("[^"]*"|null)/g, '""')
    .replace(/[0-9A-HJKMNP-TV-Z]{26}/g, "<ulid>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replace(/"display_id":\d+/g, '"display_id":0')
}

const ask = (request: Sent) => asA.call({ ...request, token: tokenFor(request.path) })
const outcome = ({ status, text }: { status: number; text: string }) => (status >= 400 ? `${status} ${normalised(text).slice(0, 300)}` : String(status))

/** Medusa checks several things at once and answers with what fails first: only answers that never coincide tell anything. */
async function overlap(one: Sent, other: Sent, ones: string[], others: string[]): Promise<boolean> {
  for (let i = 0; i < 8; i++) {
    ones.push(outcome(await ask(one)))
    others.push(outcome(await ask(other)))
    if (ones.some((answer) => others.includes(answer))) return true
  }
  return false
}

describe("every route of the live router", () => {
  it("is covered: each parameter names a table with a row in both shops, or is excused with a reason", () => {
    const routes = live.routes.filter(isApplicationRoute)
    expect(routes.length).toBeGreaterThan(450)
    const uncovered = routes.filter((route) => {
      const path = route.split(" ")[1] ?? ""
      if (Object.keys(NO_ROW).some((prefix) => path.startsWith(prefix))) return false
      return [...path.matchAll(/:(\w+)/g)].some(([, param = ""]) => !(param in WORDS) && tableOfParam(path, param) === null)
    })
    expect(uncovered).toEqual([])
    expect([...known].filter((table) => !ids.b.byTable.get(table))).toEqual([])
  })

  it("gives A nothing of B: no canary and no id in any byte, whatever id, filter, field or mixed list is sent, and B's id answers like an unknown one", async () => {
    const leaks: string[] = []
    const telling: string[] = []
    const crashes: string[] = []
    let sent = 0
    for (const route of live.routes.filter(isApplicationRoute)) {
      const withB = requestsFor(route, foreign)
      const withNobody = requestsFor(route, random)
      for (const [i, request] of withB.entries()) {
        const answer = await ask(request)
        sent++
        const asked = JSON.stringify(request) + decodeURIComponent(request.path)
        if (answer.text.replaceAll(`"${CANARY}"`, "").includes(CANARY) && !(asked.includes(CANARY) && answer.status >= 400)) leaks.push(`${route}: canary`)
        for (const id of ids.b.all) if (answer.text.includes(id) && !asked.includes(id)) leaks.push(`${route}: ${id}`)
        if (answer.status >= 500) crashes.push(`${route} ${JSON.stringify(request.body ?? request.path).slice(0, 300)} ${answer.text.slice(0, 200)}`)
        const nobody = withNobody[i]
        if (!nobody || JSON.stringify(nobody) === JSON.stringify(request)) continue
        const unknown = await ask(nobody)
        sent++
        if (outcome(unknown) !== outcome(answer) && !(await overlap(request, nobody, [outcome(answer)], [outcome(unknown)]))) telling.push(`${route}: ${outcome(answer)} for B's id, ${outcome(unknown)} for an unknown one`)
      }
    }
    expect(leaks).toEqual([])
    expect(telling).toEqual([])
    expect(crashes).toEqual([])
    expect(sent).toBeGreaterThan(1_500)
  }, 600_000)

  it("has left every row of B as it was", async () => {
    expect(await checksums(host.ownerUrl, b.id)).toEqual(before)
  })

  it("answers A with A's own rows, so that the silence about B means something", async () => {
    const own: Ids = (table) => ids.a.byTable.get(table) ?? "none"
    let answered = 0
    for (const route of live.routes.filter((r) => isApplicationRoute(r) && r.startsWith("GET "))) {
      const [request] = requestsFor(route, own)
      if (!request) continue
      const { status } = await asA.call({ ...request, token: tokenFor(request.path) })
      if (status === 200) answered++
    }
    expect(answered).toBeGreaterThan(110)
  }, 300_000)
})

describe("what opens one shop", () => {
  it("an admin's token of B is refused by A on every admin route", async () => {
    const accepted: string[] = []
    for (const route of live.routes.filter((r) => isApplicationRoute(r) && r.includes(" /admin/"))) {
      const [method = "", path = ""] = route.split(" ")
      const answer = await asA.call({ method, path: fillPath(path, foreign), token: b.adminToken, ...(method === "GET" ? {} : { body: {} }) })
      // An invitation is accepted, and flags are read, without being logged in.
      if (answer.status !== 401 && !(answer.status === 404 && isClosed(path)) && !/\/admin\/(?:invites\/accept|feature-flags)/.test(path)) accepted.push(`${route} → ${answer.status}`)
    }
    expect(accepted).toEqual([])
  }, 300_000)

  it("a customer's token of B is nobody in A", async () => {
    expect((await asA.call({ path: "/store/customers/me", token: customerOfB })).status).toBe(401)
    expect((await asA.call({ path: "/store/customers/me", token: customerOfA })).status).toBe(200)
  })

  it("the publishable key of B is refused by A", async () => {
    expect((await asA.call({ path: "/store/products", key: b.publishable_key })).status).toBe(400)
    expect((await asA.call({ path: "/store/products" })).status).toBe(200)
  })

  it("the password of B's owner does not log in at A", async () => {
    const attempt = await asA.call({ method: "POST", path: "/auth/user/emailpass", body: { email: b.email, password: b.password } })
    expect(attempt.status).toBe(401)
  })

  it("a session cookie of B opens nothing in A", async () => {
    const opened = await fetch(`${host.url}/auth/session`, { method: "POST", headers: { "x-tenant": b.id, authorization: `Bearer ${b.adminToken}` } })
    // The header leaves before the session is saved, the body after.
    await opened.text()
    const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? ""
    expect(cookie).not.toBe("")
    const me = (tenant: string) => fetch(`${host.url}/admin/users/me`, { headers: { "x-tenant": tenant, cookie } })
    expect((await me(b.id)).status).toBe(200)
    expect((await me(a.id)).status).toBe(401)
  })
})
