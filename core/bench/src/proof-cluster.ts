import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import path from "node:path"
import { startPostgres } from "@fangshi/kernel"
import { REPOSITORY } from "@fangshi/server"
import { type Cluster, asOwner } from "@fangshi/testing"
import { ensureTemplates } from "@fangshi/testing/src/templates"

/** Everything a proof keeps on disk, so that the next run finds its template databases. */
export const PROOF_DATA = path.resolve(process.env.FANGSHI_TEST_DATA ?? path.join(REPOSITORY, ".data", "proof"))

const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" }

/** A Postgres of the proof's own with the migrated template database in it. */
export async function startProofCluster(): Promise<{ cluster: Cluster; stop: () => Promise<void> }> {
  const postgres = await startPostgres({ dataDir: path.join(PROOF_DATA, "postgres"), settings: FAST })
  const appPassword = createHash("sha256").update(readFileSync(path.join(PROOF_DATA, "postgres", "password"))).digest("hex")
  for (const { datname } of await asOwner<{ datname: string }>(postgres.superuserUrl, "select datname from pg_database where datname like 't\\_%' or datname like 'mutant\\_%'")) {
    await asOwner(postgres.superuserUrl, `drop database if exists "${datname}" with (force)`)
  }
  const templates = await ensureTemplates(postgres.superuserUrl, appPassword, PROOF_DATA)
  return { cluster: { superuserUrl: postgres.superuserUrl, appPassword, ...templates }, stop: postgres.stop }
}
