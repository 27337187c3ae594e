import { initializeContainer } from "@medusajs/medusa/loaders/index"
import { migrate } from "@medusajs/medusa/commands/db/migrate"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { installTenancy, tenantTables, wrapMigrations } from "@fangshi/kernel"
import { MEDUSA_ROOT } from "./load"

/**
 * Brings the database up to date: Medusa's and the plugins' tables, links, then tenancy over all of them. The process
 * must be a child of its own, with FANGSHI_APP_DATABASE_URL naming the owner: migrations need its rights, the server must not have them.
 */
export async function migrateAsOwner(ownerUrl: string): Promise<void> {
  const known = await tenantTables(ownerUrl)
  wrapMigrations((table) => known.has(table))
  const container = await initializeContainer(MEDUSA_ROOT)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const done = await migrate({
    directory: MEDUSA_ROOT,
    skipLinks: false,
    skipScripts: true,
    skipSearch: true,
    executeAllLinks: false,
    executeSafeLinks: true,
    executeAllSearch: false,
    executeSafeSearch: false,
    allOrNothing: false,
    logger,
    container,
  })
  if (!done) throw new Error("Medusa's migrations did not finish")
  await installTenancy(ownerUrl)
}
