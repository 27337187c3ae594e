import { readFileSync } from "node:fs"
import { FangshiError } from "@fangshi/contracts"
import type * as Server from "@fangshi/server"
import { assertTenantId, withHost } from "./tenant"

type Platform = typeof Server

/** A host without a port, and a shop that is there. Throws TENANT_UNKNOWN. */
async function withShop(tenant: string, work: (host: Server.PluginHost, platform: Platform) => Promise<void>): Promise<void> {
  assertTenantId(tenant)
  await withHost(async (host, platform) => {
    if (!(await host.directory.findById(tenant))) throw new FangshiError("TENANT_UNKNOWN", { tenant })
    await work(host.plugins, platform)
  })
}

/** What the shop has and could have. */
export const listPlugins = (tenant: string, options: { json?: boolean }): Promise<void> =>
  withShop(tenant, async (host, platform) => {
    const plugins = await platform.listPlugins(host, tenant)
    if (options.json) return console.log(JSON.stringify(plugins, null, 2))
    for (const { id, version, state, name, reason } of plugins) console.log(`${id.padEnd(28)} ${version.padEnd(10)} ${state.padEnd(8)} ${name["zh-CN"]} ${name.en}${reason ? `  (${reason})` : ""}`)
  })

export const activate = (tenant: string, plugin: string): Promise<void> =>
  withShop(tenant, async (host, platform) => {
    await platform.activatePlugin(host, tenant, plugin)
    console.log(`✓ ${tenant} ${plugin} on`)
  })

/** With `purge` first shows what would go; only `yes` removes it. */
export const deactivate = (tenant: string, plugin: string, options: { purge?: boolean; yes?: boolean }): Promise<void> =>
  withShop(tenant, async (host, platform) => {
    if (!options.purge) await platform.deactivatePlugin(host, tenant, plugin)
    else {
      const { tables, confirm } = await platform.previewPluginPurge(host, tenant, plugin)
      for (const { table, rows } of tables) console.log(`- ${table.padEnd(32)} ${rows}`)
      if (!options.yes) return console.log("加上 --yes 清除；30 天内可以恢复。 Add --yes to remove them; they can be brought back for 30 days.")
      await platform.purgePlugin(host, tenant, plugin, confirm)
    }
    console.log(`✓ ${tenant} ${plugin} off`)
  })

/** Brings back what was last removed. */
export const restore = (tenant: string, plugin: string): Promise<void> =>
  withShop(tenant, async (host, platform) => {
    await platform.restorePlugin(host, tenant, plugin)
    console.log(`✓ ${tenant} ${plugin} on`)
  })

/** Without a file shows what is set; with one changes what the file names. A file, so that a secret stays out of the shell's history. */
export const configure = (tenant: string, plugin: string, options: { file?: string }): Promise<void> =>
  withShop(tenant, async (host, platform) => {
    if (options.file) await platform.savePluginSettings(host, tenant, plugin, readSettings(options.file))
    const { settings } = await platform.getPlugin(host, tenant, plugin)
    console.log(JSON.stringify(settings && { ...settings.values, ...settings.secrets }, null, 2))
  })

function readSettings(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"))
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    throw new FangshiError("MANIFEST_UNREADABLE", { file, problem: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
  throw new FangshiError("MANIFEST_UNREADABLE", { file, problem: { "zh-CN": "不是 JSON 对象", en: "not a JSON object" } })
}
