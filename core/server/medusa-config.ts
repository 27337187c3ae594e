import path from "node:path"
import { Modules, defineConfig } from "@medusajs/framework/utils"
import { medusaLogger } from "./src/log"
import { MODULES } from "./src/modules"
import { PLUGINS } from "./src/plugins"
import { readSettings } from "./src/settings"

const settings = readSettings()
const uploads = path.join(settings.dataDir, "files")

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: settings.databaseUrl,
    databaseDriverOptions: { ssl: false },
    ...(settings.redisUrl ? { redisUrl: settings.redisUrl } : {}),
    http: {
      storeCors: settings.cors,
      adminCors: settings.cors,
      authCors: settings.cors,
      // Replaced by a getter per tenant after loading; this value never signs anything.
      jwtSecret: settings.masterSecret,
      cookieSecret: settings.cookieSecret,
    },
    // Secure cookies behind https; plain http on *.localhost in demo and test.
    cookieOptions: { httpOnly: true, sameSite: "lax", secure: settings.mode === "production" },
  },
  admin: { disable: true },
  logger: medusaLogger as never,
  featureFlags: { translation: true, rbac: false, rbac_filter_fields: false, index_engine: false, view_configurations: false },
  plugins: [...PLUGINS, ...settings.plugins].map((resolve) => ({ resolve, options: {} })),
  modules: [
    ...MODULES,
    { resolve: "@medusajs/medusa/translation" },
    // Product search is the platform's own; the stock module keeps one index for everybody and builds it with DDL at run time.
    { key: Modules.SEARCH, disable: true },
    { key: Modules.RBAC, disable: true },
    {
      resolve: "@medusajs/medusa/file",
      options: {
        // One folder for both: what is private is never served without a signature (front-door/files.ts).
        providers: [
          {
            resolve: path.join(__dirname, "src/medusa/tenant-files"),
            id: "local",
            options: { upload_dir: uploads, private_upload_dir: uploads, signing_secret: settings.masterSecret },
          },
        ],
      },
    },
    ...(settings.redisUrl
      ? [
          { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl: settings.redisUrl } },
          { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl: settings.redisUrl } } },
          { resolve: "@medusajs/medusa/locking", options: { providers: [{ resolve: "@medusajs/medusa/locking-redis", id: "locking-redis", is_default: true, options: { redisUrl: settings.redisUrl } }] } },
        ]
      : []),
  ],
})
