import path from "node:path"
import { migrateDatabase } from "@fangshi/cli"
import { ensureAppRole, startPostgres } from "@fangshi/kernel"
import { REPOSITORY, localSecret } from "@fangshi/server"
import { asOwner } from "@fangshi/testing"
import { copyCatalogue, rememberRows } from "./copy-catalogue"
import { type BenchDatabase, type Kind, runChild } from "./children"

/** Everything the benchmark keeps: cluster, logs, uploads. */
export const BENCH_DATA = path.join(REPOSITORY, ".data", "bench")

export type Provisioning = { times: number[]; took: number }
export type Cluster = {
  version: string
  database: (kind: Kind) => BenchDatabase
  /** Whether an earlier run left all of its databases. */
  isPrepared: () => Promise<boolean>
  query: <R extends object>(sql: string) => Promise<R[]>
  recreate: (kind: Kind | "base", from?: "base") => Promise<BenchDatabase>
  stop: () => Promise<void>
}

/** The embedded Postgres with the settings that a shop's server gets, on a data folder of its own. */
export async function openCluster(): Promise<Cluster> {
  const postgres = await startPostgres({ dataDir: path.join(BENCH_DATA, "postgres") })
  const password = localSecret(BENCH_DATA, "app-role")
  await ensureAppRole(postgres.superuserUrl, password)
  const query = <R extends object>(sql: string) => asOwner<R>(postgres.superuserUrl, sql)
  const database = (kind: string) => {
    const app = new URL(postgres.url(`bench_${kind}`))
    app.username = "fangshi_app"
    app.password = password
    const ownerUrl = postgres.url(`bench_${kind}`)
    // Medusa as it comes owns its tables.
    return { kind: kind as Kind, ownerUrl, appUrl: kind === "vanilla" ? ownerUrl : app.toString() }
  }
  const [row] = await query<{ server_version: string }>("show server_version")
  return {
    version: row?.server_version ?? "?",
    database,
    query,
    isPrepared: async () => (await query("select 1 from pg_database where datname in ('bench_vanilla', 'bench_two', 'bench_many')")).length === 3,
    recreate: async (kind, from) => {
      await query(`drop database if exists bench_${kind} with (force)`)
      await query(`create database bench_${kind}${from ? ` template bench_${from}` : ""}`)
      return database(kind)
    },
    stop: postgres.stop,
  }
}

/** One shop in a Medusa that knows no tenants. */
export async function prepareVanilla(cluster: Cluster): Promise<void> {
  const database = await cluster.recreate("vanilla")
  await runChild("vanilla-child.ts", "schema", database)
  await runChild("vanilla-child.ts", "seed", database)
  await asOwner(database.ownerUrl, "vacuum analyze")
}

/** The migrated platform without a shop; the other databases are copies of it. */
export async function prepareBase(cluster: Cluster): Promise<void> {
  const { ownerUrl, appUrl } = await cluster.recreate("base")
  await migrateDatabase({ ownerUrl, appUrl, stop: async () => undefined }, true)
}

/** `shops` shops, each with the same catalogue. The times are those of opening them without it. */
export async function prepareShops(cluster: Cluster, kind: "two" | "many", shops: number): Promise<Provisioning & { rows: number }> {
  const database = await cluster.recreate(kind, "base")
  const said = await runChild("fangshi-child.ts", "provision", database, { BENCH_SHOPS: String(shops) })
  if (!said || !("provisioned" in said)) throw new Error("the child told no times")
  await rememberRows(database.ownerUrl)
  await runChild("fangshi-child.ts", "seed", database)
  const rows = await copyCatalogue(database.ownerUrl)
  return { times: said.provisioned, took: said.took, rows }
}
