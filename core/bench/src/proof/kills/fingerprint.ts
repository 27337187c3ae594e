import { createHash } from "node:crypto"
import { asOwner } from "@fangshi/testing"

/** Rows by table as labels that hold no id and no time: two shops made alike have the same ones. */
export type Fingerprint = Map<string, string[]>

type Row = Record<string, unknown>

/** Random by design, and different in every shop. */
const SECRET_COLUMNS = new Set(["tenant_id", "token", "redacted", "salt", "provider_metadata", "publishable_key", "applied_digest", "revision", "created_at", "updated_at", "finished_at"])
/** A diary of the runs themselves; a second run has its own entries. */
const NOT_COMPARED = new Set(["workflow_execution"])
const ID = /(?:[a-z0-9]+_)?[0-9A-HJKMNP-TV-Z]{26}/g
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:?\d\d)|\b1[6-9]\d{11}\b/g

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 20)

/** What a shop consists of: its live rows, each told by its content and by the content of what it points at. */
export async function fingerprint(ownerUrl: string, tenant: string): Promise<{ live: Fingerprint; deleted: number }> {
  const tables = await asOwner<{ name: string; key: string; of: string }>(
    ownerUrl,
    `select table_name as name, 'public.' || quote_ident(table_name) as of, 'tenant_id' as key from tenancy.tables_parents_first()
     union all select 'tenancy.' || t, 'tenancy.' || t, case t when 'tenant' then 'id' else 'tenant_id' end from unnest('{tenant,tenant_host,tenant_plugin,tenant_script}'::text[]) t order by 1`,
  )
  const rows: { table: string; id: string; text: string }[] = []
  let deleted = 0
  for (const { name, key, of } of tables.filter((table) => !NOT_COMPARED.has(table.name))) {
    for (const { row } of await asOwner<{ row: Row }>(ownerUrl, `select to_jsonb(x) as row from ${of} x where ${key} = $1`, [tenant])) {
      if (row.deleted_at) deleted++
      else rows.push({ table: name, id: String(row.id ?? ""), text: plain(row, tenant) })
    }
  }
  let labels = new Map<string, string>()
  // Each round carries the content of the neighbours one step further along the references.
  for (let round = 0; round < 3; round++) labels = new Map(rows.map((row) => [row.id, label(row, labels)]))
  const live: Fingerprint = new Map()
  for (const row of rows) live.set(row.table, [...(live.get(row.table) ?? []), label(row, labels)])
  for (const list of live.values()) list.sort()
  return { live, deleted }
}

const plain = (row: Row, tenant: string) =>
  JSON.stringify(Object.fromEntries(Object.entries(row).filter(([key]) => !SECRET_COLUMNS.has(key)).sort(([a], [b]) => (a < b ? -1 : 1))))
    .replaceAll(tenant, "<tenant>")
    .replace(TIME, "<time>")

const label = ({ table, id, text }: { table: string; id: string; text: string }, labels: Map<string, string>) =>
  digest(`${table} ${text.replace(ID, (found) => (found === id ? "<self>" : (labels.get(found) ?? "<id>")))}`)

/** Tables in which two shops differ, in words; empty when they are alike. */
export function differences(is: Fingerprint, should: Fingerprint): string[] {
  return [...new Set([...is.keys(), ...should.keys()])].sort().flatMap((table) => {
    const [a, b] = [is.get(table) ?? [], should.get(table) ?? []]
    if (a.length !== b.length) return [`${table}: ${a.length} rows instead of ${b.length}`]
    return a.join() === b.join() ? [] : [`${table}: ${a.filter((one) => !b.includes(one)).length} of ${a.length} rows have other contents`]
  })
}
