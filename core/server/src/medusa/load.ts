import path from "node:path"
import { container } from "@medusajs/framework"
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, ModulesSdkUtils } from "@medusajs/framework/utils"
import type { Application } from "express"

/** Medusa takes its configuration, its routes and its links from here. */
export const MEDUSA_ROOT = path.resolve(__dirname, "../..")

type Loaders = (options: { directory: string; expressApp: Application; skipLoadingEntryPoints?: boolean }) => Promise<{ container: MedusaContainer; shutdown: () => Promise<void> }>

/** The one connection pool of the process, registered before Medusa would make its own. */
export function registerPool(databaseUrl: string, max: number): Knex {
  const knex = ModulesSdkUtils.createPgConnection({
    clientUrl: databaseUrl,
    schema: "public",
    driverOptions: { connection: { ssl: false } },
    pool: { min: Math.min(2, max), max },
  }) as unknown as Knex
  container.register({ [ContainerRegistrationKeys.PG_CONNECTION]: asValue(knex) })
  return knex
}

/** The container Medusa's loaders will fill. */
export const medusaContainer = container as unknown as MedusaContainer

/** Runs Medusa's own loaders: modules, links, workflows, subscribers, jobs, routes. `directory` has medusa-config. */
export async function loadMedusa(app: Application, directory = MEDUSA_ROOT): ReturnType<Loaders> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded late: it reads the environment while importing
  const loaders = (require("@medusajs/medusa/loaders/index") as { default: Loaders }).default
  return loaders({ directory, expressApp: app })
}
