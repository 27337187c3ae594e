import { type HostProcess, type PoolState, type SharedHost, ShopClient, type TestDatabase, type TestTenant, asOwner, cloneDatabase, control, createTenant, startHostProcess, stockShop } from "@fangshi/testing"

const CLIENTS = 50
const SECONDS = 10
/** However slow the machine is, this much is asked before the storm may end. */
const LEAST_ANSWERS = 300
const WORDS = ["canaryone", "canarytwo", "canarythree"]

type Shop = { tenant: TestTenant; word: string; foreign: string[]; stock: Awaited<ReturnType<typeof stockShop>>; client: ShopClient }

let database: TestDatabase
let running: HostProcess
let host: SharedHost
let shops: Shop[]
let bystander: ShopClient
let strays: number
let settled: PoolState

beforeAll(async () => {
  database = await cloneDatabase()
  running = await startHostProcess(database, { FANGSHI_POOL_MAX: "2" })
  host = { ...running, ownerUrl: database.ownerUrl, appUrl: database.appUrl }
  const made: Omit<Shop, "foreign">[] = []
  for (const word of WORDS) {
    const tenant = await createTenant("c", host)
    const client = new ShopClient(host, tenant)
    made.push({ tenant, word, client, stock: await stockShop(client, word, 1_000_000) })
  }
  shops = made.map((shop) => ({
    ...shop,
    foreign: made.filter((other) => other !== shop).flatMap(({ word, tenant, stock }) => [word, tenant.id, stock.product.id, stock.variant.id, stock.region.id, stock.channel.id]),
  }))
  bystander = new ShopClient(host, await createTenant("d", host))
  const before = await metric("fangshi_tenancy_stray_connections_total")
  await storm()
  strays = (await metric("fangshi_tenancy_stray_connections_total")) - before
  settled = await settledPool()
}, 300_000)
afterAll(async () => {
  await running?.kill()
  await database?.drop()
})

/** Mulberry32: the same storm every time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Sent = { method: string; path: string; body?: unknown; expected: number }
type Answered = { status: number; text: string } | "aborted"

const findings: string[] = []
const cartsOf = new Map<string, string>()
const lines: string[] = []
let answered = 0
let aborted = 0

async function send(shop: Shop, { method, path, body }: Sent, abortAfter: number | null): Promise<Answered> {
  try {
    const response = await fetch(`${host.url}${path}`, {
      method,
      headers: { "x-tenant": shop.tenant.id, "x-publishable-api-key": shop.tenant.publishable_key, ...(body ? { "content-type": "application/json" } : {}) },
      signal: AbortSignal.timeout(abortAfter ?? 90_000),
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    if (abortAfter !== null) return "aborted"
    throw error
  }
}

/** Whatever the status is: nothing of another shop in any byte, and no answer but the one that was to be expected. */
function judge(shop: Shop, { method, path, expected }: Sent, { status, text }: { status: number; text: string }): string[] {
  const asked = `${shop.word} ${method} ${path}`
  return [
    ...shop.foreign.filter((canary) => text.includes(canary)).map((canary) => `${asked} shows ${canary}`),
    ...(status === expected ? [] : [`${asked} → ${status} ${text.slice(0, 200)}`]),
    ...(status === 200 && !text.includes(shop.word) ? [`${asked} does not show its own ${shop.word}: ${text.slice(0, 200)}`] : []),
  ]
}

/** One client goes from shop to shop, and through each shop by the same path. */
async function client(number: number, until: number): Promise<void> {
  const rng = random(number + 1)
  const carts = new Map<Shop, string>()
  for (let turn = 0; Date.now() < until || answered < LEAST_ANSWERS; turn++) {
    const shop = shops[(number + turn) % shops.length]
    const other = shops[(number + turn + 1) % shops.length]
    if (!shop || !other) throw new Error("no shop")
    const abortAfter = rng() < 0.1 ? Math.ceil(rng() * 2_500) : null
    const request = nextRequest(shop, { cart: carts.get(shop), otherCart: carts.get(other), choice: Math.floor(rng() * 6), email: `${shop.word}.${number}.${turn}@buyer.example` })
    const answer = await send(shop, request, abortAfter)
    if (answer === "aborted") {
      aborted++
      // The server may still be at work on that cart and holds its lock: whoever left starts anew.
      if (request.method === "POST") carts.delete(shop)
      continue
    }
    answered++
    findings.push(...judge(shop, request, answer))
    if (answer.status !== 200 || request.method !== "POST") continue
    const { cart } = JSON.parse(answer.text) as { cart: { id: string } }
    carts.set(shop, cart.id)
    cartsOf.set(cart.id, shop.tenant.id)
    if (request.path.endsWith("/line-items")) lines.push(cart.id)
  }
}

type Turn = { cart: string | undefined; otherCart: string | undefined; choice: number; email: string }

