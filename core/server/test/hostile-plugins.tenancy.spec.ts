import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type PluginManifest, type PluginPorts, definePlugin } from "@fangshi/contracts"
import { PLUGIN_PORTS, type PortMaker, portsOf } from "@fangshi/kernel/src/plugin-host/ports"
import { type HostProcess, type SharedHost, ShopClient, type TestDatabase, type TestTenant, asOwner, cloneDatabase, control, createTenant, rowsOf, startBroken, startHostProcess } from "@fangshi/testing"
import { openAppPool } from "@fangshi/testing/src/app-pool"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { killPlugin, revivePlugin } from "../src/plugin-host/kill-switch"
import { releaseQuarantine, unseenNotices } from "../src/plugin-host/release"

const FIXTURES = path.resolve(__dirname, "../../testing/fixtures")
const hostile = (name: string) => path.join(FIXTURES, `hostile-${name}`)
const HOSTILE = "medusa-plugin-misbehaving"
const NOTES = "medusa-plugin-notes"

const ENVIRONMENT = {
  FANGSHI_PLUGINS: [hostile("misbehaving"), path.join(FIXTURES, "third-party")].join(),
  FANGSHI_LOG_LEVEL: "fatal",
  FANGSHI_PLUGIN_REQUEST_SECONDS: "1",
  FANGSHI_PLUGIN_SUBSCRIBER_SECONDS: "1",
  FANGSHI_PLUGIN_JOB_SECONDS: "2",
  FANGSHI_PLUGIN_BLOCK_SECONDS: "2",
}

// A host of its own, since some of it might not survive; a second process of the same database is this one.
let database: TestDatabase
let process_: HostProcess
let host: SharedHost
let knex: Knex

beforeAll(async () => {
  database = await cloneDatabase()
  process_ = await startHostProcess(database, ENVIRONMENT)
  host = addressOf(process_)
  knex = openAppPool(database.appUrl, 2)
}, 180_000)
afterAll(async () => {
  await knex?.destroy()
  await process_?.kill()
  await database?.drop()
})

const addressOf = ({ url, controlUrl }: HostProcess): SharedHost => ({ url, controlUrl, ownerUrl: database.ownerUrl, appUrl: database.appUrl })

type Shop = { tenant: TestTenant; client: ShopClient }
const plugins = (tenant: TestTenant, on: string[]) => control({ op: "plugins", id: tenant.id, plugins: on }, host)
const trick = ({ client }: Shop, name: string, query = "") => client.call({ path: `/store/hostile/${name}${query}` })

/** Two shops in which the hostile plugin and a harmless one are switched on. */
async function twoShops(): Promise<[Shop, Shop]> {
  const made: Shop[] = []
  for (const prefix of ["a", "b"]) {
    const tenant = await createTenant(prefix, host)
    await plugins(tenant, [HOSTILE, NOTES])
    made.push({ tenant, client: new ShopClient(host, tenant) })
  }
  return made as [Shop, Shop]
}

async function eventually<T>(what: string, look: () => Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const seen = await look()
    if (seen) return seen
  }
  throw new Error(`Not seen within fifteen seconds: ${what}`)
}

const isPaused = async ({ tenant }: Shop, plugin = HOSTILE) => {
  const [row] = await asOwner<{ quarantine_reason: string | null }>(host.ownerUrl, "select quarantine_reason from tenancy.tenant_plugin where tenant_id = $1 and plugin = $2 and quarantined_at is not null", [tenant.id, plugin])
  return row?.quarantine_reason ?? null
}
const notices = async ({ tenant }: Shop) => (await unseenNotices(knex)).filter(({ tenant_id }) => tenant_id === tenant.id)

