import { PLUGINS } from "@fangshi/server/src/plugins"
import { findPackage } from "@fangshi/server/src/plugin-host/find-package"
import { cloneDatabase } from "./databases"
import { FIXTURE_PLUGINS } from "./fixture-plugins"
import { startHostProcess } from "./host-process"
import { clonePluginDatabase } from "./plugin-template"
import type { SharedHost } from "./shared-host"

/** The real host with a plugin, for the plugin's own tests. */
export type PluginTestHost = SharedHost & { dataDir: string; stop: () => Promise<void> }

/** Boots the real host with the plugin of a folder in a process and a database of its own, whose schema has the plugin's tables. */
export async function startPluginHost(folder: string): Promise<PluginTestHost> {
  const { id } = findPackage(folder)
  const shipped = PLUGINS.some((name) => findPackage(name).id === id)
  const plugins = shipped ? FIXTURE_PLUGINS : `${FIXTURE_PLUGINS},${folder}`
  // Every test's database has the tables of what is shipped.
  const database = await (shipped ? cloneDatabase() : clonePluginDatabase(folder, plugins))
  try {
    const host = await startHostProcess(database, { FANGSHI_PLUGINS: plugins, FANGSHI_LOG_LEVEL: "fatal" })
    const stop = async () => {
      await host.kill()
      await database.drop()
    }
    return { url: host.url, controlUrl: host.controlUrl, ownerUrl: database.ownerUrl, appUrl: database.appUrl, dataDir: host.dataDir, stop }
  } catch (error) {
    await database.drop()
    throw error
  }
}
