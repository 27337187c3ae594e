import { createHash } from "node:crypto"
import { mkdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { startPostgres } from "@fangshi/kernel/src/embedded-postgres"
import { type Cluster, asOwner } from "./databases"
import { offerShops } from "./offer-shops"
import { startSharedHost } from "./start-shared-host"
import { ensureTemplates } from "./templates"
import { testDataDirectory } from "./test-data-directory"

/** Starts Postgres, makes or reuses the migrated template databases, boots the host once, and offers hosts with a storefront to the specs that ask for one. */
export default async function globalSetup(): Promise<void> {
  const dataDir = testDataDirectory()
  process.env.FANGSHI_TEST_DATA = dataDir
  mkdirSync(dataDir, { recursive: true })
  const postgres = await startPostgres({ dataDir: path.join(dataDir, "postgres"), settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" } })
  const appPassword = createHash("sha256").update(readFileSync(path.join(dataDir, "postgres", "password"))).digest("hex")
  const cluster: Cluster = { superuserUrl: postgres.superuserUrl, appPassword, ...(await ensureTemplates(postgres.superuserUrl, appPassword, dataDir)) }
  process.env.FANGSHI_TEST_CLUSTER = JSON.stringify(cluster)
  for (const { datname } of await asOwner<{ datname: string }>(cluster.superuserUrl, "select datname from pg_database where datname like 't\\_%'")) {
    await asOwner(cluster.superuserUrl, `drop database if exists "${datname}" with (force)`)
  }
  const host = await startSharedHost(cluster)
  const shops = await offerShops(cluster)
  Object.assign(globalThis, {
    fangshiTestEnd: async () => {
      await shops.stop()
      await host.stop()
      await postgres.stop()
    },
  })
}
