import { asOwner } from "@fangshi/testing"
import type { Report } from "./report"
import type { Shop, Site } from "./site"

/** Reads every table: both shops did the same, so they have as many rows, and none of them names the other. */
export async function proveRows(site: Site, report: Report): Promise<string> {
  const [a, b] = site.shops as [Shop, Shop]
  const known = [a.tenant.id, b.tenant.id, site.suspended.id, "__platform__", "__blueprint__"]
  const tables = await asOwner<{ table_name: string }>(site.ownerUrl, "select table_name from tenancy.tables_parents_first() order by 1")
  let rows = 0
  for (const { table_name: table } of tables) {
    const counts = await asOwner<{ tenant_id: string; n: number; foreign: number }>(
      site.ownerUrl,
      `select tenant_id, count(*)::int as n, count(*) filter (where x::text ~ any(array_remove($1::text[], tenant_id)))::int as foreign from public."${table}" x group by 1 order by 1`,
      [[a.tenant.id, b.tenant.id]],
    )
    const of = (id: string) => counts.find(({ tenant_id }) => tenant_id === id)?.n ?? 0
    rows += of(a.tenant.id) + of(b.tenant.id)
    report.equal(`${table} has as many rows in both shops`, of(a.tenant.id), of(b.tenant.id))
    report.equal(`no row of ${table} names another shop than its own`, counts.filter(({ foreign }) => foreign > 0), [])
    report.equal(`every row of ${table} belongs to a shop`, counts.filter(({ tenant_id }) => !known.includes(tenant_id)), [])
  }
  return `${rows} rows in ${tables.length} tables`
}
