import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { spawn } from "node:child_process"
import { FangshiError } from "@fangshi/contracts"
import { startPostgres } from "@fangshi/kernel/src/embedded-postgres"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { APP_ROLE, ensureAppRole } from "@fangshi/kernel/src/tenancy/install"
import { REPOSITORY, dataDirectory, localSecret } from "@fangshi/server/src/settings"
import { Client } from "pg"
import { schemaStamp } from "./schema-stamp"

export type Database = {
  /** Login that owns the tables; only for migrations. */
  ownerUrl: string
  /** Login of the server. */
  appUrl: string
  stop: () => Promise<void>
}

const DATABASE = "fangshi"

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.query("select 1")
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Throws DATABASE_UNREACHABLE, which names host and port and never the password. */
async function assertReachable(url: string): Promise<void> {
  if (!URL.canParse(url)) throw new FangshiError("REQUEST_INVALID", { field: "DATABASE_URL: not a URL" })
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on("error", () => undefined)
  const { host, port } = client
  try {
    await client.connect()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A server that answers says more than its code; a name with several addresses fails without a message.
    throw new FangshiError("DATABASE_UNREACHABLE", { host, port, problem: message || code || "?" })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function createDatabase(superuserUrl: string, name: string) {
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

function asApp(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = APP_ROLE
  url.password = password
  return url.toString()
}

/** The outside Postgres of DATABASE_URL, the embedded one of a running server, or the embedded one started now. */
export async function openDatabase(): Promise<Database> {
  const dataDir = dataDirectory()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const password = process.env.FANGSHI_APP_PASSWORD || localSecret(dataDir, "app-role")
  const outside = process.env.DATABASE_URL
  if (outside) {
    await assertReachable(outside)
    await ensureAppRole(outside, password)
    return { ownerUrl: outside, appUrl: asApp(outside, password), stop: async () => undefined }
  }
  const note = path.join(dataDir, "secrets", "running-database")
  if (existsSync(note)) {
    const ownerUrl = readFileSync(note, "utf8").trim()
    if (ownerUrl && (await answers(ownerUrl)) && process.env.FANGSHI_COMMAND !== "start") return { ownerUrl, appUrl: asApp(ownerUrl, password), stop: async () => undefined }
  }
  const port = process.env.FANGSHI_PG_PORT ? Number(process.env.FANGSHI_PG_PORT) : undefined
  const server = await startPostgres({ dataDir: path.join(dataDir, "postgres"), ...(port ? { port } : {}) })
  const ownerUrl = server.url(DATABASE)
  try {
    await createDatabase(server.superuserUrl, DATABASE)
    await ensureAppRole(ownerUrl, password)
    mkdirSync(path.dirname(note), { recursive: true, mode: 0o700 })
    writeFileSync(note, ownerUrl, { mode: 0o600 })
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    ownerUrl,
    appUrl: asApp(ownerUrl, password),
    stop: async () => {
      rmSync(note, { force: true })
      await server.stop()
    },
  }
}

async function storedStamp(ownerUrl: string): Promise<string | null> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ there: string | null }>("select to_regclass('tenancy.schema_stamp')::text as there")
    if (!rows[0]?.there) return null
    const stamp = await client.query<{ stamp: string }>("select stamp from tenancy.schema_stamp")
    return stamp.rows[0]?.stamp ?? null
  } finally {
    await client.end()
  }
}

async function storeStamp(ownerUrl: string, stamp: string) {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query("create table if not exists tenancy.schema_stamp (only_one boolean primary key default true check (only_one), stamp text not null)")
    await client.query("insert into tenancy.schema_stamp (stamp) values ($1) on conflict (only_one) do update set stamp = excluded.stamp", [stamp])
  } finally {
    await client.end()
  }
}

/** Brings the schema up to date in children of its own: the server's process never holds the owner's login. Returns false when nothing was to do. */
export async function migrateDatabase(database: Database, force = false): Promise<boolean> {
  const stamp = schemaStamp()
  if (!force && (await storedStamp(database.ownerUrl)) === stamp) return false
  await child("schema", { FANGSHI_APP_DATABASE_URL: database.ownerUrl })
  await child("blueprint", { FANGSHI_APP_DATABASE_URL: database.appUrl, FANGSHI_OWNER_DATABASE_URL: database.ownerUrl })
  await storeStamp(database.ownerUrl, stamp)
  return true
}

function child(stage: "schema" | "blueprint", env: Record<string, string>): Promise<void> {
  const log = path.join(dataDirectory(), "logs", `migrate-${stage}.log`)
  mkdirSync(path.dirname(log), { recursive: true })
  const running = spawn(process.execPath, [...OWN_SOURCES, path.join(__dirname, "migrate-child.ts"), stage], {
    env: { ...process.env, FANGSHI_LOG_FILE: log, MEDUSA_DISABLE_TELEMETRY: "1", ...env },
    stdio: ["ignore", "ignore", "pipe"],
    cwd: REPOSITORY,
  })
  let tail = ""
  running.stderr.on("data", (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-4_000)))
  return new Promise((resolve, reject) => {
    running.once("error", reject)
    running.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`migration stage ${stage} failed (${String(code)}), see ${path.relative(REPOSITORY, log)}\n${tail}`))))
  })
}
