import { cloneDatabase } from "@fangshi/testing"
import { startProofCluster } from "../proof-cluster"
import { proveCheckouts } from "./redis/checkouts"
import { proveEvents } from "./redis/events"
import { KeyWatch, proveKeys } from "./redis/keys"
import { proveLocks } from "./redis/locks"
import { hasRedis, startRedis } from "./redis/redis-server"
import { Report } from "./redis/report"
import { proveRows } from "./redis/rows"
import { proveSchedules } from "./redis/schedules"
import { proveSessions } from "./redis/sessions"
import { Site } from "./redis/site"
import { proveWorkflows } from "./redis/workflows"

/**
 * `npm run proof -- redis`: two processes of the host share one database and one real Redis; two shops do the same with
 * the same names in both, and nothing of one may be met in the other: events, workflows, schedules, locks, sessions, orders.
 */
export async function run(): Promise<void> {
  if (!hasRedis()) {
    console.error("There is no redis-server on the PATH: install it (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis) and run this again.")
    process.exitCode = 1
    return
  }
  const from = Date.now()
  const report = new Report()
  const redis = await startRedis()
  try {
    const { cluster, stop } = await startProofCluster()
    try {
      const database = await cloneDatabase("template", cluster)
      const watch = await KeyWatch.start(redis.url)
      const site = new Site(database, redis.url)
      try {
        await prove(site, watch, report)
      } finally {
        await site.close()
        watch.stop()
        await database.drop()
      }
    } finally {
      await stop()
    }
  } finally {
    await redis.stop()
  }
  for (const fault of report.faults) console.log(`✗ ${fault}`)
  console.log(`\nredis: ${report.checks} checks, ${report.faults.length} faults, ${((Date.now() - from) / 60_000).toFixed(1)} minutes`)
  if (report.faults.length) process.exitCode = 1
}

async function prove(site: Site, watch: KeyWatch, report: Report) {
  await site.join()
  await site.openShops()
  await report.part("events", () => proveEvents(site, report))
  await report.part("workflows", () => proveWorkflows(site, report))
  await report.part("locks", () => proveLocks(site, report))
  await report.part("sessions", () => proveSessions(site, report))
  await report.part("checkouts", () => proveCheckouts(site, report))
  await report.part("schedules", () => proveSchedules(site, report))
  await site.close()
  await report.part("rows", () => proveRows(site, report))
  await report.part("keys", () => proveKeys(site, watch, report))
}
