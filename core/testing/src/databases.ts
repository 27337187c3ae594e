import { randomBytes } from "node:crypto"
import { Pool } from "pg"

/** The cluster of this test run, as global set-up left it in the environment. */
export type Cluster = { superuserUrl: string; appPassword: string; template: string; demoTemplate: string }

export function cluster(): Cluster {
  const text = process.env.FANGSHI_TEST_CLUSTER
  if (!text) throw new Error("Run the tests with npm test: global set-up starts Postgres")
  return JSON.parse(text) as Cluster
}

const pools = new Map<string, Pool>()

/** Connections are kept: a new one costs more than most of what is asked, and knows none of the tables. They keep no process from ending. */
function poolOf(url: string): Pool {
  const known = pools.get(url)
  if (known) return known
  const pool = new Pool({ connectionString: url, max: 10, idleTimeoutMillis: 5_000, allowExitOnIdle: true })
  // A database that is dropped takes its idle connections with it.
  pool.on("error", () => undefined)
  pools.set(url, pool)
  return pool
}

/** Runs one statement as the owner, who sees past row-level security: for looking at what the server did. What it sets for its session may stay. */
export const asOwner = async <R extends object>(url: string, sql: string, params: unknown[] = []): Promise<R[]> => (await poolOf(url).query<R>(sql, params)).rows

async function dropDatabase(superuserUrl: string, name: string, ownerUrl: string): Promise<void> {
  await pools.get(ownerUrl)?.end()
  pools.delete(ownerUrl)
  await asOwner(superuserUrl, `drop database if exists ${name} with (force)`)
}

const withDatabase = (url: string, database: string, user?: string, password?: string) => {
  const u = new URL(url)
  u.pathname = `/${database}`
  if (user) u.username = user
  if (password) u.password = password
  return u.toString()
}

export type TestDatabase = { name: string; ownerUrl: string; appUrl: string; drop: () => Promise<void> }

/** A private copy of the migrated database (half a second), with or without the five demo shops. */
export async function cloneDatabase(from: "template" | "demoTemplate" = "template", c: Cluster = cluster()): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString("hex")}`
  await asOwner(c.superuserUrl, `create database ${name} template ${c[from]}`)
  const ownerUrl = withDatabase(c.superuserUrl, name)
  return {
    name,
    ownerUrl,
    appUrl: withDatabase(c.superuserUrl, name, "fangshi_app", c.appPassword),
    drop: () => dropDatabase(c.superuserUrl, name, ownerUrl),
  }
}
