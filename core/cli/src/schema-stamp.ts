import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { findPackage } from "@fangshi/server/src/plugin-host/find-package"
import { PLUGINS } from "@fangshi/server/src/plugins"
import { REPOSITORY, operatorsPlugins } from "@fangshi/server/src/settings"

/** What makes tables, links of tables or rows, below a folder of sources. */
const MAKES_TABLES = /(?:^|\/)migrations\/[^/]+\.(?:sql|[cm]?[jt]s)$|^(?:links|migration-scripts)\/.+\.[cm]?[jt]s$/
/** Of packages, the version says what they bring; the blueprint is what a new shop starts with. */
const ALONE = ["package-lock.json", "core/server/src/tenants/blueprint.ts"].map((file) => path.join(REPOSITORY, file))

const filesBelow = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/")).sort() : [])
const tablesBelow = (folder: string): string[] => filesBelow(folder).filter((file) => MAKES_TABLES.test(file)).map((file) => path.join(folder, file))

/** A plugin that is not there is missed when it is loaded. */
function folderOf(plugin: string): string[] {
  try {
    return [path.join(findPackage(plugin).folder, ".medusa/server/src")]
  } catch {
    return []
  }
}

/** Every file of which a change may leave a migration something to do. */
export function schemaSources(plugins: readonly string[]): string[] {
  const sql = path.join(REPOSITORY, "core/kernel/src/tenancy/sql")
  return [...ALONE, ...filesBelow(sql).map((file) => path.join(sql, file)), ...[path.join(REPOSITORY, "core/server/src"), ...plugins.flatMap(folderOf)].flatMap(tablesBelow)]
}

/** Changes with the words of a file, its place, and with the plugins. */
export function stampOf(files: readonly string[], plugins: readonly string[]): string {
  const hash = createHash("sha256")
  for (const file of files) hash.update(`\0${path.relative(REPOSITORY, file)}\0`).update(readFileSync(file))
  return hash.update(JSON.stringify(plugins)).digest("hex")
}

/** Changes when a migration could have something to do: some hundred files are read for it, and nothing of the database. */
export function schemaStamp(): string {
  const plugins = [...PLUGINS, ...operatorsPlugins()]
  return stampOf(schemaSources(plugins), plugins)
}
