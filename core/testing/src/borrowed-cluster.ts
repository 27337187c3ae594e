import path from "node:path"
import { cloneDatabase, cluster } from "./databases"
import { startHostProcess } from "./host-process"

/** Global set-up of a run inside another: FANGSHI_TEST_CLUSTER is given, and with FANGSHI_TEST_NO_HOST the host is left out. */
export default async function borrowCluster(): Promise<void> {
  const given = cluster()
  if (process.env.FANGSHI_TEST_NO_HOST) return
  const database = await cloneDatabase("template", given)
  const host = await startHostProcess(database, { FANGSHI_PLUGINS: path.resolve(__dirname, "../fixtures/third-party") })
  process.env.FANGSHI_TEST_HOST = JSON.stringify({ url: host.url, controlUrl: host.controlUrl, ownerUrl: database.ownerUrl, appUrl: database.appUrl })
  Object.assign(globalThis, {
    fangshiTestEnd: async () => {
      await host.kill()
      await database.drop()
    },
  })
}
