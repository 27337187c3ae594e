import { FangshiError } from "@fangshi/contracts"
import type { PluginGuard } from "@fangshi/kernel"
import { runAsPlatform, runInTenant } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { TenantDirectory } from "../tenants/directory"
import type { KnownPlugin, LoadedPlugin, PluginRegistry } from "./plugin-registry"
import { type PurgePreview, previewPurge, purgeRows, restoreRows } from "./plugin-rows"
import type { PluginSettings } from "./plugin-settings"

export const PLUGIN_HOST = "fangshi_plugin_host"

export type PluginHost = { knex: Knex; container: MedusaContainer; directory: TenantDirectory; registry: PluginRegistry; guard: PluginGuard; pluginSettings: PluginSettings; now: () => number }

/** The part of it that needs no Medusa: enough to look, and to keep settings. */
export type PluginDesk = Pick<PluginHost, "knex" | "pluginSettings"> & { registry: PluginRegistry<KnownPlugin> }

/** Whether a shop has a plugin: `paused` where it failed too often there, `killed` where the operator has switched it off for all. */
export type PluginState = "off" | "on" | "paused" | "killed"
export type SwitchState = { state: PluginState; reason: string | null; activated_at: string | null }

type Row = { plugin: string; activated_at: Date; quarantined_at: Date | null; quarantine_reason: string | null }

/** Of every plugin of this process, for one shop. */
export async function pluginStates({ knex, registry }: Pick<PluginDesk, "knex" | "registry">, tenant: string): Promise<Map<string, SwitchState>> {
  return runAsPlatform(async () => {
    const { rows } = await knex.raw<{ rows: Row[] }>("select plugin, activated_at, quarantined_at, quarantine_reason from tenancy.tenant_plugin where tenant_id = ?", [tenant])
    const { rows: killed } = await knex.raw<{ rows: { plugin: string; reason: string }[] }>("select plugin, reason from tenancy.plugin_kill")
    return new Map(registry.all.map(({ id }) => [id, stateOf(rows.find(({ plugin }) => plugin === id), killed.find(({ plugin }) => plugin === id))]))
  })
}

function stateOf(row: Row | undefined, killed: { reason: string } | undefined): SwitchState {
  const activated_at = row?.activated_at.toISOString() ?? null
  if (killed) return { state: "killed", reason: killed.reason, activated_at }
  if (!row) return { state: "off", reason: null, activated_at }
  return row.quarantined_at ? { state: "paused", reason: row.quarantine_reason, activated_at } : { state: "on", reason: null, activated_at }
}

/** A plugin's own part in being switched, in its name and in time. */
export async function runLifecycle({ guard, container }: Pick<PluginHost, "guard" | "container">, tenant: string, { id, lifecycle }: LoadedPlugin, step: "activate" | "deactivate" | "seed"): Promise<void> {
  const own = lifecycle[step]
  if (own) await runInTenant(tenant, () => guard.run(id, "job", () => own({ scope: container, tenant })))
}

/** The plugins that a plugin's manifest needs. */
const needsOf = ({ manifest }: KnownPlugin) => Object.keys(manifest?.needs ?? {})

/** Of two switches of one shop at a time the second waits. */
async function inTurn<T>({ knex }: Pick<PluginHost, "knex">, tenant: string, work: () => Promise<T>): Promise<T> {
  const trx = await runAsPlatform(() => knex.transaction())
  try {
    await runAsPlatform(() => trx.raw("select pg_advisory_xact_lock(hashtextextended('plugin-switch:' || ?, 0))", [tenant]))
    return await work()
  } finally {
    await runAsPlatform(() => trx.rollback())
  }
}

const write = ({ knex, directory }: Pick<PluginHost, "knex" | "directory">, sql: string, tenant: string, plugin: string): Promise<void> =>
  runAsPlatform(() =>
    knex.transaction(async (trx) => {
      const { rowCount } = await trx.raw<{ rowCount: number }>(sql, [tenant, plugin])
      // What was kept of the shop's pages is old.
      if (rowCount > 0) await trx.raw("update tenancy.tenant set revision = revision + 1 where id = ?", [tenant])
    }),
  ).finally(() => directory.forget())

/**
 * Switches a plugin on for a shop, once its own preparations are done; again, it changes nothing. Throws PLUGIN_UNKNOWN,
 * PLUGIN_KILLED, PLUGIN_QUARANTINED, and PLUGIN_INACTIVE for a plugin that it needs.
 */
export async function activatePlugin(host: PluginHost, tenant: string, id: string): Promise<void> {
  const plugin = host.registry.get(id)
  await inTurn(host, tenant, async () => {
    const states = await pluginStates(host, tenant)
    const { state, reason } = states.get(id) as SwitchState
    if (state === "killed") throw new FangshiError("PLUGIN_KILLED", { plugin: id, reason: reason ?? "" })
    if (state === "paused") throw new FangshiError("PLUGIN_QUARANTINED", { plugin: id })
    if (state === "on") return
    for (const needed of needsOf(plugin)) if (states.get(needed)?.state !== "on") throw new FangshiError("PLUGIN_INACTIVE", { plugin: needed })
    await runLifecycle(host, tenant, plugin, "activate")
    await write(host, "insert into tenancy.tenant_plugin (tenant_id, plugin) values (?, ?) on conflict do nothing", tenant, id)
  })
}

