import { request } from "node:http"
import { isDeepStrictEqual } from "node:util"
import { FIXTURE_PLUGINS, type HostProcess, type TestDatabase, asOwner, checksums, cloneDatabase, control, createTenant, manifestOf, sharedHost, startHostProcess } from "@fangshi/testing"
import { openAppPool } from "@fangshi/testing/src/app-pool"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Client } from "pg"
import { provisionTenant } from "../src/tenants/provision"

const SCRIPTS = ["medusa/one", "medusa/two"]
const OWNER = { password: "a-long-password" }

let database: TestDatabase
let knex: Knex

beforeAll(async () => {
  database = await cloneDatabase()
  knex = openAppPool(database.appUrl, 8)
})
afterAll(async () => {
  await knex.destroy()
  await database.drop()
})

const provision = (id: string, hosts = [`${id}.localhost`]) => provisionTenant(knex, manifestOf(id, { hosts }), OWNER, SCRIPTS)
const sql = <R extends object>(text: string, values: unknown[] = []) => asOwner<R>(database.ownerUrl, text, values)

/** Everything that exists of a tenant, as one digest a table; the platform's own tables included. */
async function everything(id: string, url = database.ownerUrl): Promise<Record<string, string>> {
  // Not the count of changes shoppers may see: the events of the run before may still be adding to it.
  const content = "(to_jsonb(x) - 'revision')::text"
  const own = await asOwner<{ t: string; digest: string }>(
    url,
    ["tenant", "tenant_host", "tenant_plugin", "tenant_credential", "tenant_script", "plugin_setting", "plugin_task"]
      .map((t) => `select 'tenancy.${t}' as t, count(*) || ':' || coalesce(md5(string_agg(md5(${content}), '' order by md5(${content}))), '') as digest from tenancy.${t} x where ${t === "tenant" ? "id" : "tenant_id"} = $1`)
      .join(" union all "),
    [id],
  )
  return { ...(await checksums(url, id)), ...Object.fromEntries(own.map((row) => [row.t, row.digest])) }
}

/** Numbers of rows of the tables that have any. */
const counts = async (id: string) => Object.fromEntries(Object.entries(await everything(id)).map(([table, digest]) => [table, Number(digest.split(":")[0])] as const).filter(([, n]) => n > 0))

describe("provisioning", () => {
  it("a second time changes nothing and answers the same key, also with another manifest", async () => {
    const first = await provision("again")
    expect(first.created).toBe(true)
    const whole = await everything("again")
    expect(await provision("again")).toEqual({ created: false, publishable_key: first.publishable_key })
    expect(await provision("again", ["elsewhere.localhost"])).toEqual({ created: false, publishable_key: first.publishable_key })
    expect(await everything("again")).toEqual(whole)
  })

  it("six times at the same moment makes one shop with one key and no extra row", async () => {
    await provision("alone")
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => provision("crowd")))
    expect(outcomes.filter((outcome) => outcome.created).length).toBe(1)
    expect(new Set(outcomes.map((outcome) => outcome.publishable_key)).size).toBe(1)
    expect(await counts("crowd")).toEqual(await counts("alone"))
    const [key] = await sql<{ token: string }>("select token from api_key where tenant_id = 'crowd' and type = 'publishable'")
    expect(key?.token).toBe(outcomes[0]?.publishable_key)
  })

  it("gives two shops no id and no key in common", async () => {
    await Promise.all([provision("apart-a"), provision("apart-b")])
    const tables = await sql<{ name: string }>("select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' where n.nspname = 'public' and c.relkind = 'r' and tenancy.class_of(c.oid::regclass) = 'tenant'")
    const shared = await sql<{ id: string }>(tables.map(({ name }) => `select a.id::text from public."${name}" a join public."${name}" b on a.id = b.id where a.tenant_id = 'apart-a' and b.tenant_id = 'apart-b' and a.id ~ '[0-9A-HJKMNP-TV-Z]{26}$'`).join(" union all "))
    expect(shared).toEqual([])
  })
})

