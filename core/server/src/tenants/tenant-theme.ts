import { runAsPlatform } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { TenantDirectory } from "./directory"

export const DIRECTORY = "fangshi_directory"

/** Changes the theme of a tenant. Its folder's digest stays: the next apply of an unchanged tenant.yaml leaves the choice alone. */
export async function setTenantTheme(container: MedusaContainer, tenant: string, theme: string): Promise<void> {
  const knex = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
  await runAsPlatform(() => knex.raw("update tenancy.tenant set manifest = jsonb_set(manifest, '{theme}', to_jsonb(?::text)), updated_at = now() where id = ?", [theme, tenant]))
  container.resolve<TenantDirectory>(DIRECTORY).forget()
}
