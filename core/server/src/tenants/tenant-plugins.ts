import { runAsPlatform } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Switches exactly these plugins on for a tenant. Where that changes something, what was kept of its pages is old. */
export async function setTenantPlugins(knex: Knex, tenant: string, plugins: string[]): Promise<void> {
  await runAsPlatform(() =>
    knex.transaction(async (trx) => {
      const gone = await trx.raw<{ rowCount: number }>("delete from tenancy.tenant_plugin where tenant_id = ? and not (plugin = any(?::text[]))", [tenant, plugins])
      const added = await trx.raw<{ rowCount: number }>("insert into tenancy.tenant_plugin (tenant_id, plugin) select ?, unnest(?::text[]) on conflict do nothing", [tenant, plugins])
      if (gone.rowCount + added.rowCount > 0) await trx.raw("update tenancy.tenant set revision = revision + 1 where id = ?", [tenant])
    }),
  )
}