describe("a host", () => {
  const winners = async (work: Promise<unknown>[]) => {
    const outcomes = await Promise.allSettled(work)
    return { won: outcomes.filter((o) => o.status === "fulfilled").length, lost: outcomes.flatMap((o) => (o.status === "rejected" ? [o.reason as { code: string; status: number; params: object }] : [])) }
  }

  it("goes to exactly one of two shops provisioned at the same moment; of the other nothing remains", async () => {
    const { won, lost } = await winners([provision("host-a", ["a.localhost", "wanted.localhost"]), provision("host-b", ["b.localhost", "wanted.localhost"])])
    const [owner] = await sql<{ tenant_id: string }>("select tenant_id from tenancy.tenant_host where host = 'wanted.localhost'")
    expect([won, lost.map(({ code, status, params }) => ({ code, status, params }))]).toEqual([1, [{ code: "HOST_TAKEN", status: 409, params: { host: "wanted.localhost", tenant: owner?.tenant_id } }]])
    expect(await counts(owner?.tenant_id === "host-a" ? "host-b" : "host-a")).toEqual({})
  })

  it("goes to exactly one of two shops that want the same two hosts in opposite order, which lock each other", async () => {
    await sql("create function tenancy.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return new; end $$")
    await sql("create trigger dawdle before insert on tenancy.tenant_host for each row execute function tenancy.dawdle()")
    try {
      const { won, lost } = await winners([provision("cross-a", ["left.localhost", "right.localhost"]), provision("cross-b", ["right.localhost", "left.localhost"])])
      expect([won, lost.map((error) => error.code)]).toEqual([1, ["HOST_TAKEN"]])
    } finally {
      await sql("drop trigger dawdle on tenancy.tenant_host")
    }
    const owners = await sql<{ tenant_id: string }>("select distinct tenant_id from tenancy.tenant_host where host in ('left.localhost', 'right.localhost')")
    expect(owners.length).toBe(1)
    expect(await counts(owners[0]?.tenant_id === "cross-a" ? "cross-b" : "cross-a")).toEqual({})
  })

  it("that is listed twice is refused by name, and nothing is made", async () => {
    await expect(provision("twice", ["one.localhost", "two.localhost", "two.localhost"])).rejects.toMatchObject({ code: "HOST_DUPLICATE", params: { host: "two.localhost" } })
    expect(await counts("twice")).toEqual({})
  })
})

describe("provisioning that is cut", () => {
  it("at any table leaves nothing, and is completed by running it again", async () => {
    await provision("reference")
    const whole = await counts("reference")
    const written = (await sql<{ name: string }>("select 'public.' || quote_ident(table_name) as name from tenancy.blueprint order by position")).map((row) => row.name)
    const steps = ["tenancy.tenant", "tenancy.tenant_host", "tenancy.tenant_script", ...written]
    expect(steps.length).toBeGreaterThan(30)
    await sql("create function tenancy.cut() returns trigger language plpgsql as $$ begin raise exception 'cut at %', tg_table_name; end $$")
    for (const [at, table] of steps.entries()) {
      const id = `cut-${at}`
      await sql(`create trigger cut after insert on ${table} for each statement execute function tenancy.cut()`)
      await expect(provision(id)).rejects.toThrow("cut at")
      await sql(`drop trigger cut on ${table}`)
      expect([table, await counts(id)]).toEqual([table, {}])
      expect([table, (await provision(id)).created, await counts(id)]).toEqual([table, true, whole])
    }
  }, 120_000)

  it("at the last step, where the shop opens, leaves nothing either", async () => {
    await sql("create function tenancy.cut_opening() returns trigger language plpgsql as $$ begin if new.id = 'last' and new.status = 'active' then raise exception 'cut at the opening'; end if; return new; end $$")
    await sql("create trigger cut_opening before update on tenancy.tenant for each row execute function tenancy.cut_opening()")
    await expect(provision("last")).rejects.toThrow("cut at the opening")
    await sql("drop trigger cut_opening on tenancy.tenant")
    expect(await counts("last")).toEqual({})
    expect((await provision("last")).created).toBe(true)
  })

  it("by the loss of its connection leaves nothing, and is completed by running it again", async () => {
    const held = new Client({ connectionString: database.ownerUrl })
    await held.connect()
    await sql("create function tenancy.wait_for_test() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(4711); return null; end $$")
    await sql("create trigger wait_for_test after insert on public.store for each statement execute function tenancy.wait_for_test()")
    try {
      await held.query("select pg_advisory_lock(4711)")
      const attempt = provision("torn").then(() => "made", () => "failed")
      const deadline = Date.now() + 10_000
      let ended: object[] = []
      while (!ended.length && Date.now() < deadline) ended = await sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted and objid = 4711")
      expect(ended.length).toBe(1)
      expect(await attempt).toBe("failed")
    } finally {
      await held.end()
      await sql("drop trigger wait_for_test on public.store")
    }
    expect(await counts("torn")).toEqual({})
    expect((await provision("torn")).created).toBe(true)
    expect(await counts("torn")).toEqual(await counts("reference"))
  })
})

