import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { type Control, type HostProcess, type SharedHost, ShopClient, type TestDatabase, type TestTenant, asOwner, cloneDatabase, control, createTenant, rowsOf, startHostProcess } from "@fangshi/testing"

/** How many notes each way to them shows. */
type NotesSeen = Record<"service" | "graph" | "builder" | "raw", number>
type Note = { id: string; slug: string; text: string; product?: { id: string } | null }
type Product = { id: string; note?: { id: string } | null }

const FIXTURE = path.resolve(__dirname, "../../testing/fixtures/third-party")
const PLUGIN = "medusa-plugin-notes"

// A host of its own: the scheduled job visits every shop of the platform, and other suites watch theirs.
let database: TestDatabase
let process_: HostProcess
let host: SharedHost

beforeAll(async () => {
  database = await cloneDatabase()
  process_ = await startHostProcess(database, { FANGSHI_PLUGINS: FIXTURE, FANGSHI_LOG_LEVEL: "fatal" })
  host = { url: process_.url, controlUrl: process_.controlUrl, ownerUrl: database.ownerUrl, appUrl: database.appUrl }
}, 180_000)
afterAll(async () => {
  await process_?.kill()
  await database?.drop()
})

const ask = <T>(command: Control) => control<T>(command, host)
const switchOn = (tenant: TestTenant) => ask({ op: "plugins", id: tenant.id, plugins: [PLUGIN] })
const switchOff = (tenant: TestTenant) => ask({ op: "plugins", id: tenant.id, plugins: [] })

async function shopWithNotes(prefix: string): Promise<{ tenant: TestTenant; client: ShopClient }> {
  const tenant = await createTenant(prefix, host)
  await switchOn(tenant)
  return { tenant, client: new ShopClient(host, tenant) }
}

const writeNote = async (client: ShopClient, slug: string, text = client.tenant.id) => (await client.post<{ note: Note }>("/store/notes", { slug, text })).note
const createProduct = async (client: ShopClient, handle = "apple") =>
  (await client.post<{ product: Product }>("/admin/products", { title: handle, handle, options: [{ title: "规格", values: ["一箱"] }] })).product
const notesIn = (tenant: TestTenant, beginning = "") => rowsOf<Note>(tenant.id, "note", host).then((notes) => notes.filter(({ slug }) => slug.startsWith(beginning)))
const repliesIn = (tenant: TestTenant) => rowsOf<{ note_id: string }>(tenant.id, "note_reply", host)

/** Asks until the answer is a true value, for ten seconds at most. */
async function eventually<T>(what: string, look: () => Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const seen = await look()
    if (seen) return seen
  }
  throw new Error(`Not seen within ten seconds: ${what}`)
}

describe("the third-party plugin", () => {
  it("has no word of tenants in its source", () => {
    const source = path.join(FIXTURE, "src")
    const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) expect([file.name, readFileSync(path.join(file.parentPath, file.name), "utf8").match(/tenant/i)]).toEqual([file.name, null])
  })
})

describe("its tables", () => {
  it("are under forced row-level security, links included, and the boot gate finds nothing wrong", async () => {
    const tables = await asOwner<{ name: string; enabled: boolean; forced: boolean }>(
      database.ownerUrl,
      "select relname::text as name, relrowsecurity as enabled, relforcerowsecurity as forced from pg_class where relkind = 'r' and relname ~ '(^|_)notes?(_|$)' order by 1",
    )
    expect(tables).toEqual([
      { name: "note", enabled: true, forced: true },
      { name: "note_reply", enabled: true, forced: true },
      { name: "notes_note_product_product", enabled: true, forced: true },
    ])
    expect(await asOwner(database.ownerUrl, "select * from tenancy.problems")).toEqual([])
  })

  it("have the shop first in every unique index its migration made without one", async () => {
    const indexes = await asOwner<{ name: string; columns: string[] }>(
      database.ownerUrl,
      `select c.relname::text as name, array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(num, n) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num order by n) as columns
       from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisunique and not i.indisprimary and i.indrelid in ('note'::regclass, 'note_reply'::regclass)`,
    )
    expect(indexes).toContainEqual({ name: "IDX_note_slug_unique", columns: ["tenant_id", "slug"] })
    for (const { name, columns } of indexes) expect([name, columns[0]]).toEqual([name, "tenant_id"])
  })

  it("show nothing to code without a tenant, by module service, query.graph, knex builder or raw SQL, and to a shop its own rows", async () => {
    const { tenant: a, client: asA } = await shopWithNotes("a")
    const { tenant: b, client: asB } = await shopWithNotes("b")
    await writeNote(asA, "one")
    await writeNote(asA, "two")
    await writeNote(asB, "one")
    const seenBy = (tenant: string | null) => ask<NotesSeen>({ op: "read-notes", tenant })
    expect(await seenBy(a.id)).toEqual({ service: 2, graph: 2, builder: 2, raw: 2 })
    expect(await seenBy(b.id)).toEqual({ service: 1, graph: 1, builder: 1, raw: 1 })
    expect(await seenBy(null)).toEqual({ service: 0, graph: 0, builder: 0, raw: 0 })
  })
})

