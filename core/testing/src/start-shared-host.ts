import path from "node:path"
import { type Cluster, cloneDatabase } from "./databases"
import { FIXTURE_PLUGINS } from "./fixture-plugins"
import { startHostProcess } from "./host-process"
import { testDataDirectory } from "./test-data-directory"

/** Boots the one host that the specs of a run share, on a copy of the template, and makes it known to sharedHost(). It logs into a file: of thousands of bad requests, many leave a line. */
export async function startSharedHost(cluster: Cluster): Promise<{ stop: () => Promise<void> }> {
  const database = await cloneDatabase("template", cluster)
  const host = await startHostProcess(database, {
    FANGSHI_PLUGINS: FIXTURE_PLUGINS,
    FANGSHI_LOG_FILE: path.join(testDataDirectory(), "logs", "shared-host.log"),
  })
  process.env.FANGSHI_TEST_HOST = JSON.stringify({ url: host.url, controlUrl: host.controlUrl, ownerUrl: database.ownerUrl, appUrl: database.appUrl })
  return {
    stop: async () => {
      await host.kill()
      await database.drop()
    },
  }
}