describe("applying a folder on a host of its own", () => {
  let own: TestDatabase
  let host: HostProcess

  beforeAll(async () => {
    own = await cloneDatabase()
    host = await startHostProcess(own, { FANGSHI_PLUGINS: FIXTURE_PLUGINS })
  }, 90_000)
  afterAll(async () => {
    await host.kill()
    await own.drop()
  })

  const owner = <R extends object>(text: string, values: unknown[] = []) => asOwner<R>(own.ownerUrl, text, values)
  const manifest = (id: string) =>
    manifestOf(id, {
      hosts: [`${id}.localhost`, `${id}-www.localhost`],
      shipping_options: [
        { code: "delivery", name: { "zh-CN": "送货上门", en: "Home delivery" }, price_amount: 500 },
        { code: "pick-up", name: { "zh-CN": "到店自提", en: "Pick-up" }, price_amount: 0 },
      ],
      plugins: ["medusa-plugin-notes"],
    })
  const apply = (id: string) => control({ op: "apply", manifest: manifest(id), password: OWNER.password }, host)

  /** Rows that count, table by table: what was deleted softly does not. */
  async function living(id: string): Promise<Record<string, number>> {
    const tables = await owner<{ name: string; soft: boolean }>(
      `select format('%I.%I', n.nspname, c.relname) as name, exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'deleted_at') as soft from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and (n.nspname = 'public' and tenancy.class_of(c.oid::regclass) = 'tenant' or n.nspname = 'tenancy' and c.relname in ('tenant_host', 'tenant_plugin'))`,
    )
    const rows = await owner<{ t: string; n: number }>(tables.map(({ name, soft }) => `select '${name}' as t, count(*)::int as n from ${name} where tenant_id = $1 ${soft ? "and deleted_at is null" : ""}`).join(" union all "), [id])
    return Object.fromEntries(rows.filter((row) => row.n > 0).map((row) => [row.t, row.n]))
  }

  it("that stops at any table leaves no settings half written, and is completed by running it again", async () => {
    // A sequence is not rolled back: once a write has failed every later one fails, as after a kill.
    await owner("create schema cut; create table cut.plan (stop_at text); insert into cut.plan values (null); create table cut.seen (at serial, name text); create sequence cut.broken")
    await owner(`create function cut.watch() returns trigger language plpgsql security definer as $$
      declare stop text := (select stop_at from cut.plan);
      begin
        if (select is_called from cut.broken) then raise exception 'cut'; end if;
        if stop = tg_table_schema || '.' || tg_table_name then perform nextval('cut.broken'); raise exception 'cut'; end if;
        if stop = '*' then insert into cut.seen (name) values (tg_table_schema || '.' || tg_table_name); end if;
        return null;
      end $$`)
    await owner("do $$ declare t regclass; begin for t in select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and (n.nspname = 'public' or (n.nspname = 'tenancy' and c.relname like 'tenant%')) loop execute format('create trigger watch before insert or update or delete on %s for each statement execute function cut.watch()', t); end loop; end $$")
    const stopAt = (table: string | null) => owner("with s as (select setval('cut.broken', 1, false)) update cut.plan set stop_at = $1 from s", [table])
    const prepare = (id: string) => control({ op: "provision", manifest: manifest(id), password: OWNER.password }, host)

    await prepare("straight")
    await stopAt("*")
    await apply("straight")
    await stopAt(null)
    const whole = await living("straight")
    const steps = (await owner<{ name: string }>("select name from cut.seen group by name order by min(at)")).map((row) => row.name)
    expect(steps).toEqual(expect.arrayContaining(["public.store", "public.shipping_option", "tenancy.tenant_host", "tenancy.tenant", "tenancy.tenant_plugin"]))

    const outcomes: unknown[] = []
    for (const [at, table] of steps.entries()) {
      const id = `stop-${at}`
      await prepare(id)
      const before = await living(id)
      await stopAt(table)
      const failed = await apply(id).then(() => false, () => true)
      await stopAt(null)
      // The platform's own tables are written once the settings stand.
      const untouched = table.startsWith("tenancy.") || isDeepStrictEqual(await living(id), before)
      const again = await apply(id).then(() => "completed", (error: unknown) => String(error))
      outcomes.push([table, failed, untouched, again, await living(id)])
    }
    expect(outcomes).toEqual(steps.map((table) => [table, true, true, "completed", whole]))
    await owner("drop schema cut cascade")
  }, 180_000)

  it("twice at the same moment makes the shop once", async () => {
    await apply("single")
    await Promise.all([apply("double"), apply("double")])
    expect(await living("double")).toEqual(await living("single"))
  })

  it("twice changes nothing the second time", async () => {
    await apply("calm")
    const whole = await everything("calm", own.ownerUrl)
    await apply("calm")
    expect(await everything("calm", own.ownerUrl)).toEqual(whole)
  })

  it("is whole or absent after the process was killed while it wrote, and a new process completes it", async () => {
    await apply("survivor")
    const whole = await living("survivor")
    await owner("create function tenancy.wait_for_test() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(4712); return null; end $$")
    await owner("create trigger wait_for_test after insert on public.store for each statement execute function tenancy.wait_for_test()")
    const held = new Client({ connectionString: own.ownerUrl })
    await held.connect()
    await held.query("select pg_advisory_lock(4712)")
    const attempt = apply("killed").then(() => "made", () => "lost")
    const deadline = Date.now() + 20_000
    const waiting = async () => (await owner<{ pid: number }>("select pid from pg_locks where locktype = 'advisory' and not granted and objid = 4712")).length
    while (!(await waiting())) if (Date.now() > deadline) throw new Error("provisioning did not begin")
    await host.kill("SIGKILL")
    expect(await attempt).toBe("lost")
    expect(await living("killed")).toEqual({})
    await held.end()
    while ((await owner("select 1 from pg_stat_activity where datname = current_database() and usename = 'fangshi_app'")).length) if (Date.now() > deadline + 20_000) throw new Error("the killed process's connections stay")
    await owner("drop trigger wait_for_test on public.store")
    const [left] = await owner<{ status: string }>("select status from tenancy.tenant where id = 'killed'")
    expect([undefined, "active"]).toContain(left?.status)
    host = await startHostProcess(own, { FANGSHI_PLUGINS: FIXTURE_PLUGINS })
    await apply("killed")
    expect(await living("killed")).toEqual(whole)
  }, 120_000)
})

