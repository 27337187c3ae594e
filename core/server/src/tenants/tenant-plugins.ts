import { runAsPlatform } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Switches exactly these plugins on for a tenant. What was kept of its pages is old then. */
export async function setTenantPlugins(knex: Knex, tenant: string, plugins: string[]): Promise<void> {
  await runAsPlatform(() =>
    knex.transaction(async (trx) => {
      await trx.raw("delete from tenancy.tenant_plugin where tenant_id = ? and not (plugin = any(?::text[]))", [tenant, plugins])
      await trx.raw("insert into tenancy.tenant_plugin (tenant_id, plugin) select ?, unnest(?::text[]) on conflict do nothing", [tenant, plugins])
      await trx.raw("update tenancy.tenant set revision = revision + 1 where id = ?", [tenant])
    }),
  )
}
