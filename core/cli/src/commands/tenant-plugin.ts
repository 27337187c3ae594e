import { readFileSync } from "node:fs"
import { FangshiError } from "@fangshi/contracts"
import type * as Server from "@fangshi/server"
import type { PurgePreview } from "@fangshi/server/src/plugin-host/plugin-rows"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { assertTenantId, findShop, onHost, onPool, withDatabase } from "./tenant"

type Platform = typeof Server

/** Without Medusa, what there is to see and to set. */
async function deskOf(knex: Knex): Promise<Server.PluginDesk> {
  const [{ CORE_VERSION }, { PluginRegistry }, { PluginSettings }, { PLUGINS }, { readSettings }] = await Promise.all([
    import("@fangshi/server/src/core-version"), import("@fangshi/server/src/plugin-host/plugin-registry"), import("@fangshi/server/src/plugin-host/plugin-settings"), import("@fangshi/server/src/plugins"), import("@fangshi/server/src/settings"),
  ])
  const { plugins, masterSecret } = readSettings()
  return { knex, registry: PluginRegistry.read([...PLUGINS, ...plugins], CORE_VERSION), pluginSettings: new PluginSettings(knex, masterSecret) }
}

/** For looking and setting, with a shop that is there. Throws TENANT_UNKNOWN. */
async function atDesk(tenant: string, work: (desk: Server.PluginDesk) => Promise<void>): Promise<void> {
  assertTenantId(tenant)
  await withDatabase(() => onPool(async (knex) => work(await deskOfShop(knex, tenant))))
}

async function deskOfShop(knex: Knex, tenant: string): Promise<Server.PluginDesk> {
  if (!(await findShop(knex, tenant))) throw new FangshiError("TENANT_UNKNOWN", { tenant })
  return deskOf(knex)
}

/** For switching, since a plugin takes part in it: a host without a port. Throws TENANT_UNKNOWN, PLUGIN_UNKNOWN, before it is started. */
async function onPluginHost(tenant: string, plugin: string, work: (host: Server.PluginHost, platform: Platform) => Promise<void>): Promise<void> {
  assertTenantId(tenant)
  await withDatabase(async () => {
    await onPool(async (knex) => (await deskOfShop(knex, tenant)).registry.get(plugin))
    await onHost((host, platform) => work(host.plugins, platform))
  })
}

/** What the shop has and could have. */
export const listPlugins = (tenant: string, options: { json?: boolean }): Promise<void> =>
  atDesk(tenant, async (desk) => {
    const plugins = await (await import("@fangshi/server/src/plugin-host/plugin-view")).listPlugins(desk, tenant)
    if (options.json) return console.log(JSON.stringify(plugins, null, 2))
    for (const { id, version, state, name, reason } of plugins) console.log(`${id.padEnd(28)} ${version.padEnd(10)} ${state.padEnd(8)} ${name["zh-CN"]} ${name.en}${reason ? `  (${reason})` : ""}`)
  })

export const activate = (tenant: string, plugin: string): Promise<void> =>
  onPluginHost(tenant, plugin, async (host, platform) => {
    await platform.activatePlugin(host, tenant, plugin)
    console.log(`✓ ${tenant} ${plugin} on`)
  })

type Deactivate = { purge?: boolean; yes?: boolean }

/** With `purge` first shows what would go; only `yes` removes it. */
export const deactivate = (tenant: string, plugin: string, { purge, yes }: Deactivate): Promise<void> => (purge && !yes ? showPurge(tenant, plugin) : switchOff(tenant, plugin, purge ?? false))

function printTables({ tables }: PurgePreview) {
  for (const { table, rows } of tables) console.log(`- ${table.padEnd(32)} ${rows}`)
}

const showPurge = (tenant: string, plugin: string): Promise<void> =>
  atDesk(tenant, async (desk) => {
    printTables(await (await import("@fangshi/server/src/plugin-host/activation")).previewPluginPurge(desk, tenant, plugin))
    console.log("加上 --yes 清除；30 天内可以恢复。 Add --yes to remove them; they can be brought back for 30 days.")
  })

const switchOff = (tenant: string, plugin: string, purge: boolean): Promise<void> =>
  onPluginHost(tenant, plugin, async (host, platform) => {
    if (!purge) await platform.deactivatePlugin(host, tenant, plugin)
    else {
      const preview = await platform.previewPluginPurge(host, tenant, plugin)
      printTables(preview)
      await platform.purgePlugin(host, tenant, plugin, preview.confirm)
    }
    console.log(`✓ ${tenant} ${plugin} off`)
  })

/** Brings back what was last removed. */
export const restore = (tenant: string, plugin: string): Promise<void> =>
  onPluginHost(tenant, plugin, async (host, platform) => {
    await platform.restorePlugin(host, tenant, plugin)
    console.log(`✓ ${tenant} ${plugin} on`)
  })

/** Without a file shows what is set; with one changes what the file names. A file, so that a secret stays out of the shell's history. */
export const configure = (tenant: string, plugin: string, options: { file?: string }): Promise<void> =>
  atDesk(tenant, async (desk) => {
    const [{ savePluginSettings }, { getPlugin }] = await Promise.all([import("@fangshi/server/src/plugin-host/activation"), import("@fangshi/server/src/plugin-host/plugin-view")])
    if (options.file) await savePluginSettings(desk, tenant, plugin, readSettingsFile(options.file))
    const { settings } = await getPlugin(desk, tenant, plugin)
    console.log(JSON.stringify(settings && { ...settings.values, ...settings.secrets }, null, 2))
  })

function readSettingsFile(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"))
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    throw new FangshiError("MANIFEST_UNREADABLE", { file, problem: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
  throw new FangshiError("MANIFEST_UNREADABLE", { file, problem: { "zh-CN": "不是 JSON 对象", en: "not a JSON object" } })
}
