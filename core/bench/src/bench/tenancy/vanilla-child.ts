import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { loadMedusa, registerPool } from "@fangshi/server/src/medusa/load"
import { shapeNames } from "@fangshi/server/src/demo/pictures/shapes"
import { readSettings } from "@fangshi/server"
import { applyCatalogue } from "@fangshi/server/src/tenants/catalogue"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { migrate } from "@medusajs/medusa/commands/db/migrate"
import { initializeContainer } from "@medusajs/medusa/loaders/index"
import express from "express"
import { catalogueOf, manifestOf, shopId } from "./bench-shop"
import { obey, runStage, serveForEver, tell } from "./child-messages"
import { openVanillaShop } from "./vanilla-shop"

process.env.MEDUSA_DISABLE_TELEMETRY = "1"

/** Not the platform's: Medusa would find its routes, subscribers and hooks there. */
const VANILLA_ROOT = path.join(__dirname, "vanilla")

/** Medusa's own migrations and links, nothing of ours. */
async function schema() {
  const container = await initializeContainer(VANILLA_ROOT)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const done = await migrate({
    directory: VANILLA_ROOT, skipLinks: false, skipScripts: true, skipSearch: true,
    executeAllLinks: true, executeSafeLinks: true, executeAllSearch: false, executeSafeSearch: false, allOrNothing: false, logger, container,
  })
  if (!done) throw new Error("Medusa's migrations did not finish")
}

/** Medusa as it comes: the pool of the same size, unbound, and no middleware of ours. */
async function load() {
  const settings = readSettings()
  const app = express()
  app.disable("x-powered-by")
  const knex = registerPool(settings.databaseUrl, settings.poolMax)
  const medusa = await loadMedusa(app, VANILLA_ROOT)
  return { app, knex, medusa, settings }
}

async function seed() {
  const { medusa } = await load()
  const [shape = ""] = shapeNames
  const manifest = manifestOf(shopId(1))
  await openVanillaShop(medusa.container)
  await applyCatalogue(medusa.container, manifest, catalogueOf(shape))
}

async function serve() {
  const { app, medusa, settings } = await load()
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 60_000 }, app)
  await new Promise<void>((resolve) => server.listen(settings.port, settings.bind, resolve))
  obey(async () => {
    server.closeAllConnections()
    await medusa.shutdown()
  })
  tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  await serveForEver()
}

runStage({ schema, seed, serve })
