import { existsSync, readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { PLUGINS } from "../plugins"
import { REPOSITORY, operatorsPlugins } from "../settings"

/** Names that a tenant.yaml may give as its theme: the packages in themes/. */
export const knownThemes = (root = path.join(REPOSITORY, "themes")): string[] =>
  readdirSync(root).filter((name) => existsSync(path.join(root, name, "package.json"))).sort()

/** Names that a tenant.yaml may list as its plugins: those of the packages this deployment loads. */
export const knownPlugins = (): string[] => [...PLUGINS, ...operatorsPlugins()].map(packageName).sort()

function packageName(plugin: string): string {
  try {
    const file = require.resolve(path.join(plugin, "package.json"), { paths: [__dirname] })
    return (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name ?? plugin
  } catch {
    // Medusa's own loader will refuse to start and name it.
    return plugin
  }
}
