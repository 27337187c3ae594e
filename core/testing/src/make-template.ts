import { demoPassword, migrateDatabase, openDatabase, tenantFolders } from "@fangshi/cli"

/** Runs in a process of its own: migrates an empty database, or opens the demo shops in a migrated one. */
async function main(kind: string | undefined) {
  const database = await openDatabase()
  if (kind === "template") return void (await migrateDatabase(database))
  process.env.FANGSHI_APP_DATABASE_URL = database.appUrl
  // All of Medusa, of which a migration loads its own in each of its processes.
  const { applyTenant, knownScriptNames, readCatalogue, readDemoManifest, startHost } = await import("@fangshi/server")
  const host = await startHost({ storefront: false, listen: false })
  const scripts = await knownScriptNames(host.settings.plugins)
  for (const folder of tenantFolders()) {
    const manifest = readDemoManifest(folder)
    await applyTenant(host, manifest, readCatalogue(folder, manifest), { ownerPassword: demoPassword(manifest.id), scripts, seedPlugins: true })
  }
  await host.shutdown()
}

main(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
