import { createHash, randomUUID } from "node:crypto"
import { FangshiError, type PluginManifest } from "@fangshi/contracts"
import { currentTenant } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** How long what was removed can be brought back, in milliseconds. */
export const UNDO_MS = 30 * 86_400_000

/** `confirm` stands for exactly these rows: whoever removes them names it. */
export type PurgePreview = { tables: { table: string; rows: number }[]; confirm: string }

/** Beside a plugin's own tables: what the platform keeps for it. */
const KEPT_FOR_IT = ["tenancy.plugin_setting", "tenancy.plugin_task"]

type Raw = Pick<Knex, "raw">

async function rowsOf<R>(knex: Raw, sql: string, values: unknown[] = []): Promise<R[]> {
  return (await knex.raw<{ rows: R[] }>(sql, values as never)).rows
}

/** A plugin's tables, each after those it points at. Throws PLUGIN_PURGE_UNKNOWN for a plugin that does not name its tables, or one that is not there. */
async function tablesOf(knex: Raw, { id, tables }: Pick<PluginManifest, "id" | "tables">): Promise<string[]> {
  if (!tables.length) return []
  const found = await rowsOf<{ name: string; needs: string[] }>(
    knex,
    `select c.relname::text as name, coalesce(array_agg(distinct p.relname::text) filter (where p.relname is not null and p.oid <> c.oid), '{}') as needs
     from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' left join pg_class p on p.oid = k.confrelid and p.relname = any(?::text[])
     where c.relkind = 'r' and c.relname = any(?::text[]) group by c.relname, c.oid order by 1`,
    [tables, tables],
  )
  if (found.length !== tables.length) throw new FangshiError("PLUGIN_PURGE_UNKNOWN", { plugin: id })
  const sorted: string[] = []
  while (sorted.length < found.length) {
    const next = found.filter(({ name, needs }) => !sorted.includes(name) && needs.every((each) => sorted.includes(each)))
    // Tables in a circle cannot be filled again one after the other.
    if (!next.length) throw new FangshiError("PLUGIN_PURGE_UNKNOWN", { plugin: id })
    sorted.push(...next.map(({ name }) => name))
  }
  return sorted
}

const quoted = (name: string) => name.split(".").map((part) => `"${part.replaceAll('"', '""')}"`).join(".")
/** Row-level security shows the shop's own; what the platform keeps is narrowed to the plugin. */
const ofPlugin = (name: string) => (KEPT_FOR_IT.includes(name) ? "where plugin = :plugin and tenant_id = :tenant" : "where tenant_id = :tenant")

/** What would go of the current tenant's rows. */
export async function previewPurge(knex: Raw, plugin: Pick<PluginManifest, "id" | "tables">): Promise<PurgePreview> {
  const names = [...(await tablesOf(knex, plugin)), ...KEPT_FOR_IT]
  const tables: PurgePreview["tables"] = []
  const digest = createHash("sha256").update(`${currentTenant()}|${plugin.id}`)
  for (const table of names) {
    const { rows } = await knex.raw<{ rows: { n: string; sum: string | null }[] }>(`select count(*) as n, md5(string_agg(md5(t::text), '' order by md5(t::text))) as sum from ${quoted(table)} t ${ofPlugin(table)}`, { plugin: plugin.id, tenant: currentTenant() } as never)
    tables.push({ table, rows: Number(rows[0]?.n ?? 0) })
    digest.update(`${table}:${rows[0]?.n}:${rows[0]?.sum}`)
  }
  return { tables, confirm: digest.digest("hex").slice(0, 16) }
}

/**
 * Removes the plugin's rows of the current tenant and keeps a copy for 30 days, in one transaction. Throws PLUGIN_PURGE_STALE
 * where `confirm` does not stand for what is there now.
 */
export async function purgeRows(knex: Knex, plugin: Pick<PluginManifest, "id" | "tables">, confirm: string, now: number): Promise<PurgePreview["tables"]> {
  const tenant = currentTenant()
  return knex.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtextextended('plugin-rows:' || current_setting('app.tenant_id') || ':' || ?, 0))", [plugin.id])
    const names = [...(await tablesOf(trx, plugin)), ...KEPT_FOR_IT]
    const { tables, confirm: there } = await previewPurge(trx, plugin)
    if (there !== confirm) throw new FangshiError("PLUGIN_PURGE_STALE", { plugin: plugin.id })
    const id = `purge_${randomUUID()}`
    await trx.raw("insert into tenancy.plugin_purge (id, tenant_id, plugin, purged_at, undo_until) values (?, ?, ?, ?, ?)", [id, tenant, plugin.id, new Date(now), new Date(now + UNDO_MS)])
    for (const [position, table] of names.entries()) {
      await trx.raw(`insert into tenancy.plugin_purged_row (tenant_id, purge_id, position, table_name, row) select :tenant, :id, :position, :table, to_jsonb(t) from ${quoted(table)} t ${ofPlugin(table)}`, { tenant, id, position, table, plugin: plugin.id } as never)
    }
    for (const table of names.toReversed()) await trx.raw(`delete from ${quoted(table)} ${ofPlugin(table)}`, { plugin: plugin.id, tenant } as never)
    return tables
  })
}

const impossible = (plugin: string, zh: string, en: string) => new FangshiError("PLUGIN_UNDO_IMPOSSIBLE", { plugin, problem: { "zh-CN": zh, en } })

/** Brings back what was last removed of the current tenant. Throws PLUGIN_UNDO_IMPOSSIBLE where nothing was, the time is over, or there are new rows meanwhile. */
export async function restoreRows(knex: Knex, plugin: Pick<PluginManifest, "id" | "tables">, now: number): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtextextended('plugin-rows:' || current_setting('app.tenant_id') || ':' || ?, 0))", [plugin.id])
    const [purge] = await rowsOf<{ id: string; undo_until: Date }>(trx, "select id, undo_until from tenancy.plugin_purge where tenant_id = ? and plugin = ? and undone_at is null order by purged_at desc limit 1", [currentTenant(), plugin.id])
    if (!purge) throw impossible(plugin.id, "没有清除过的数据", "nothing was removed")
    if (purge.undo_until.getTime() < now) throw impossible(plugin.id, "已超过 30 天", "the 30 days are over")
    const { tables } = await previewPurge(trx, plugin)
    const filled = tables.find(({ rows }) => rows > 0)
    if (filled) throw impossible(plugin.id, `${filled.table} 中已有新数据`, `there are new rows in ${filled.table}`)
    for (const { table } of tables) await trx.raw(await refill(trx, table), { id: purge.id, table } as never)
    await trx.raw("delete from tenancy.plugin_purged_row where purge_id = ?", [purge.id])
    await trx.raw("update tenancy.plugin_purge set undone_at = ? where id = ?", [new Date(now), purge.id])
  })
}

/** Columns that Postgres computes cannot be written. */
async function refill(knex: Raw, table: string): Promise<string> {
  const columns = await rowsOf<{ name: string }>(knex, "select attname::text as name from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum", [quoted(table)])
  const names = columns.map(({ name }) => quoted(name)).join(", ")
  return `insert into ${quoted(table)} (${names}) select ${columns.map(({ name }) => `r.${quoted(name)}`).join(", ")} from tenancy.plugin_purged_row p, jsonb_populate_record(null::${quoted(table)}, p.row) r where p.purge_id = :id and p.table_name = :table`
}

/** Forgets what can no longer be brought back, of every tenant. As the platform. */
export const forgetPurged = async (knex: Raw, now: number): Promise<void> => void (await knex.raw("delete from tenancy.plugin_purge where undo_until < ?", [new Date(now)]))
