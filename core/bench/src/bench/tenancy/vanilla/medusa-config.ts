import path from "node:path"
import { readSettings } from "@fangshi/server"
import { Modules, defineConfig } from "@medusajs/framework/utils"

const settings = readSettings()
const uploads = path.join(settings.dataDir, "files")

/** Medusa with the same stock modules as the platform has, and a folder of its own, so that no route, subscriber or hook of the platform is found beside it. */
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: settings.databaseUrl,
    databaseDriverOptions: { ssl: false },
    http: { storeCors: settings.cors, adminCors: settings.cors, authCors: settings.cors, jwtSecret: settings.masterSecret, cookieSecret: settings.cookieSecret },
  },
  admin: { disable: true },
  featureFlags: { translation: true, rbac: false, rbac_filter_fields: false, index_engine: false, view_configurations: false },
  modules: [
    { resolve: "@medusajs/medusa/translation" },
    { key: Modules.SEARCH, disable: true },
    { key: Modules.RBAC, disable: true },
    { resolve: "@medusajs/medusa/file", options: { providers: [{ resolve: "@medusajs/medusa/file-local", id: "local", options: { upload_dir: uploads, private_upload_dir: uploads } }] } },
  ],
})