/** The harmless plugin and Medusa in the same shop, and everything in the other shop. */
async function expectUnharmed(a: Shop, b: Shop) {
  const asked = [a, b].flatMap(({ client }) => ["/store/notes", "/store/products"].map((at) => client.call({ path: at })))
  expect((await Promise.all([...asked, trick(b, "fine")])).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect([await isPaused(a, NOTES), await isPaused(b, NOTES), await isPaused(b)]).toEqual([null, null, null])
}

/** Does it five times, which is once too many. */
async function fiveTimes(work: () => Promise<unknown>) {
  for (let i = 0; i < 5; i++) await work()
}

/** A job visits every shop that has its plugin on. */
async function onlyIn({ tenant }: Shop) {
  const others = await asOwner<{ id: string }>(host.ownerUrl, "select tenant_id as id from tenancy.tenant_plugin where plugin = $1 and tenant_id <> $2", [HOSTILE, tenant.id])
  for (const { id } of others) await control({ op: "plugins", id, plugins: [NOTES] }, host)
}

async function expectPausedInA(a: Shop, b: Shop, reason: RegExp) {
  expect(await eventually("the quarantine", () => isPaused(a))).toMatch(reason)
  await eventually("its route is gone", async () => (await trick(a, "fine")).status === 404)
  await expectUnharmed(a, b)
}

describe("a plugin that fails again and again", () => {
  it("is paused after five failures, in that shop alone, with one notice to support, and runs again when it is released", async () => {
    const [a, b] = await twoShops()
    for (let i = 0; i < 4; i++) expect((await trick(a, "throw")).status).toBe(500)
    expect([await isPaused(a), (await trick(a, "fine")).status]).toEqual([null, 200])
    expect((await trick(a, "throw")).status).toBe(500)
    await expectPausedInA(a, b, /^request: broken on purpose$/)
    const [notice, ...more] = await notices(a)
    expect(more).toEqual([])
    expect(notice).toMatchObject({ kind: "plugin.quarantined", tenant_id: a.tenant.id, plugin: HOSTILE, seen_at: null })
    expect(notice?.text).toEqual({ "zh-CN": expect.stringMatching(/已暂停/) as string, en: expect.stringMatching(/is paused/) as string })
    expect(await notices(b)).toEqual([])
    await releaseQuarantine(knex, a.tenant.id, HOSTILE)
    expect(await isPaused(a)).toBeNull()
    await eventually("its route is back", async () => (await trick(a, "fine")).status === 200)
    expect(await notices(a)).toEqual([])
  })

  it("cannot be released where it is not switched on", async () => {
    const [a] = await twoShops()
    await plugins(a.tenant, [])
    await expect(releaseQuarantine(knex, a.tenant.id, HOSTILE)).rejects.toMatchObject({ code: "PLUGIN_INACTIVE" })
  })

  it("is not paused for refusing bad input, however often", async () => {
    const [a, b] = await twoShops()
    for (let i = 0; i < 8; i++) expect((await trick(a, "refuse")).status).toBe(400)
    expect([await isPaused(a), (await trick(a, "fine")).status]).toEqual([null, 200])
    await expectUnharmed(a, b)
  })

  it("is paused when its subscriber throws, and other subscribers of the shop still hear", async () => {
    const [a, b] = await twoShops()
    await fiveTimes(() => trick(a, "event", "?trick=throw"))
    await expectPausedInA(a, b, /^subscriber: /)
    const { note } = await a.client.post<{ note: { id: string } }>("/store/notes", { slug: "heard", text: "x" })
    await eventually("the other plugin's reply", async () => (await rowsOf<{ note_id: string }>(a.tenant.id, "note_reply", host)).some(({ note_id }) => note_id === note.id))
  })

  it("is paused when its job throws, only where it is switched on, and other jobs still run", async () => {
    const [a, b] = await twoShops()
    await onlyIn(a)
    await fiveTimes(() => control({ op: "run-job", name: "hostile-throws" }, host))
    expect(await eventually("the quarantine", () => isPaused(a))).toMatch(/^job: the job is broken on purpose/)
    await plugins(b.tenant, [HOSTILE, NOTES])
    await expectUnharmed(a, b)
    await control({ op: "run-job", name: "count-notes" }, host)
    expect((await rowsOf<{ slug: string }>(a.tenant.id, "note", host)).filter(({ slug }) => slug.startsWith("job-"))).toHaveLength(1)
  })

  it("is paused when its hook throws, so that the shop can take in customers again", async () => {
    const [a, b] = await twoShops()
    let made = 0
    const make = ({ client }: Shop, first_name = "breaks the hook") => client.call({ method: "POST", path: "/admin/customers", body: { first_name, email: `c${made++}@example.com` } })
    expect((await make(b, "Li")).status).toBe(200)
    for (let i = 0; i < 5; i++) expect((await make(a)).status).toBe(500)
    await expectPausedInA(a, b, /^hook: the hook is broken on purpose/)
    expect((await make(a)).status).toBe(200)
  })
})

describe("a plugin that hangs", () => {
  it("in a request is answered for with 504, and meanwhile the other shop is served", async () => {
    const [a, b] = await twoShops()
    const hanging = trick(a, "hang")
    await expectUnharmed(a, b)
    const { status, body } = await hanging
    expect([status, body.code]).toEqual([504, "PLUGIN_TIMEOUT"])
    await Promise.all([1, 2, 3, 4].map(() => trick(a, "hang")))
    await expectPausedInA(a, b, /^request: .* did not finish/)
  })

  it("and answers late is not heard, and nobody falls over it", async () => {
    const [a, b] = await twoShops()
    const { status, body } = await trick(a, "late")
    expect([status, body.code]).toEqual([504, "PLUGIN_TIMEOUT"])
    await new Promise((resolve) => setTimeout(resolve, 600))
    await expectUnharmed(a, b)
    expect(await isPaused(a)).toBeNull()
  })

  it("in a subscriber is given up and paused", async () => {
    const [a, b] = await twoShops()
    await fiveTimes(() => trick(a, "event", "?trick=hang"))
    await expectPausedInA(a, b, /^subscriber: .* did not finish/)
  })

  it("in front of a route of Medusa's own is taken out of the way", async () => {
    const [a, b] = await twoShops()
    const regions = ({ client }: Shop) => client.call({ path: "/store/regions", headers: { "x-trick": "hang" } }).then(({ status }) => status)
    expect(await Promise.all([1, 2, 3, 4, 5].map(() => regions(a)))).toEqual([504, 504, 504, 504, 504])
    await expectPausedInA(a, b, /^middleware: /)
    expect(await regions(a)).toBe(200)
  })

  it("by sending something else than events without an end is cut off", async () => {
    const [a, b] = await twoShops()
    await expect(trick(a, "endless")).rejects.toThrow()
    await expectUnharmed(a, b)
  })
})

describe("a plugin that would take the process down", () => {
  it.each([
    ["an unhandled rejection in a timer", "rejection", 200, /rejected in a timer/],
    ["an exception in a timer", "timer", 200, /thrown in a timer/],
    ["process.exit", "exit", 500, /process\.exit\(\)/],
    ["process.abort", "abort", 500, /process\.abort\(\)/],
    ["process.kill of its own process", "kill", 500, /process\.kill\(\)/],
  ])("by %s does not, and is paused", async (_how, name, status, reason) => {
    const [a, b] = await twoShops()
    await fiveTimes(async () => expect((await trick(a, name)).status).toBe(status))
    await expectPausedInA(a, b, reason)
  })

  it("by a buffer of 1 GB outside of V8's heap does not; others are served", async () => {
    const [a, b] = await twoShops()
    const [{ body }] = await Promise.all([trick(a, "gigabyte"), expectUnharmed(a, b)])
    expect(body.bytes).toBe(2 ** 30)
    await expectUnharmed(a, b)
  })
})

/** Under a Node that cannot end a loop, the process is ended instead, and whoever supervises it starts it again. */
const SURVIVES = Number(process.versions.node.split(".")[0]) >= 24

describe("a plugin that never gives the process back", () => {
  let dataDir: string
  let loops: HostProcess
  const start = async () => (loops = await startHostProcess(database, { ...ENVIRONMENT, FANGSHI_DATA: dataDir }))
  const at = ({ tenant }: Shop): Shop => ({ tenant, client: new ShopClient(addressOf(loops), tenant) })
  beforeAll(() => void (dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-test-"))))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
  afterEach(() => loops?.kill())

  it.each(["request", "job"])("in a %s is interrupted and paused at the first time, and the other shop is served again", async (kind) => {
    const [a, b] = await twoShops()
    if (kind === "job") await onlyIn(a)
    await start()
    const asked = kind === "job" ? control({ op: "run-job", name: "hostile-loops" }, addressOf(loops)) : trick(at(a), "loop")
    const answer = await asked.then((got) => (got as { status?: number } | null)?.status, () => undefined)
    if (!SURVIVES) await start()
    else if (kind === "request") expect(answer).toBe(504)
    expect(await eventually("the quarantine", () => isPaused(a))).toMatch(new RegExp(`^${kind}: it kept the process for \\d+ seconds`))
    if (kind === "job") await plugins(b.tenant, [HOSTILE, NOTES])
    await eventually("its route is gone", async () => (await trick(at(a), "fine")).status === 404)
    await eventually("the other shop's is there", async () => (await trick(at(b), "fine")).status === 200)
    await expectUnharmed(at(a), at(b))
    expect(readdirSync(path.join(dataDir, "blocked-plugins"))).toEqual([])
  })

  it("and was written down before its process ended is paused when the next one starts", async () => {
    const [a, b] = await twoShops()
    const folder = path.join(dataDir, "blocked-plugins")
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, "1.jsonl"), `${JSON.stringify({ plugin: HOSTILE, tenant: a.tenant.id, kind: "job", seconds: 11 })}\n`)
    await start()
    expect(await isPaused(a)).toBe("job: it kept the process for 11 seconds")
    expect([(await trick(at(a), "fine")).status, (await trick(at(b), "fine")).status]).toEqual([404, 200])
    expect(readdirSync(folder)).toEqual([])
  })
})

describe("a plugin that reaches for what is not its shop's", () => {
  it("cannot give all objects a property", async () => {
    const [a, b] = await twoShops()
    expect((await trick(a, "pollute")).body).toEqual({ polluted: "no" })
    expect((await trick(b, "pollute")).body).toEqual({ polluted: "no" })
    await expectUnharmed(a, b)
  })

  it.each(["set-tenant", "set-config", "reset-role"])("cannot change by SQL for whom its connection works: %s", async (name) => {
    const [a, b] = await twoShops()
    await b.client.post("/admin/products", { title: "secret", handle: "secret", options: [{ title: "规格", values: ["一箱"] }] })
    expect((await trick(a, name, `?shop=${b.tenant.id}`)).status).toBe(500)
    expect((await trick(a, "count")).body).toEqual({ products: 0 })
    expect((await trick(b, "count")).body).toEqual({ products: 1 })
  })

  it("sees, changes and plants nothing in the other shop by naming it", async () => {
    const [a, b] = await twoShops()
    await b.client.post("/admin/products", { title: "secret", handle: "secret", options: [{ title: "规格", values: ["一箱"] }] })
    expect((await trick(a, "foreign", `?shop=${b.tenant.id}`)).body).toEqual({ seen: 0, changed: 0 })
    expect((await trick(a, "foreign-row", `?shop=${b.tenant.id}`)).status).toBe(500)
    expect(await rowsOf<{ title: string }>(b.tenant.id, "product", host)).toMatchObject([{ title: "secret" }])
    expect((await rowsOf<{ slug: string }>(b.tenant.id, "note", host)).filter(({ slug }) => slug === "foreign")).toEqual([])
  })

  it("cannot send an event into the other shop", async () => {
    const [a, b] = await twoShops()
    const name = `from-${a.tenant.id}`
    await trick(a, "event", `?trick=${name}&shop=${b.tenant.id}`)
    await eventually("the event in its own shop", async () => (await rowsOf<{ slug: string }>(a.tenant.id, "note", host)).some(({ slug }) => slug === name))
    expect((await rowsOf<{ slug: string }>(b.tenant.id, "note", host)).filter(({ slug }) => slug === name)).toEqual([])
  })

  it("can read the environment of the process, as the docs say: only reviewed plugins run in it", async () => {
    const [a] = await twoShops()
    expect((await trick(a, "environment")).body).toEqual({ readable: true })
  })
})

describe("a plugin that claims more than its manifest", () => {
  const own = definePlugin({ id: "modest", version: "1.0.0", core: "^0.1.0", name: { "zh-CN": "谦", en: "Modest" }, description: { "zh-CN": "谦", en: "Modest" }, permissions: { capabilities: ["orders.read"] } })
  const refused: string[] = []
  const ports = { clock: {}, orders: { find: async () => ["found"], cancel: async () => "cancelled" } } as unknown as PluginPorts
  const maker: PortMaker = { portsFor: (plugin: PluginManifest) => (plugin === own ? ports : null), noteRefusal: (plugin, call) => void refused.push(`${plugin} ${call}`) }
  const scope = { resolve: (name: string) => (name === PLUGIN_PORTS ? maker : null) } as never

  it("may do what it declares, and a call beyond that is refused and noted", async () => {
    expect(await portsOf(own, scope).orders.find([])).toEqual(["found"])
    expect(() => portsOf(own, scope).orders.cancel("order_1", "k")).toThrow(expect.objectContaining({ code: "PLUGIN_FORBIDDEN" }) as Error)
    expect(refused).toEqual(["modest orders.cancel"])
  })

  it("is not believed in a copy of its manifest that declares more", () => {
    const copy = { ...own, permissions: { ...own.permissions, capabilities: ["orders.read", "orders.write"] } } as PluginManifest
    expect(() => portsOf(copy, scope)).toThrow(expect.objectContaining({ code: "PLUGIN_FORBIDDEN" }) as Error)
  })
})

describe("the kill switch", () => {
  it("takes a plugin out of every shop in another process, and gives it back to those that had it", async () => {
    const [a, b] = await twoShops()
    await plugins(b.tenant, [NOTES])
    const routes = async () => [(await trick(a, "fine")).status, (await trick(b, "fine")).status, (await a.client.call({ path: "/store/notes" })).status]
    expect(await routes()).toEqual([200, 404, 200])
    await killPlugin(knex, HOSTILE, "it is hostile")
    await eventually("the plugin is gone", async () => (await trick(a, "fine")).status === 404)
    expect(await routes()).toEqual([404, 404, 200])
    expect(await revivePlugin(knex, HOSTILE)).toBe(true)
    await eventually("the plugin is back", async () => (await trick(a, "fine")).status === 200)
    expect([await routes(), await revivePlugin(knex, HOSTILE)]).toEqual([[200, 404, 200], false])
  })
})

describe("a plugin with which the platform does not start", () => {
  it.each([
    ["throws while it is loaded", ["throws-at-import"], "PLUGIN_UNREADABLE", /medusa-plugin-throws.*thrown while loading/],
    ["ends the process while it is loaded", ["exits-at-import"], "PLUGIN_UNREADABLE", /medusa-plugin-exits.*process\.exit/],
    ["brings a route that another plugin has", ["misbehaving", "route-thief"], "PLUGIN_CONFLICT", /medusa-plugin-(?:misbehaving|thief).*medusa-plugin-(?:misbehaving|thief).*route GET \/store\/hostile\/:trick/],
    ["replaces a method that keeps shops apart", ["patches-a-seam"], "SEAM_MOVED", /caching/],
  ])("%s", async (_what, names, code, message) => {
    expect(await startBroken(database, [], names.map(hostile))).toMatchObject({ started: false, code, message: expect.stringMatching(message) as string })
  })
})
