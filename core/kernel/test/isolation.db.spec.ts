import { Client } from "pg"
import { type TestDatabase, asOwner, cloneDatabase } from "@fangshi/testing"

type Table = { schema: string; name: string; class: string }

let database: TestDatabase
let tables: Table[]

beforeAll(async () => {
  database = await cloneDatabase()
  tables = await asOwner<Table>(
    database.ownerUrl,
    `select n.nspname::text as schema, c.relname::text as name, case when n.nspname = 'tenancy' then 'own' else tenancy.class_of(c.oid::regclass) end as class
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'tenancy') and c.relkind in ('r', 'p') order by 1, 2`,
  )
})
afterAll(() => database.drop())

async function asApp<T>(tenant: string | null, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: database.appUrl })
  await client.connect()
  try {
    if (tenant !== null) await client.query("select set_config('app.tenant_id', $1, false)", [tenant])
    return await work(client)
  } finally {
    await client.end()
  }
}

const refused = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "accepted",
    (error: { code?: string }) => error.code ?? "error",
  )

/** Readable by the application although they belong to no tenant: they hold no shop's data. */
const OPEN_BOOKKEEPING = ["mikro_orm_migrations", "link_module_migrations", "script_migrations", "table_class", "blueprint_version"]
const shopTables = () => tables.filter(({ name }) => !OPEN_BOOKKEEPING.includes(name))

