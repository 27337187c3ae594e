import { Client } from "pg"
import { shopId } from "./bench-shop"

const FIRST = shopId(1)
type Column = { name: string; type: string }
type Table = { name: string; columns: Column[]; hasId: boolean }

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

async function tables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: Column[] }>(
    `select t.table_name as name, (select json_agg(json_build_object('name', a.attname, 'type', a.atttypid::regtype) order by a.attnum) from pg_attribute a
       where a.attrelid = format('public.%I', t.table_name)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from tenancy.tables_parents_first() t order by t.depth, t.table_name`)
  return rows.map((row) => ({ ...row, hasId: row.columns.some(({ name }) => name === "id") }))
}

/** Remembers what the first shop had before its catalogue came; the copy takes what is new. */
export async function rememberRows(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    await client.query("drop schema if exists bench cascade; create schema bench; create table bench.old_id (id text primary key)")
    for (const table of await tables(client)) {
      if (table.hasId) await client.query(`insert into bench.old_id select id from public.${quoted(table.name)} where tenant_id = $1 on conflict do nothing`, [FIRST])
    }
  })
}

/**
 * Gives every other shop the catalogue of the first under new ids, one INSERT … SELECT a table. The owner writes, so
 * row-level security does not count; foreign keys are not checked while copying, since each row's family moves with it.
 * Returns the rows of one shop's catalogue.
 */
export async function copyCatalogue(ownerUrl: string): Promise<number> {
  return withOwner(ownerUrl, async (client) => {
    await client.query("set synchronous_commit = off; set session_replication_role = replica")
    const all = await tables(client)
    await client.query("create table bench.new_id (id text primary key)")
    for (const { name, hasId } of all) if (hasId) await client.query(`insert into bench.new_id select id from public.${quoted(name)} where tenant_id = $1 and id not in (select id from bench.old_id) on conflict do nothing`, [FIRST])
    // The rows of provisioning carry the tenant's token in their ids, the rows of the catalogue get a digest of theirs.
    await client.query(`create function bench.copied(old text, tenant text) returns text language sql immutable as $$ select regexp_replace(old, '[^_]*$', '') || upper(substr(md5(old || tenant), 1, 26)) $$`)
    await client.query(`create table bench.target as select tenant_id as id, substr(regexp_replace(id, '^.*_', ''), 1, 22) as token from public.store where tenant_id like 'shop-%'`)
    let copied = 0
    for (const table of all) copied += await copyTable(client, table)
    await client.query("drop schema bench cascade")
    await client.query("set session_replication_role = origin")
    await client.query("vacuum analyze")
    await client.query("checkpoint")
    return copied
  })
}

async function copyTable(client: Client, table: Table): Promise<number> {
  const name = `public.${quoted(table.name)}`
  const isNew = table.hasId ? "and x.id in (select id from bench.new_id)" : ""
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name} x where tenant_id = $1 ${isNew}`, [FIRST])
  const n = rows[0]?.n ?? 0
  // Without ids of their own, rows are new where the second shop has none.
  if (n === 0 || (!table.hasId && (await client.query(`select 1 from ${name} where tenant_id = $1 limit 1`, [shopId(2)])).rowCount)) return 0
  const columns = table.columns.filter(({ name: column }) => column !== "tenant_id")
  const values: string[] = []
  for (const column of columns) values.push(await valueOf(client, name, column))
  await client.query(
    `insert into ${name} (tenant_id, ${columns.map((column) => quoted(column.name)).join(", ")})
     select t.id, ${values.join(", ")} from bench.target t cross join ${name} x where x.tenant_id = $1 and t.id <> $1 ${isNew} order by t.id`,
    [FIRST],
  )
  return n
}

/** How a column's value reads in the copy: ids move to the other shop, everything else stays. */
async function valueOf(client: Client, table: string, { name, type }: Column): Promise<string> {
  const column = `x.${quoted(name)}`
  if (type !== "text" && type !== "character varying") return column
  if (name === "mpath") return `replace(${column}, x.id, bench.copied(x.id, t.id))`
  const { rows } = await client.query<{ old: boolean; new: boolean }>(
    `select exists (select 1 from ${table} x where tenant_id = $1 and ${column} in (select id from bench.old_id)) as old,
            exists (select 1 from ${table} x where tenant_id = $1 and ${column} in (select id from bench.new_id)) as new`,
    [FIRST],
  )
  const found = rows[0]
  if (found?.old || found?.new) {
    return `case when ${column} in (select id from bench.new_id) then bench.copied(${column}, t.id)
                 when ${column} in (select id from bench.old_id) then replace(${column}, (select token from bench.target f where f.id = '${FIRST}'), t.token) else ${column} end`
  }
  return column
}

async function withOwner<T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