function nextRequest({ stock, word }: Shop, { cart, otherCart, choice, email }: Turn): Sent {
  const get = (path: string, expected = 200): Sent => ({ method: "GET", path, expected })
  const fields = `fields=*variants.calculated_price&region_id=${stock.region.id}`
  if (choice === 0) return get(`/store/products?${fields}`)
  if (choice === 1) return get(`/store/products?handle=apple&${fields}`)
  if (choice === 2 && otherCart) return get(`/store/carts/${otherCart}`, 404)
  if (cart) return { method: "POST", path: `/store/carts/${cart}/line-items`, body: { variant_id: stock.variant.id, quantity: 1 }, expected: 200 }
  // An address of its own each time: Medusa refuses one of two carts that bring the same new address at once.
  return { method: "POST", path: "/store/carts", body: { region_id: stock.region.id, email, metadata: { word } }, expected: 200 }
}

async function storm(): Promise<void> {
  const until = Date.now() + SECONDS * 1_000
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number, until)))
}

/** What clients left behind when they went away is finished by the server without them. */
async function settledPool(): Promise<PoolState> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const state = await control<PoolState>({ op: "pool" }, host)
    if (state.used + state.waiting === 0 || Date.now() > deadline) return state
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const metric = async (name: string) => Number(new RegExp(`^${name} (\\d+)`, "m").exec(await (await fetch(`${host.url}/metrics`)).text())?.[1] ?? Number.NaN)

describe(`${CLIENTS} clients at once, going from shop to shop over a pool of 2 connections, a tenth of them leaving before the answer`, () => {
  it("are answered by the right shop, without one server error", () => {
    expect(answered).toBeGreaterThanOrEqual(LEAST_ANSWERS)
    expect(aborted).toBeGreaterThan(answered / 50)
    expect(cartsOf.size).toBeGreaterThan(20)
    expect(lines.length).toBeGreaterThan(10)
    expect(findings).toEqual([])
  })

  it("leave every row with the tenant that wrote it", async () => {
    const carts = await asOwner<{ id: string; tenant_id: string }>(database.ownerUrl, "select id, tenant_id from public.cart where id = any($1)", [[...cartsOf.keys()]])
    expect(carts.length).toBe(cartsOf.size)
    expect(carts.filter((row) => row.tenant_id !== cartsOf.get(row.id))).toEqual([])
    const items = await asOwner<{ cart_id: string; tenant_id: string }>(database.ownerUrl, "select cart_id, tenant_id from public.cart_line_item where cart_id = any($1)", [[...cartsOf.keys()]])
    expect(lines.filter((cart) => !items.some((row) => row.cart_id === cart))).toEqual([])
    expect(items.filter((row) => row.tenant_id !== cartsOf.get(row.cart_id))).toEqual([])
  })

  it("leave no word and no id of one shop in any row of another, in any table, also where nobody waited for the answer", async () => {
    const tables = await asOwner<{ name: string }>(
      database.ownerUrl,
      "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where n.nspname = 'public' and c.relkind in ('r', 'p')",
    )
    expect(tables.length).toBeGreaterThanOrEqual(140)
    const mixed: string[] = []
    for (const { name } of tables) {
      for (const shop of shops) {
        const [row] = await asOwner<{ n: number }>(database.ownerUrl, `select count(*)::int as n from public."${name}" t where tenant_id = $1 and t::text ~ $2`, [shop.tenant.id, shop.foreign.join("|")])
        if (row?.n !== 0) mixed.push(`${name}: ${String(row?.n)} rows of ${shop.word}`)
      }
    }
    expect(mixed).toEqual([])
    const [written] = await asOwner<{ n: number }>(database.ownerUrl, "select count(*)::int as n from public.cart where email like any($1)", [WORDS.map((word) => `${word}.%`)])
    expect(written?.n).toBeGreaterThanOrEqual(cartsOf.size)
  }, 120_000)

  it("leave both connections free, usable at the same time, and without a tenant for code that has none", async () => {
    expect(settled).toMatchObject({ used: 0, waiting: 0 })
    expect(await control<PoolState>({ op: "pool" }, host)).toEqual({ used: 0, waiting: 0, max: 2, tenants: ["", ""] })
    const sessions = await asOwner<{ state: string }>(database.ownerUrl, "select state from pg_stat_activity where datname = current_database() and usename = 'fangshi_app' and application_name <> 'fangshi-changes'")
    expect(sessions.map((row) => row.state)).toEqual(["idle", "idle"])
  })

  it("leave nothing behind for a shop that was not among them", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => bystander.ok<{ count: number }>({ path: "/store/products" })))
    expect(answers.map((answer) => answer.count)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it("never came to a query on another tenant's connection, nor to work without a tenant, although connections changed hands all the time", async () => {
    expect(strays).toBe(0)
    expect(await metric("fangshi_tenancy_refused_queries_total")).toBe(0)
    expect(await metric("fangshi_tenancy_rebinds_total")).toBeGreaterThan(50)
  })
})
