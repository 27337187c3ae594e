import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { findPackage } from "../plugin-host/find-package"
import { PLUGINS } from "../plugins"
import { REPOSITORY, operatorsPlugins } from "../settings"

/** Names that a tenant.yaml may give as its theme: the packages in themes/. */
export const knownThemes = (root = path.join(REPOSITORY, "themes")): string[] =>
  readdirSync(root).filter((name) => existsSync(path.join(root, name, "package.json"))).sort()

/** Names that a tenant.yaml may list as its plugins: those of the packages this deployment loads. */
export const knownPlugins = (): string[] => [...PLUGINS, ...operatorsPlugins()].map(nameOf).sort()

function nameOf(plugin: string): string {
  try {
    return findPackage(plugin).id
  } catch {
    // The start refuses it and says why.
    return plugin
  }
}