describe("two shops with the plugin", () => {
  it("may use the same slug, and one shop only once", async () => {
    const { client: asA } = await shopWithNotes("a")
    const { client: asB } = await shopWithNotes("b")
    await writeNote(asA, "same")
    await writeNote(asB, "same")
    const again = await asA.call({ method: "POST", path: "/store/notes", body: { slug: "same", text: "again" } })
    expect([again.status, again.body.type]).toEqual([400, "invalid_data"])
    expect(again.text).toContain("slug")
    expect(again.text).not.toContain("tenant")
  })

  it("read their own notes on every route of the plugin, whether it asks its service, query.graph or SQL", async () => {
    const { client: asA } = await shopWithNotes("a")
    const { client: asB } = await shopWithNotes("b")
    const own = await writeNote(asA, "first")
    const foreign = await writeNote(asB, "first")
    for (const route of ["/store/notes", "/admin/notes"]) {
      const { notes } = await asA.ok<{ notes: Note[] }>({ path: route })
      expect([route, notes.map(({ id }) => id)]).toEqual([route, [own.id]])
    }
    expect(await asA.ok({ path: "/admin/notes/count" })).toEqual({ raw: 1, built: 1 })
    expect((await asA.call({ path: `/store/notes/${own.id}` })).status).toBe(200)
    expect((await asA.call({ path: `/store/notes/${foreign.id}` })).status).toBe(404)
  })

  it("join their own products and notes over the plugin's link, in both directions", async () => {
    const { client: asA } = await shopWithNotes("a")
    const { client: asB } = await shopWithNotes("b")
    const links: { client: ShopClient; product: Product }[] = []
    for (const client of [asA, asB]) links.push({ client, product: await createProduct(client) })
    for (const { client, product } of links) {
      const { notes } = await client.ok<{ notes: Note[] }>({ path: "/admin/notes" })
      const linked = notes.filter((note) => note.product)
      expect(linked.map((note) => [note.slug, note.product?.id])).toEqual([[`hook-${product.id}`, product.id]])
      const { products } = await client.ok<{ products: Product[] }>({ path: "/admin/products?fields=id,*note" })
      expect(products.map(({ id, note }) => [id, note?.id])).toEqual([[product.id, linked[0]?.id]])
    }
  })

  it("reach nothing through a link to a row of the other shop", async () => {
    const { tenant: b, client: asB } = await shopWithNotes("b")
    const { client: asA } = await shopWithNotes("a")
    const foreign = await createProduct(asB)
    const before = await asB.ok<{ products: Product[] }>({ path: "/admin/products?fields=id,*note" })
    const own = await writeNote(asA, "thief")
    await asA.post("/admin/notes/links", { note_id: own.id, product_id: foreign.id })
    const { notes } = await asA.ok<{ notes: Note[] }>({ path: "/admin/notes" })
    expect(notes.map(({ id, product }) => [id, product ?? null])).toEqual([[own.id, null]])
    expect(await asB.ok({ path: "/admin/products?fields=id,*note" })).toEqual(before)
    expect(await rowsOf(b.id, "notes_note_product_product", host)).toHaveLength(1)
  })

  it("have its subscribers run in the shop of the event, whether Medusa or the plugin emits it, and write nowhere else", async () => {
    const { tenant: a, client: asA } = await shopWithNotes("a")
    const { tenant: b } = await shopWithNotes("b")
    const product = await createProduct(asA)
    const note = await writeNote(asA, "question")
    await eventually("the subscriber's note in A", async () => (await notesIn(a, `subscriber-${product.id}`)).length)
    const replies = await eventually("the subscriber's reply in A", async () => (await repliesIn(a)).filter(({ note_id }) => note_id === note.id)[0])
    expect(replies.note_id).toBe(note.id)
    expect([await notesIn(b), await repliesIn(b)]).toEqual([[], []])
  })
})

