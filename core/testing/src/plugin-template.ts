import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { Client } from "pg"
import { type TestDatabase, asOwner, cloneDatabase, cluster } from "./databases"
import { makeTemplate } from "./templates"

/** What of a plugin decides which tables and rows a database begins with. */
const MAKES_TABLES = ["modules", "links", "migration-scripts"].map((part) => `.medusa/server/src/${part}`)

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort()
}

function digestOf(folder: string, template: string): string {
  const hash = createHash("sha256").update(template)
  for (const file of [path.join(folder, "package.json"), ...MAKES_TABLES.flatMap((part) => filesBelow(path.join(folder, part)))]) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest("hex").slice(0, 12)
}

/** Of two that need the same the second waits. */
async function inTurn(url: string, what: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [what])
    await work()
  } finally {
    await client.end()
  }
}

/** A private copy of a database that has the tables of a folder's plugin, one of `plugins`, as well: migrated once, and anew when the plugin's tables change. */
export async function clonePluginDatabase(folder: string, plugins: string): Promise<TestDatabase> {
  const { superuserUrl, appPassword, template } = cluster()
  const family = `plugin_${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`
  const name = `${family}_${digestOf(folder, template)}`
  await inTurn(superuserUrl, family, async () => {
    const existing = (await asOwner<{ datname: string }>(superuserUrl, "select datname from pg_database where datname like $1", [`${family}%`])).map(({ datname }) => datname)
    if (existing.includes(name)) return
    for (const old of existing) await asOwner(superuserUrl, `drop database "${old}" with (force)`)
    const making = `${family}_making`
    await asOwner(superuserUrl, `create database ${making} template ${template}`)
    const url = new URL(superuserUrl)
    url.pathname = `/${making}`
    await makeTemplate("template", url.toString(), appPassword, process.env.FANGSHI_TEST_DATA ?? "", plugins)
    await asOwner(superuserUrl, `alter database ${making} rename to ${name}`)
  })
  return cloneDatabase("template", { ...cluster(), template: name })
}