describe("code without a tenant", () => {
  it("sees no row of any table", async () => {
    expect(shopTables().length).toBeGreaterThan(140)
    await asApp(null, async (client) => {
      for (const { schema, name } of shopTables()) {
        const answer = await client.query(`select count(*)::int as n from ${schema}."${name}"`).then(
          ({ rows }) => rows[0]?.n as number,
          (error: { code: string }) => error.code,
        )
        expect([name, answer]).toEqual([name, answer === "42501" ? "42501" : 0])
      }
    })
  })

  it("sees no row when the setting is empty or names nobody", async () => {
    for (const tenant of ["", "nobody"]) {
      await asApp(tenant, async (client) => {
        for (const { name } of tables.filter((table) => table.class === "tenant")) {
          const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from public."${name}"`)
          expect([name, rows[0]?.n]).toEqual([name, 0])
        }
      })
    }
  })

  it("writes no row into any tenant table: update and delete touch none, insert is refused", async () => {
    await asApp(null, async (client) => {
      for (const { name } of tables.filter((table) => table.class === "tenant")) {
        const updated = await client.query(`update public."${name}" set tenant_id = tenant_id`)
        const deleted = await client.query(`delete from public."${name}"`)
        expect([name, updated.rowCount, deleted.rowCount]).toEqual([name, 0, 0])
        expect([name, await refused(client.query(`insert into public."${name}" default values`))]).not.toEqual([name, "accepted"])
      }
    })
  })

  it("cannot take a number", async () => {
    expect(await asApp(null, (client) => refused(client.query("select tenancy.next_number('order_display_id')")))).toBe("42501")
  })
})

describe("a tenant", () => {
  const insertStore = (client: Client, id: string) => client.query("insert into store (id, name) values ($1, $1)", [id])

  it("sees its own rows and not its neighbour's", async () => {
    await asApp("iso-a", (client) => insertStore(client, "store_a"))
    await asApp("iso-b", (client) => insertStore(client, "store_b"))
    const seen = await asApp("iso-a", async (client) => (await client.query<{ id: string }>("select id from store")).rows.map((row) => row.id))
    expect(seen).toEqual(["store_a"])
  })

  it("cannot write a row for another tenant, nor move one to it", async () => {
    await asApp("iso-c", async (client) => {
      expect(await refused(client.query("insert into store (id, name, tenant_id) values ('store_x', 'x', 'iso-b')"))).toBe("42501")
      await insertStore(client, "store_c")
      expect(await refused(client.query("update store set tenant_id = 'iso-b' where id = 'store_c'"))).toBe("42501")
    })
  })

  it("cannot point a foreign key at another tenant's row, although key checks see all rows", async () => {
    const product = (client: Client, id: string) => client.query("insert into product (id, title, handle) values ($1, $1, $1)", [id])
    await asApp("iso-a", (client) => product(client, "prod_a"))
    const attempt = await asApp("iso-b", (client) => refused(client.query("insert into product_variant (id, title, product_id) values ('variant_b', 'v', 'prod_a')")))
    expect(attempt).toBe("23503")
  })

  it("may use a handle its neighbour uses", async () => {
    for (const tenant of ["iso-h1", "iso-h2"]) {
      const attempt = await asApp(tenant, (client) => refused(client.query("insert into product (id, title, handle) values ($1, 'x', 'same')", [`prod_${tenant}`])))
      expect([tenant, attempt]).toEqual([tenant, "accepted"])
    }
    expect(await asApp("iso-h1", (client) => refused(client.query("insert into product (id, title, handle) values ('prod_again', 'x', 'same')")))).toBe("23505")
  })

  it("counts its own orders from 1", async () => {
    const next = (tenant: string) => asApp(tenant, async (client) => Number((await client.query<{ n: string }>("select tenancy.next_number('order_display_id') as n")).rows[0]?.n))
    expect([await next("num-a"), await next("num-a"), await next("num-b")]).toEqual([1, 2, 1])
  })

  it("cannot provision tenants, nor write the platform's bookkeeping", async () => {
    await asApp("iso-a", async (client) => {
      expect(await refused(client.query("select tenancy.provision('evil', '{}', '{evil.localhost}', 'k', 't', '{}', '{}')"))).toBe("42501")
      expect(await refused(client.query("insert into tenancy.tenant (id) values ('evil')"))).toBe("42501")
      expect((await client.query("update tenancy.tenant set status = 'active'")).rowCount).toBe(0)
      expect((await client.query("select * from tenancy.tenant where id <> 'iso-a'")).rowCount).toBe(0)
    })
  })

  it("sees, writes and ends its own sessions only; the platform sees and removes those that are over, and writes none", async () => {
    await asOwner(database.ownerUrl, "insert into tenancy.tenant (id) values ('iso-s1'), ('iso-s2')")
    const insert = (tenant: string, sid: string, end: string) => `insert into tenancy.session (tenant_id, sid, data, expires_at) values ('${tenant}', '${sid}', '{}', now() ${end} interval '1 hour')`
    const sids = async (client: Client) => (await client.query<{ sid: string }>("select sid from tenancy.session order by 1")).rows.map((row) => row.sid)
    await asOwner(database.ownerUrl, insert("iso-s2", "open", "+"))
    await asOwner(database.ownerUrl, insert("iso-s2", "over", "-"))
    await asApp("iso-s1", async (client) => {
      expect(await refused(client.query(insert("iso-s1", "own", "+")))).toBe("accepted")
      expect(await refused(client.query(insert("iso-s2", "foreign", "+")))).toBe("42501")
      expect(await refused(client.query("update tenancy.session set tenant_id = 'iso-s2'"))).toBe("42501")
      expect([await sids(client), (await client.query("delete from tenancy.session")).rowCount]).toEqual([["own"], 1])
    })
    await asApp("__platform__", async (client) => {
      expect(await refused(client.query(insert("iso-s2", "planted", "-")))).toBe("42501")
      expect([await sids(client), (await client.query("delete from tenancy.session")).rowCount]).toEqual([["over"], 1])
    })
    expect(await asApp("iso-s2", sids)).toEqual(["open"])
  })
})

describe("the application's role", () => {
  it("owns nothing, bypasses nothing, creates nothing and truncates nothing", async () => {
    await asApp("__platform__", async (client) => {
      expect(await refused(client.query("truncate store"))).toBe("42501")
      expect(await refused(client.query("create table public.x (id int)"))).toBe("42501")
      expect(await refused(client.query("create table tenancy.x (id int)"))).toBe("42501")
      expect(await refused(client.query("alter table store disable row level security"))).toBe("42501")
      expect(await refused(client.query("drop policy tenant_isolation on store"))).toBe("42501")
      expect(await refused(client.query("set role postgres"))).not.toBe("accepted")
      const { rows } = await client.query("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
      expect(rows[0]).toEqual({ rolsuper: false, rolbypassrls: false })
    })
  })
})

describe("the boot gate", () => {
  const problems = async (sabotage: string): Promise<string[]> => {
    const client = new Client({ connectionString: database.ownerUrl })
    await client.connect()
    try {
      await client.query("begin")
      await client.query("set local tenancy.busy = '1'")
      await client.query(sabotage)
      return (await client.query<{ problem: string }>("select problem from tenancy.problems")).rows.map((row) => row.problem)
    } finally {
      await client.query("rollback")
      await client.end()
    }
  }

  it("finds nothing wrong with a migrated database", async () => {
    expect(await problems("select 1")).toEqual([])
  })

  it.each([
    ["a policy was dropped", "drop policy tenant_isolation on store", "tenant_isolation is missing"],
    ["a policy lets everything through", "alter policy tenant_isolation on store using (true)", "tenant_isolation is missing"],
    ["a policy checks nothing on write", "alter policy tenant_isolation on store with check (true)", "tenant_isolation is missing"],
    ["a second policy widens the first", "create policy more on store using (true)", "unexpected policy more"],
    ["FORCE was taken off", "alter table store no force row level security", "not forced"],
    ["row-level security was disabled", "alter table store disable row level security", "not forced"],
    ["the default of the column is gone", "alter table store alter column tenant_id drop default", "tenant_id is missing"],
    ["the column may be null", "alter table store alter column tenant_id drop not null", "tenant_id is missing"],
    ["a unique index leaves out the tenant", "create unique index sabotage on store (name)", "unique index without the tenant"],
    ["a foreign key leaves out the tenant", "alter table store_currency add constraint sabotage foreign key (store_id) references store (id)", "foreign key without the tenant"],
    ["display_id counts for all", "create sequence s; alter table \"order\" alter column display_id set default nextval('s')", "counts over the whole platform"],
    ["a view runs with its owner's rights", "create view v as select * from store", "rights of its reader"],
    ["a table was added without protection", "create table plain (id text primary key)", "not forced"],
    ["the tenants' own list is open", "alter table tenancy.tenant no force row level security", "tenancy bookkeeping"],
    ["the sessions are open", "alter table tenancy.session no force row level security", "tenancy bookkeeping"],
  ])("notices that %s", async (_name, sabotage, words) => {
    expect((await problems(sabotage)).join("\n")).toContain(words)
  })
})

describe("a table made later", () => {
  it("is protected in the same transaction, its unique index and foreign key included", async () => {
    await asOwner(database.ownerUrl, "create table later (id text primary key, slug text not null unique); create table later_item (id text primary key, later_id text references later (id))")
    await asOwner(database.ownerUrl, "create unique index later_slug on later (slug)")
    expect(await asOwner(database.ownerUrl, "select * from tenancy.problems")).toEqual([])
    for (const tenant of ["lat-a", "lat-b"]) await asApp(tenant, (client) => client.query("insert into later (id, slug) values ($1, 'same')", [`l_${tenant}`]))
    expect(await asApp("lat-b", (client) => refused(client.query("insert into later_item (id, later_id) values ('i', 'l_lat-a')")))).toBe("23503")
  })
})

describe("the tenant of a table", () => {
  it("leads exactly one index made for it alone, or else another whole index", async () => {
    const rows = await asOwner<{ name: string; alone: number; others: number }>(
      database.ownerUrl,
      `select c.relname::text as name, count(*) filter (where i.indnkeyatts = 1)::int as alone, count(*) filter (where i.indnkeyatts > 1)::int as others
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indrelid = c.oid and i.indpred is null
       join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'tenant_id'
       where n.nspname = 'public' and c.relkind in ('r', 'p') group by 1`,
    )
    const led = new Map(rows.map((row) => [row.name, row]))
    const wrong = tables.filter((table) => table.class === "tenant").filter(({ name }) => led.get(name)?.alone !== (led.get(name)?.others ? 0 : 1))
    expect(wrong.map(({ name }) => name)).toEqual([])
  })
})
