import { cluster } from "./databases"
import { startSharedHost } from "./start-shared-host"

/** Global set-up of a run inside another: FANGSHI_TEST_CLUSTER is given, and with FANGSHI_TEST_NO_HOST the host is left out. */
export default async function borrowCluster(): Promise<void> {
  const given = cluster()
  if (process.env.FANGSHI_TEST_NO_HOST) return
  const host = await startSharedHost(given)
  Object.assign(globalThis, { fangshiTestEnd: host.stop })
}