describe("hosts of a running platform", () => {
  const { url } = sharedHost()

  function ask(host: string, path: string, key?: string): Promise<{ status: number; body: { code?: string } }> {
    const { hostname, port } = new URL(url)
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path, headers: { host, ...(key ? { "x-publishable-api-key": key } : {}) } }, (res) => {
        let text = ""
        res.on("data", (chunk: Buffer) => (text += chunk.toString()))
        res.on("end", () => resolve({ status: res.statusCode ?? 0, body: JSON.parse(text) as { code?: string } }))
      })
      sent.on("error", reject)
      sent.end()
    })
  }
  const apply = (id: string, hosts: string[]) => control<{ publishable_key: string }>({ op: "apply", manifest: manifestOf(id, { hosts }), password: OWNER.password })

  it("all answer alike for one tenant, in any case, with a port and with a trailing dot", async () => {
    const { id } = await createTenant("many")
    const hosts = [`${id}.localhost`, `www.${id}.localhost`, `${id}.example.cn`]
    const { publishable_key } = await apply(id, hosts)
    const answers = await Promise.all([...hosts, hosts[2]?.toUpperCase() ?? "", `${hosts[1] ?? ""}:8443`, `${hosts[0] ?? ""}.`].map((host) => ask(host, "/store/regions", publishable_key)))
    expect(answers[0]?.status).toBe(200)
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  it("change at the next request, and may then go to another shop", async () => {
    const [from, to] = [await createTenant("from"), await createTenant("into")]
    const [stays, moves] = [`stays.${from.id}.localhost`, `moves.${from.id}.localhost`]
    await apply(from.id, [stays, moves])
    expect([(await ask(moves, "/store/regions", from.publishable_key)).status, (await ask(from.host, "/store/regions", from.publishable_key)).body.code]).toEqual([200, "HOST_UNKNOWN"])
    await apply(from.id, [stays])
    expect((await ask(moves, "/store/regions", from.publishable_key)).body.code).toBe("HOST_UNKNOWN")
    await apply(to.id, [to.host, moves])
    expect([(await ask(moves, "/store/regions", to.publishable_key)).status, (await ask(moves, "/store/regions", from.publishable_key)).status]).toEqual([200, 400])
  })

  it("that belong to another shop are refused with HOST_TAKEN, and both keep answering as before", async () => {
    const [a, b] = [await createTenant("has"), await createTenant("wants")]
    await expect(apply(b.id, [b.host, a.host])).rejects.toMatchObject({ code: "HOST_TAKEN" })
    expect([(await ask(a.host, "/store/regions", a.publishable_key)).status, (await ask(b.host, "/store/regions", b.publishable_key)).status]).toEqual([200, 200])
  })
})
