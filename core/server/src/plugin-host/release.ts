import { FangshiError, type LocalizedText } from "@fangshi/contracts"
import { runAsPlatform } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** What support reads, in the order in which it happened. */
export type SupportNotice = { id: string; at: Date; kind: string; tenant_id: string | null; plugin: string | null; text: LocalizedText; seen_at: Date | null }

/** Lets a paused plugin run again in this shop; the caller has the directory forget. Throws PLUGIN_INACTIVE where the shop has not switched it on. */
export async function releaseQuarantine(knex: Knex, tenant: string, plugin: string): Promise<void> {
  await runAsPlatform(() =>
    knex.transaction(async (trx) => {
      const { rowCount } = await trx.raw<{ rowCount: number }>("update tenancy.tenant_plugin set quarantined_at = null, quarantine_reason = null where tenant_id = ? and plugin = ?", [tenant, plugin])
      if (!rowCount) throw new FangshiError("PLUGIN_INACTIVE", { plugin })
      await trx.raw("update tenancy.tenant set revision = revision + 1 where id = ?", [tenant])
      await trx.raw("update tenancy.support_notice set seen_at = now() where tenant_id = ? and plugin = ? and kind = 'plugin.quarantined' and seen_at is null", [tenant, plugin])
    }),
  )
}

/** What support has not seen yet, the oldest first; at most 200. */
export async function unseenNotices(knex: Knex): Promise<SupportNotice[]> {
  const { rows } = await runAsPlatform(() => knex.raw<{ rows: SupportNotice[] }>("select * from tenancy.support_notice where seen_at is null order by at, id limit 200"))
  return rows
}
