import { randomBytes } from "node:crypto"
import { Client } from "pg"

/** The cluster of this test run, as global set-up left it in the environment. */
export type Cluster = { superuserUrl: string; appPassword: string; template: string; demoTemplate: string }

export function cluster(): Cluster {
  const text = process.env.FANGSHI_TEST_CLUSTER
  if (!text) throw new Error("Run the tests with npm test: global set-up starts Postgres")
  return JSON.parse(text) as Cluster
}

/** Runs one statement as the owner, who sees past row-level security: for looking at what the server did. */
export async function asOwner<R extends object>(url: string, sql: string, params: unknown[] = []): Promise<R[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, params)).rows as R[]
  } finally {
    await client.end()
  }
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
    drop: async () => void (await asOwner(c.superuserUrl, `drop database if exists ${name} with (force)`)),
  }
}
