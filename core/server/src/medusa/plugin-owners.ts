import path from "node:path"
import { getResolvedPlugins } from "@medusajs/framework/utils"
import { type PluginGuard, type PluginOwners, currentTenant } from "@fangshi/kernel"
import type { TenantDirectory } from "../tenants/directory"
import { MEDUSA_ROOT } from "./load"

/** Medusa's own packages and the platform's code are always on; everything else belongs to the plugin in whose folder it lies. */
export async function pluginOwners(plugins: string[], directory: TenantDirectory, guard: PluginGuard): Promise<PluginOwners> {
  const resolved = await getResolvedPlugins(MEDUSA_ROOT, { plugins: plugins.map((resolve) => ({ resolve, options: {} })) } as never, false)
  const roots = resolved.map((plugin) => ({ name: plugin.name, root: plugin.resolve + path.sep, source: path.join(plugin.resolve, "../../../src") + path.sep }))
  return {
    ownerOf: (file) => roots.find(({ root, source }) => file.startsWith(root) || file.startsWith(source))?.name ?? null,
    isActive: (plugin) => directory.peek(currentTenant())?.plugins.has(plugin) ?? false,
    guard,
  }
}
