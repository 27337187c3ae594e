import { FangshiError } from "@fangshi/contracts"
import { type PluginGuard, type PluginOwners, currentTenant } from "@fangshi/kernel"
import type { PluginRegistry } from "../plugin-host/plugin-registry"
import type { TenantDirectory } from "../tenants/directory"

/** Medusa's own packages and the platform's code are always on; everything else belongs to the plugin in whose folder it lies. */
export const pluginOwners = (registry: PluginRegistry, directory: TenantDirectory, guard: PluginGuard): PluginOwners => ({
  ownerOf: (file) => registry.ownerOf(file),
  isActive: (plugin) => directory.peek(currentTenant())?.plugins.has(plugin) ?? false,
  assertHears: (plugin, event) => {
    const manifest = registry.find(plugin)?.manifest
    // A plain Medusa plugin declares nothing; its own events a plugin hears anyway.
    if (!manifest || manifest.permissions.events.includes(event) || manifest.emits.includes(event)) return
    throw new FangshiError("PLUGIN_FORBIDDEN", { plugin, capability: event, call: "subscribe" })
  },
  guard,
})
