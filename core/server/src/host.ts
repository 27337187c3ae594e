import "./young-objects"
import { randomBytes } from "node:crypto"
import { type Server, createServer } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { GATES, type Gates, type WrappedHost, assertIsolated, bindPoolToTenants, bootAsPlatform, containProcess, loadUniqueColumns, runInTenant, shareConnectionInUnits, whilePluginsLoad, wrapAfterLoad, wrapBeforeLoad } from "@fangshi/kernel"
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import express, { type Application, type Express } from "express"
import { collectDefaultMetrics, register } from "prom-client"
import { CLOCK, type Clock } from "./clock"
import { CORE_VERSION } from "./core-version"
import { COUPON_GUARD, COUPON_GUESSES } from "./coupons/coupon-guard"
import { lastErrorHandler, answerError, isApi } from "./front-door/answer-error"
import { tenantFiles } from "./front-door/files"
import { changesShowAtOnce } from "./front-door/changes-show"
import { closedRoutes } from "./front-door/closed-routes"
import { explainErrors } from "./front-door/explain-answer"
import { frontDoor } from "./front-door/front-door"
import { checkBodiesOnArrival } from "./front-door/readable-body"
import { trustList } from "./front-door/request-host"
import { answerUnreadable } from "./front-door/unreadable-request"
import { loadStorefront } from "./front-door/storefront"
import { GuessGuard, type GuessRules } from "./guess-guard"
import { loadMedusa, medusaContainer, registerPool } from "./medusa/load"
import { isSignedIn } from "./members/member"
import { PASSWORD_GUARD, PASSWORD_GUESSES } from "./members/password-guard"
import { CODES, SmsCodes } from "./members/sms-codes"
import { assertNoEnterpriseEdition } from "./medusa/enterprise-edition"
import { pluginOwners } from "./medusa/plugin-owners"
import type { PluginHost } from "./plugin-host/activation"
import { PluginRegistry } from "./plugin-host/plugin-registry"
import { pluginGuard } from "./plugin-host/quarantine"
import { type Plugins, preparePlugins } from "./plugin-host/start-plugins"
import { watchPlugins } from "./plugin-host/watch-plugins"
import { PLUGINS } from "./plugins"
import { type Settings, readSettings } from "./settings"
import { smsOf } from "./sms/console-sms"
import { SMS, type SmsSender } from "./sms/sms-sender"
import { CredentialStore } from "./tenants/credentials"
import { TenantDirectory } from "./tenants/directory"
import { ShopRevisions } from "./tenants/shop-revisions"
import { DIRECTORY } from "./tenants/tenant-theme"
import { THEMES } from "./themes/page-key"
import { ThemeRegistry } from "./themes/registry"
import { REVISIONS } from "./themes/shop-changed"
import { staffFor } from "./workbench/for-staff"

export type Host = {
  /** http://127.0.0.1:<port> */
  url: string
  app: Application
  container: MedusaContainer
  knex: Knex
  directory: TenantDirectory
  credentials: CredentialStore
  /** Switching plugins on and off for a shop. */
  plugins: PluginHost
  settings: Settings
  runInTenant: typeof runInTenant
  /** Stops taking requests, finishes those under way, closes the pool. */
  shutdown: () => Promise<void>
}

export type HostOptions = {
  settings?: Settings
  /** Without it only the shop API answers. */
  storefront?: boolean
  /** Not listening: for commands that need the container only. */
  listen?: boolean
  /** Who carries text messages. Left out, demo and test mode write them into the log, and production has none. */
  sms?: SmsSender
  clock?: Clock
}

