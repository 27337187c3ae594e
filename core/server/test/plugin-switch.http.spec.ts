import path from "node:path"
import { type HostProcess, type SharedHost, ShopClient, type TestDatabase, type TestTenant, asOwner, cloneDatabase, control, createTenant, rowsOf, startHostProcess } from "@fangshi/testing"

const GUESTBOOK = path.resolve(__dirname, "../../testing/fixtures/guestbook")
const NOTES = path.resolve(__dirname, "../../testing/fixtures/third-party")
const ID = "guestbook"
const PLAIN = "medusa-plugin-notes"

type Plugin = { id: string; state: string; reason: string | null; version: string; needs: string[]; settings: { values: Record<string, unknown>; secrets: Record<string, boolean>; form: { properties: Record<string, { label?: object; widget?: string }> } } | null }
type Book = { greeting: string; open: boolean; has_token: boolean; entries: { id: string; text: string; replies: string[] }[]; asked: string | null }
type Purge = { tables: { table: string; rows: number }[]; confirm: string }

// Two processes on one database: what one changes, the other has to know with its next request.
let database: TestDatabase
let processes: HostProcess[]
let host: SharedHost
let other: SharedHost

beforeAll(async () => {
  database = await cloneDatabase()
  const env = { FANGSHI_PLUGINS: `${GUESTBOOK},${NOTES}`, FANGSHI_LOG_LEVEL: "fatal" }
  processes = [await startHostProcess(database, env), await startHostProcess(database, env)]
  ;[host, other] = processes.map(({ url, controlUrl }) => ({ url, controlUrl, ownerUrl: database.ownerUrl, appUrl: database.appUrl })) as [SharedHost, SharedHost]
}, 240_000)
afterAll(async () => {
  for (const each of processes ?? []) await each.kill()
  await database?.drop()
})

async function shop(prefix: string): Promise<{ tenant: TestTenant; client: ShopClient; elsewhere: ShopClient }> {
  const tenant = await createTenant(prefix, host)
  return { tenant, client: new ShopClient(host, tenant), elsewhere: new ShopClient(other, tenant) }
}

const at = (step: string) => `/admin/shop/plugins/${ID}/${step}`
const switchOn = (client: ShopClient) => client.post<{ plugin: Plugin }>(at("activate"), {})
const switchOff = (client: ShopClient) => client.post<{ plugin: Plugin }>(at("deactivate"), {})
const book = (client: ShopClient) => client.ok<Book>({ path: "/store/guestbook" })
const statusOf = async (client: ShopClient) => (await client.call({ path: "/store/guestbook" })).status
const write = (client: ShopClient, text: string, stubborn = false) => client.post<{ id: string }>("/store/guestbook", { text, stubborn })
const set = (client: ShopClient, settings: object) => client.call({ method: "POST", path: at("settings"), body: { settings } })
const preview = async (client: ShopClient) => (await client.ok<{ purge: Purge }>({ path: at("purge") })).purge
const purge = (client: ShopClient, confirm: string) => client.call({ method: "POST", path: at("purge"), body: { confirm } })
const passTime = async (tenant: TestTenant, ms: number) => {
  for (const each of [host, other]) await control({ op: "pass-time", id: tenant.id, ms }, each)
}

/** Asks until the answer is a true value, for ten seconds at most. */
async function eventually<T>(what: string, look: () => Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const seen = await look()
    if (seen) return seen
  }
  throw new Error(`Not seen within ten seconds: ${what}`)
}