describe("its scheduled job", () => {
  it("runs once for every open shop that switched it on, in that shop, although it fails in one of them and nobody has visited the shops", async () => {
    const open = [await shopWithNotes("ja"), await shopWithNotes("jb"), await shopWithNotes("jc")]
    const suspended = await shopWithNotes("jd")
    const off = await shopWithNotes("je")
    for (const { client } of [...open, suspended, off]) await writeNote(client, "first")
    await writeNote(open[2]?.client as ShopClient, "second")
    await writeNote(open[1]?.client as ShopClient, "bad", "unreadable")
    await ask({ op: "status", id: suspended.tenant.id, to: "suspended" })
    // Last, because every change of a tenant makes the host forget what it knows of all of them, as a night without visitors does.
    await switchOff(off.tenant)
    await ask({ op: "run-job", name: "count-notes" })
    const written = async ({ tenant }: { tenant: TestTenant }) => (await notesIn(tenant, "job-")).map(({ text }) => text)
    expect(await Promise.all([...open, suspended, off].map(written))).toEqual([["there are 1 notes"], [], ["there are 2 notes"], [], []])
  })
})

describe("a shop that has not switched the plugin on", () => {
  it("finds none of its routes, and its middleware lets requests pass, from the next request on", async () => {
    const { tenant: a, client: asA } = await shopWithNotes("a")
    const { client: asB } = await shopWithNotes("b")
    const marked = async (client: ShopClient) => {
      const response = await fetch(`${host.url}/store/products`, { headers: { "x-tenant": client.tenant.id, "x-publishable-api-key": client.tenant.publishable_key } })
      return [response.status, response.headers.get("x-notes")]
    }
    const routes = (client: ShopClient) =>
      Promise.all([
        client.call({ path: "/store/notes" }),
        client.call({ path: "/admin/notes" }),
        client.call({ path: "/admin/notes/count" }),
        client.call({ method: "POST", path: "/store/notes", body: { slug: `${Math.random()}`, text: "x" } }),
      ]).then((answers) => answers.map(({ status }) => status))
    const on = { routes: [200, 200, 200, 200], marked: [200, "on"] }
    const off = { routes: [404, 404, 404, 404], marked: [200, null] }
    const seen = async (client: ShopClient) => ({ routes: await routes(client), marked: await marked(client) })
    expect(await seen(asA)).toEqual(on)
    await switchOff(a)
    expect(await seen(asA)).toEqual(off)
    expect(await seen(asB)).toEqual(on)
    await switchOn(a)
    expect(await seen(asA)).toEqual(on)
  })

  it("hears nothing of its subscriber and its hook, and its products are made all the same", async () => {
    const { tenant: a, client: asA } = await shopWithNotes("a")
    const { tenant: b, client: asB } = await shopWithNotes("b")
    await switchOff(a)
    const silent = await createProduct(asA)
    expect(await rowsOf(a.id, "product", host)).toMatchObject([{ id: silent.id }])
    // B's product is made later, so B's subscriber has had its turn after A's would have had it.
    const loud = await createProduct(asB)
    await eventually("the subscriber's note in B", async () => (await notesIn(b, `subscriber-${loud.id}`)).length)
    expect((await notesIn(b, "hook-")).map(({ slug }) => slug)).toEqual([`hook-${loud.id}`])
    expect([await notesIn(a), await rowsOf(a.id, "notes_note_product_product", host)]).toEqual([[], []])
    await switchOn(a)
    const heard = await createProduct(asA, "pear")
    await eventually("the subscriber's note in A", async () => (await notesIn(a, `subscriber-${heard.id}`)).length)
    expect((await notesIn(a)).map(({ slug }) => slug).sort()).toEqual([`hook-${heard.id}`, `subscriber-${heard.id}`])
  })
})
