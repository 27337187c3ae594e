import type { LocalizedText } from "@fangshi/contracts"
import { PluginGuard, type PluginLimits, type PluginWork } from "@fangshi/kernel"
import { runAsPlatform } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { log } from "../log"
import type { TenantDirectory } from "../tenants/directory"

/** The guard of this process: what fails too often is quarantined in its shop, in every process. `limits` as in kernel limits.ts. */
export function pluginGuard(knex: Knex, directory: TenantDirectory, limits?: PluginLimits): PluginGuard {
  return new PluginGuard({
    now: Date.now,
    ...(limits ? { limits } : {}),
    note: ({ plugin, tenant, kind }, error) => log.error({ err: error, plugin, shop: tenant, kind }, "a plugin failed"),
    quarantine: async (doing, error) => {
      await quarantinePlugin(knex, doing, reasonOf(error))
      directory.forget()
      // Nobody is let in again before this process knows of it.
      await directory.activeTenants()
    },
  })
}

/** Pauses a plugin in one shop and leaves a notice to support; where it is paused already, nothing changes. `reason` for the operator. */
export async function quarantinePlugin(knex: Knex, { plugin, tenant, kind }: PluginWork, reason: string): Promise<void> {
  const written = await runAsPlatform(() =>
    knex.transaction(async (trx) => {
      const { rowCount } = await trx.raw<{ rowCount: number }>("update tenancy.tenant_plugin set quarantined_at = now(), quarantine_reason = ? where tenant_id = ? and plugin = ? and quarantined_at is null", [`${kind}: ${reason}`, tenant, plugin])
      if (!rowCount) return false
      // What was kept of its pages shows the plugin.
      await trx.raw("update tenancy.tenant set revision = revision + 1 where id = ?", [tenant])
      await trx.raw("insert into tenancy.support_notice (id, at, kind, tenant_id, plugin, text) values (?, now(), 'plugin.quarantined', ?, ?, ?::jsonb)", [generateEntityId(undefined, "snote"), tenant, plugin, JSON.stringify(noticeOf(plugin, tenant, reason))])
      return true
    }),
  )
  if (written) log.error({ plugin, shop: tenant, kind, reason }, "a plugin failed too often and is paused in this shop")
}

/** One line, without what a log may hold and a table should not. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 300)

const noticeOf = (plugin: string, tenant: string, reason: string): LocalizedText => ({
  "zh-CN": `插件 ${plugin} 在店铺 ${tenant} 多次出错，已暂停。最后一次：${reason}`,
  en: `The plugin ${plugin} failed too often in shop ${tenant} and is paused there. The last time: ${reason}`,
})