describe("a plugin of a shop", () => {
  it("is switched on and off by the owner, from the next request on, in every process, and in no other shop", async () => {
    const [a, b] = [await shop("a"), await shop("b")]
    expect(await Promise.all([statusOf(a.client), statusOf(a.elsewhere), statusOf(b.client)])).toEqual([404, 404, 404])
    for (const round of [1, 2, 3]) {
      expect((await switchOn(a.client)).plugin).toMatchObject({ id: ID, state: "on", version: "1.2.0" })
      expect([round, await statusOf(a.elsewhere), await statusOf(a.client), await statusOf(b.elsewhere), await statusOf(b.client)]).toEqual([round, 200, 200, 404, 404])
      expect((await switchOff(a.elsewhere)).plugin.state).toBe("off")
      expect([round, await statusOf(a.client), await statusOf(a.elsewhere)]).toEqual([round, 404, 404])
    }
  })

  it("prepares the shop once, however often and in however many requests at a time it is switched on, and keeps its rows while it is off", async () => {
    const { tenant, client, elsewhere } = await shop("a")
    await Promise.all([switchOn(client), switchOn(elsewhere), switchOn(client)])
    await write(client, "kept")
    await switchOff(client)
    await switchOff(client)
    expect((await rowsOf<{ text: string }>(tenant.id, "guestbook_entry", host)).map(({ text }) => text).sort()).toEqual(["kept", "opened"])
    await switchOn(elsewhere)
    expect((await book(client)).entries.map(({ text }) => text)).toEqual(["opened", "kept"])
  })

  it("is listed with what it asks for; a plain one with no more than its name", async () => {
    const { client } = await shop("a")
    const { plugins } = await client.ok<{ plugins: (Plugin & { permissions: object | null })[] }>({ path: "/admin/shop/plugins" })
    // The deployment's own trades are listed too.
    expect(plugins.filter(({ id }) => [ID, PLAIN].includes(id)).map(({ id, state, permissions }) => ({ id, state, permissions }))).toEqual([
      { id: ID, state: "off", permissions: { capabilities: ["schedule"], events: [], hosts: [] } },
      { id: PLAIN, state: "off", permissions: null },
    ])
  })

  it("that nobody has is 422, and whoever is not logged in sees and switches nothing", async () => {
    const { client } = await shop("a")
    const unknown = await client.call({ method: "POST", path: "/admin/shop/plugins/nothing/activate", body: {} })
    expect([unknown.status, unknown.body.code]).toEqual([422, "PLUGIN_UNKNOWN"])
    const stranger = await fetch(`${host.url}/admin/shop/plugins`, { headers: { "x-tenant": client.tenant.id } })
    expect(stranger.status).toBe(401)
  })
})

describe("its settings", () => {
  it("start as the manifest says, change field by field in every process, and are the shop's own", async () => {
    const [a, b] = [await shop("a"), await shop("b")]
    for (const { client } of [a, b]) await switchOn(client)
    expect(await book(a.elsewhere)).toMatchObject({ greeting: "Welcome", open: true, has_token: false })
    expect((await set(a.client, { greeting: { "zh-CN": "您好", en: "Good day" } })).status).toBe(200)
    expect((await set(a.elsewhere, { open: false })).status).toBe(200)
    expect(await book(a.client)).toMatchObject({ greeting: "Good day", open: false })
    expect(await book(a.elsewhere)).toMatchObject({ greeting: "Good day", open: false })
    expect(await book(b.client)).toMatchObject({ greeting: "Welcome", open: true })
  })

  it("make a form, and name the field that is wrong; nothing is kept of a refused change", async () => {
    const { client } = await shop("a")
    const { settings } = await client.ok<{ settings: NonNullable<Plugin["settings"]> }>({ path: at("settings") })
    expect(settings.form.properties.greeting).toMatchObject({ label: { "zh-CN": "问候语", en: "Greeting" }, widget: "text" })
    for (const [change, field] of [[{ open: "yes" }, "open"], [{ greeting: { "zh-CN": "一" } }, "greeting.en"], [{ colour: "red" }, "colour"]] as const) {
      const refused = await set(client, change)
      expect([refused.status, refused.body.code]).toEqual([422, "PLUGIN_SETTINGS_INVALID"])
      expect(refused.text).toContain(field)
    }
    expect((await client.ok<{ settings: NonNullable<Plugin["settings"]> }>({ path: at("settings") })).settings.values).toEqual({ greeting: { "zh-CN": "欢迎", en: "Welcome" }, open: true })
  })

  it("keep a secret sealed for the shop and never show it again; emptied, it is gone", async () => {
    const { tenant, client } = await shop("a")
    await switchOn(client)
    const answer = await set(client, { token: "s3cret-t0ken" })
    expect(answer.text).not.toContain("s3cret-t0ken")
    expect((answer.body as { settings?: Plugin["settings"] }).settings?.secrets).toEqual({ token: true })
    const [row] = await asOwner<{ settings: object; sealed: string }>(database.ownerUrl, "select settings, sealed from tenancy.plugin_setting where tenant_id = $1", [tenant.id])
    expect(JSON.stringify(row)).not.toContain("s3cret")
    await set(client, { open: true })
    expect((await book(client)).has_token).toBe(true)
    await set(client, { token: "" })
    expect((await book(client)).has_token).toBe(false)
  })

  it("of an older version are brought up to this one, and what fits no more starts anew", async () => {
    const { tenant, client } = await shop("a")
    await switchOn(client)
    await asOwner(database.ownerUrl, "insert into tenancy.plugin_setting (tenant_id, plugin, version, settings) values ($1, $2, 1, $3)", [tenant.id, ID, JSON.stringify({ closed: true, greeting: 7 })])
    expect(await book(client)).toMatchObject({ greeting: "Welcome", open: false })
  })
})

