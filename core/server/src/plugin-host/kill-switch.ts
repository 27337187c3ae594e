import { runAsPlatform } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

// What was kept of the pages of its shops shows the plugin, or misses it.
const CHANGED = "update tenancy.tenant set revision = revision + 1 where id in (select tenant_id from tenancy.tenant_plugin where plugin = ?)"

/** Switches a plugin off in every shop at once and in those to come; what the shops chose and set stays. A second time changes the reason. The caller has the directory forget. */
export async function killPlugin(knex: Knex, plugin: string, reason: string): Promise<void> {
  await runAsPlatform(() =>
    knex.transaction(async (trx) => {
      await trx.raw("insert into tenancy.plugin_kill (plugin, reason) values (?, ?) on conflict (plugin) do update set reason = excluded.reason", [plugin, reason])
      await trx.raw(CHANGED, [plugin])
    }),
  )
}

/** Takes the kill switch back: the plugin is on again where shops had it on. False where it was not killed. */
export async function revivePlugin(knex: Knex, plugin: string): Promise<boolean> {
  return runAsPlatform(() =>
    knex.transaction(async (trx) => {
      const { rowCount } = await trx.raw<{ rowCount: number }>("delete from tenancy.plugin_kill where plugin = ?", [plugin])
      if (rowCount) await trx.raw(CHANGED, [plugin])
      return rowCount > 0
    }),
  )
}
