import type { LocalizedText, PluginFacts } from "@fangshi/contracts"
import { runInTenant } from "@fangshi/kernel/src/tenancy/context"
import type { MedusaContainer } from "@medusajs/framework/types"
import { PLUGIN_HOST, type PluginDesk, type PluginHost, type SwitchState, pluginStates } from "./activation"
import type { KnownPlugin } from "./plugin-registry"
import type { ShownSettings } from "./plugin-settings"

/** A plugin as the shop's owner sees it; a plain Medusa plugin has no words on itself, and nothing to set. */
export type PluginView = SwitchState & {
  id: string
  version: string
  name: LocalizedText
  description: LocalizedText | null
  needs: string[]
  permissions: PluginFacts["permissions"] | null
  settings: ShownSettings | null
}

export const pluginHostOf = (scope: Pick<MedusaContainer, "resolve">): PluginHost => scope.resolve<PluginHost>(PLUGIN_HOST)

/** Every plugin of the deployment, in the order of their ids. */
export async function listPlugins(host: PluginDesk, tenant: string): Promise<PluginView[]> {
  const states = await pluginStates(host, tenant)
  const views = host.registry.all.map((plugin) => view(host, tenant, plugin, states.get(plugin.id) as SwitchState))
  return (await Promise.all(views)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** One of them. Throws PLUGIN_UNKNOWN. */
export async function getPlugin(host: PluginDesk, tenant: string, id: string): Promise<PluginView> {
  const plugin = host.registry.get(id)
  return view(host, tenant, plugin, (await pluginStates(host, tenant)).get(id) as SwitchState)
}

async function view(host: PluginDesk, tenant: string, { id, version, manifest }: KnownPlugin, state: SwitchState): Promise<PluginView> {
  const settings = manifest ? await runInTenant(tenant, () => host.pluginSettings.show(manifest)) : null
  return { id, version, name: manifest?.name ?? { "zh-CN": id, en: id }, description: manifest?.description ?? null, needs: Object.keys(manifest?.needs ?? {}), permissions: manifest?.permissions ?? null, settings, ...state }
}