describe("removing its rows", () => {
  it("shows what will go, takes this shop's rows alone, and brings them back whole within 30 days", async () => {
    const [a, b] = [await shop("a"), await shop("b")]
    for (const { client } of [a, b]) {
      await switchOn(client)
      await write(client, "first")
      await set(client, { token: client.tenant.id })
    }
    await passTime(a.tenant, 2_000)
    const thanked = await eventually("the thanks", async () => (await book(a.client)).entries.find(({ text, replies }) => text === "first" && replies.length))
    const seen = await preview(a.client)
    expect(seen.tables).toEqual([{ table: "guestbook_entry", rows: 2 }, { table: "guestbook_reply", rows: 1 }, { table: "tenancy.plugin_setting", rows: 1 }, { table: "tenancy.plugin_task", rows: 0 }])
    const before = { a: await rowsOf(a.tenant.id, "guestbook_entry", host), b: await rowsOf(b.tenant.id, "guestbook_entry", host) }
    const gone = await purge(a.client, seen.confirm)
    expect([gone.status, (gone.body as { plugin?: Plugin }).plugin?.state]).toEqual([200, "off"])
    expect([await rowsOf(a.tenant.id, "guestbook_entry", host), await rowsOf(a.tenant.id, "guestbook_reply", host)]).toEqual([[], []])
    expect(await rowsOf(b.tenant.id, "guestbook_entry", host)).toEqual(before.b)
    expect([await statusOf(a.elsewhere), await statusOf(b.elsewhere)]).toEqual([404, 200])

    expect((await a.elsewhere.post<{ plugin: Plugin }>(at("restore"), {})).plugin.state).toBe("on")
    expect(await rowsOf(a.tenant.id, "guestbook_entry", host)).toEqual(before.a)
    expect(await book(a.client)).toMatchObject({ has_token: true, entries: [{ text: "opened" }, { text: "first", replies: thanked.replies }] })
    const again = await a.client.call({ method: "POST", path: at("restore"), body: {} })
    expect([again.status, again.body.code]).toEqual([409, "PLUGIN_UNDO_IMPOSSIBLE"])
  })

  it("is refused where the rows are not those that were shown, and the plugin stays on", async () => {
    const { client } = await shop("a")
    await switchOn(client)
    const { confirm } = await preview(client)
    await write(client, "in between")
    const refused = await purge(client, confirm)
    expect([refused.status, refused.body.code, await statusOf(client)]).toEqual([409, "PLUGIN_PURGE_STALE", 200])
  })

  it("cannot be undone over new rows, nor after 30 days", async () => {
    const [late, used] = [await shop("a"), await shop("b")]
    for (const { client } of [late, used]) {
      await switchOn(client)
      await purge(client, (await preview(client)).confirm)
    }
    await switchOn(used.client)
    await passTime(late.tenant, 30 * 86_400_000 + 1_000)
    for (const { client } of [late, used]) {
      const refused = await client.call({ method: "POST", path: at("restore"), body: {} })
      expect([refused.status, refused.body.code]).toEqual([409, "PLUGIN_UNDO_IMPOSSIBLE"])
    }
  })

  it("is refused for a plain plugin, which does not say what is its own", async () => {
    const { client } = await shop("a")
    const refused = await client.call({ path: "/admin/shop/plugins/medusa-plugin-notes/purge" })
    expect([refused.status, refused.body.code]).toEqual([409, "PLUGIN_PURGE_UNKNOWN"])
  })
})