/** Switches a plugin off for a shop and keeps its rows; again, it changes nothing. Throws PLUGIN_UNKNOWN, and PLUGIN_NEEDED where another one that is on needs it. */
export async function deactivatePlugin(host: PluginHost, tenant: string, id: string): Promise<void> {
  const plugin = host.registry.get(id)
  await inTurn(host, tenant, () => switchOff(host, tenant, plugin))
}

async function switchOff(host: PluginHost, tenant: string, plugin: LoadedPlugin): Promise<void> {
  const states = await pluginStates(host, tenant)
  if (states.get(plugin.id)?.activated_at === null) return
  const user = host.registry.all.find((each) => needsOf(each).includes(plugin.id) && states.get(each.id)?.activated_at !== null)
  if (user) throw new FangshiError("PLUGIN_NEEDED", { needed: plugin.id, plugin: user.id })
  await write(host, "delete from tenancy.tenant_plugin where tenant_id = ? and plugin = ?", tenant, plugin.id)
  await runLifecycle(host, tenant, plugin, "deactivate")
}

/** Brings a shop to exactly these plugins: each on after those it needs, and off before them. Throws as the two above. */
export async function switchPlugins(host: PluginHost, tenant: string, wanted: readonly string[]): Promise<void> {
  const on = [...(await pluginStates(host, tenant))].flatMap(([id, { activated_at }]) => (activated_at === null ? [] : [id]))
  for (const id of inOrder(host.registry, on.filter((each) => !wanted.includes(each))).toReversed()) await deactivatePlugin(host, tenant, id)
  for (const id of inOrder(host.registry, wanted.filter((each) => !on.includes(each)))) await activatePlugin(host, tenant, id)
}

/** Each after those of the list that it needs. */
function inOrder(registry: PluginRegistry, ids: readonly string[]): string[] {
  const sorted = new Set<string>()
  const add = (id: string, above: readonly string[]) => {
    for (const needed of needsOf(registry.get(id))) if (ids.includes(needed) && !above.includes(needed)) add(needed, [...above, id])
    sorted.add(id)
  }
  for (const id of ids) add(id, [])
  return [...sorted]
}

function tablesOf({ id, manifest }: KnownPlugin): { id: string; tables: string[] } {
  if (!manifest) throw new FangshiError("PLUGIN_PURGE_UNKNOWN", { plugin: id })
  return { id, tables: manifest.tables }
}

/** What purgePlugin would remove. Throws PLUGIN_UNKNOWN, PLUGIN_PURGE_UNKNOWN. */
export async function previewPluginPurge(host: PluginDesk, tenant: string, id: string): Promise<PurgePreview> {
  const plugin = tablesOf(host.registry.get(id))
  return runInTenant(tenant, () => previewPurge(host.knex, plugin))
}

/** Switches a plugin off and removes its rows of this shop; `confirm` comes from the preview. For 30 days restorePlugin brings them back. Throws PLUGIN_PURGE_STALE, PLUGIN_PURGE_UNKNOWN and as deactivatePlugin. */
export async function purgePlugin(host: PluginHost, tenant: string, id: string, confirm: string): Promise<PurgePreview["tables"]> {
  const plugin = host.registry.get(id)
  const rows = tablesOf(plugin)
  return inTurn(host, tenant, async () => {
    const { confirm: there } = await runInTenant(tenant, () => previewPurge(host.knex, rows))
    // Before anything is switched off: what the shop saw is no longer so.
    if (there !== confirm) throw new FangshiError("PLUGIN_PURGE_STALE", { plugin: id })
    await switchOff(host, tenant, plugin)
    const now = host.now()
    // What its own end changed goes as well.
    return runInTenant(tenant, async () => purgeRows(host.knex, rows, (await previewPurge(host.knex, rows)).confirm, now)).finally(() => host.pluginSettings.forget())
  })
}

/** Brings back what was last removed and switches the plugin on again. Throws PLUGIN_UNDO_IMPOSSIBLE and as activatePlugin. */
export async function restorePlugin(host: PluginHost, tenant: string, id: string): Promise<void> {
  const plugin = tablesOf(host.registry.get(id))
  await inTurn(host, tenant, () => runInTenant(tenant, () => restoreRows(host.knex, plugin, host.now())).finally(() => host.pluginSettings.forget()))
  await activatePlugin(host, tenant, id)
}

/** Changes what a shop set for a plugin, on or off. Throws PLUGIN_UNKNOWN, and PLUGIN_SETTINGS_INVALID, also for a plain Medusa plugin. */
export async function savePluginSettings(host: PluginDesk, tenant: string, id: string, changes: Record<string, unknown>): Promise<void> {
  const { manifest } = host.registry.get(id)
  if (!manifest) throw new FangshiError("PLUGIN_SETTINGS_INVALID", { plugin: id, field: { "zh-CN": "没有设置项", en: "it has none" } })
  await runInTenant(tenant, () => host.pluginSettings.save(manifest, changes))
}
