import { existsSync, realpathSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { PLUGINS } from "@fangshi/server/src/plugins"
import { findPackage } from "@fangshi/server/src/plugin-host/find-package"
import { REPOSITORY, operatorsPlugins } from "@fangshi/server/src/settings"

/** Where a plugin is developed: its folder by path, or by id below plugins/. Throws PLUGIN_UNKNOWN. */
export function pluginFolder(plugin: string): string {
  const places = [path.resolve(plugin), path.join(REPOSITORY, "plugins", plugin)]
  const found = places.find((place) => existsSync(path.join(place, "package.json")) && existsSync(path.join(place, "src/plugin.ts")))
  if (!found) throw new FangshiError("PLUGIN_UNKNOWN", { plugin, known: "plugins/*" })
  return realpathSync(found)
}

/** Does the host load it already, by its line in the composition root or by the operator's wish? */
export const isLoaded = (folder: string): boolean => {
  const { id } = findPackage(folder)
  return [...PLUGINS, ...operatorsPlugins()].some((each) => findPackage(each).id === id)
}