/** Starts the whole platform in this process. Refuses (FangshiError) on a powerful database role, an unprotected table or a moved seam. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const settings = options.settings ?? readSettings()
  process.env.MEDUSA_DISABLE_TELEMETRY = "1"
  const registry = PluginRegistry.load([...PLUGINS, ...settings.plugins], CORE_VERSION)
  const app = express()
  app.disable("x-powered-by")
  const knex = registerPool(settings.databaseUrl, settings.poolMax)
  bindPoolToTenants(knex)
  shareConnectionInUnits(knex)
  const now = options.clock ?? Date.now
  const directory: TenantDirectory = new TenantDirectory(knex, Date.now, () => plugins.changes.connected)
  const guardOfPlugins = pluginGuard(knex, directory, settings.pluginLimits)
  const plugins: Plugins = preparePlugins({ knex, container: medusaContainer, directory, registry, guard: guardOfPlugins, databaseUrl: settings.databaseUrl, masterSecret: settings.masterSecret, now })
  const revisions = new ShopRevisions(knex, directory)
  const credentials = new CredentialStore(knex, settings.masterSecret)
  medusaContainer.register({ [DIRECTORY]: asValue(directory), [REVISIONS]: asValue(revisions), [THEMES]: asValue(ThemeRegistry.load()) })
  medusaContainer.register({ [SMS]: asValue(options.sms ?? smsOf(settings.mode)), [CODES]: asValue(new SmsCodes(knex, settings.masterSecret, now)), [CLOCK]: asValue(now) })
  const guard = (rules: GuessRules) => new GuessGuard(rules, knex, settings.masterSecret, now)
  medusaContainer.register({ [COUPON_GUARD]: asValue(guard(COUPON_GUESSES)), [PASSWORD_GUARD]: asValue(guard(PASSWORD_GUESSES)) })
  medusaContainer.register({ [GATES]: asValue({ staffFor, isSignedIn } satisfies Gates) })
  const internalToken = randomBytes(32).toString("hex")
  const address = { url: `http://127.0.0.1:${settings.port}` }

  await answerPages(app, { settings, directory, revisions, internalToken, address, storefront: options.storefront ?? true })
  const wrapped: WrappedHost = {
    app,
    container: medusaContainer,
    projectConfig: { http: {} },
    masterSecret: settings.masterSecret,
    plugins: pluginOwners(registry, directory, guardOfPlugins),
    activeTenants: () => directory.activeTenants(),
    credentials: (provider) => credentials.find(provider),
  }
  const letGo = containProcess(wrapped.plugins)
  const medusa = await bootAsPlatform(async () => {
    await assertIsolated(knex)
    await loadUniqueColumns(knex)
    wrapBeforeLoad(wrapped)
    const loaded = await whilePluginsLoad(wrapped.plugins, () => loadMedusa(app))
    // Medusa trusts one proxy whoever it is; what a request says of its origin counts only from ours.
    app.set("trust proxy", trustList(settings.trustedProxies))
    const config = loaded.container.resolve<{ projectConfig: WrappedHost["projectConfig"] }>(ContainerRegistrationKeys.CONFIG_MODULE)
    wrapped.container = loaded.container
    wrapped.projectConfig = config.projectConfig
    assertNoEnterpriseEdition(loaded.container)
    await wrapAfterLoad(wrapped)
    return loaded
  })
  app.use((req, res) => answerError(req, res, new FangshiError("NOT_FOUND")))
  app.use(lastErrorHandler)

  if (options.listen !== false) await plugins.start()
  const server = options.listen === false ? null : await listen(app, settings)
  if (server) address.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const unwatch = server ? await watchPlugins(knex, directory, settings) : async () => undefined
  return {
    url: address.url,
    app,
    container: medusa.container,
    knex,
    directory,
    credentials,
    plugins: plugins.host,
    settings,
    runInTenant,
    shutdown: async () => {
      await unwatch()
      if (server) await close(server)
      await plugins.stop()
      await medusa.shutdown()
      await knex.destroy()
      letGo()
    },
  }
}

/** The process's own metrics are there if this one is. */
const HEAP_SPACES = "nodejs_heap_space_size_used_bytes"

type Pages = { settings: Settings; directory: TenantDirectory; revisions: ShopRevisions; internalToken: string; address: { url: string }; storefront: boolean }

/** Every middleware before Medusa's, in order. */
async function answerPages(app: Express, { settings, directory, revisions, internalToken, address, storefront }: Pages) {
  const trusted = trustList([...settings.trustedProxies, "127.0.0.1", "::1"])
  // One process may start several hosts, one after the other.
  if (!register.getSingleMetric(HEAP_SPACES)) collectDefaultMetrics()
  app.get("/health", (_req, res) => void res.type("text").send("OK"))
  app.get("/metrics", (req, res, next) => {
    if (!trusted(req.socket.remoteAddress)) return next()
    register.metrics().then((text) => res.type(register.contentType).send(text), next)
  })
  explainErrors(app)
  checkBodiesOnArrival(app)
  app.use(frontDoor({ directory, trustedProxies: settings.trustedProxies, rateLimit: settings.rateLimit, internalToken, apiBaseUrl: () => address.url }))
  app.use(closedRoutes)
  app.use("/static", tenantFiles(path.join(settings.dataDir, "files"), settings.masterSecret))
  app.use(changesShowAtOnce(revisions))
  if (!storefront) return
  const shop = await loadStorefront(settings)
  app.use((req, res, next) => (isApi(req.path) ? next() : shop.assets(req, res, (error?: unknown) => (error ? next(error) : shop.page(req, res, next)))))
}

async function listen(app: Application, settings: Settings): Promise<Server> {
  // A missing Host is answered by the front door, in its own words.
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 60_000, requireHostHeader: false }, app)
  answerUnreadable(server)
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "EADDRINUSE" ? new FangshiError("PORT_TAKEN", { port: settings.port }) : error))
    server.listen(settings.port, settings.bind, resolve)
  })
  return server
}

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 3_000).unref()
  })