describe("its tasks", () => {
  it("run in the shop that asked, once, when its time has come, by one of the processes; again and later where they fail", async () => {
    const [a, b] = [await shop("a"), await shop("b")]
    for (const { client } of [a, b]) await switchOn(client)
    for (const { client } of [a, b]) {
      await write(client, "easy")
      await write(client, "hard", true)
    }
    await set(a.client, { greeting: { "zh-CN": "谢谢", en: "Thanks" } })
    await passTime(a.tenant, 60_000)
    const repliesOf = async (client: ShopClient) => Object.fromEntries((await book(client)).entries.map(({ text, replies }) => [text, replies]))
    await eventually("both replies in A", async () => {
      await passTime(a.tenant, 5_000)
      return (await repliesOf(a.client)).hard?.length
    })
    expect(await repliesOf(a.client)).toEqual({ opened: [], easy: ["Thanks 1"], hard: ["Thanks 3"] })
    await eventually("no task left in A", async () => (await asOwner(database.ownerUrl, "select 1 from tenancy.plugin_task where tenant_id = $1", [a.tenant.id])).length === 0)
  })

  it("run each at the first attempt where many are due at once: one that is taken is run", async () => {
    const { tenant, client } = await shop("a")
    await switchOn(client)
    for (let i = 0; i < 8; i++) await write(client, `entry ${i}`)
    await passTime(tenant, 60_000)
    const replies = async () => (await book(client)).entries.flatMap((entry) => entry.replies)
    await eventually("eight replies", async () => (await replies()).length === 8)
    for (const reply of await replies()) expect(reply).toMatch(/ 1$/)
  })

  it("wait while the plugin is off", async () => {
    const { tenant, client } = await shop("a")
    await switchOn(client)
    await write(client, "patient")
    await switchOff(client)
    await passTime(tenant, 60_000)
    const [other_] = [await shop("b")]
    await switchOn(other_.client)
    await write(other_.client, "beacon")
    await passTime(other_.tenant, 60_000)
    // B's task is due later than A's; once it has run, A's would have.
    await eventually("B's reply", async () => (await book(other_.client)).entries.some(({ replies }) => replies.length))
    expect(await rowsOf(tenant.id, "guestbook_reply", host)).toEqual([])
    await switchOn(client)
    await eventually("A's reply", async () => (await rowsOf(tenant.id, "guestbook_reply", host)).length)
  })
})

describe("what it may call", () => {
  it("is what its manifest declares: not by a port, nor by a manifest that says more", async () => {
    const { client } = await shop("a")
    await switchOn(client)
    expect(await client.ok({ path: "/store/guestbook/calls" })).toEqual({
      undeclared: "PLUGIN_FORBIDDEN",
      copy: "PLUGIN_FORBIDDEN",
      widened: expect.stringContaining("TypeError"),
      replaced: expect.stringContaining("TypeError"),
    })
  })
})

describe("those who watch", () => {
  it("hear what is written in their shop, in whichever process, and nothing of another shop", async () => {
    const [a, b] = [await shop("a"), await shop("b")]
    for (const { client } of [a, b]) await switchOn(client)
    const leave = new AbortController()
    const answer = await fetch(`${other.url}/store/guestbook/live`, { signal: leave.signal, headers: { "x-tenant": a.tenant.id, "x-publishable-api-key": a.tenant.publishable_key } })
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    let heard = ""
    const read = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) heard += new TextDecoder().decode(part.value)
    })().catch(() => undefined)
    await eventually("the open stream", async () => heard.includes("open"))
    const foreign = await write(b.client, "foreign")
    const own = await write(a.client, "own")
    await eventually("the entry", async () => heard.includes(own.id))
    expect(heard).not.toContain(foreign.id)
    leave.abort()
    await read
  })
})
