import { readFileSync } from "node:fs"
import path from "node:path"

/** A plugin's package before any of it runs. `id`: package.json's fangshi.plugin; of a plain Medusa plugin its name. */
export type FoundPackage = { id: string; package: string; version: string; folder: string }

type Package = { name?: string; version?: string; fangshi?: { plugin?: string } }

/** Looks a plugin up by the name of its package or its folder. Throws where there is none. */
export function findPackage(plugin: string): FoundPackage {
  const file = require.resolve(path.join(plugin, "package.json"), { paths: [__dirname] })
  const { name = plugin, version = "0.0.0", fangshi } = JSON.parse(readFileSync(file, "utf8")) as Package
  return { id: fangshi?.plugin ?? name, package: name, version, folder: path.dirname(file) }
}
