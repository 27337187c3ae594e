import { type PluginStorefront, type SlotRegistry, slotRegistry } from "@fangshi/storefront-kit"

const known = new Map<string, PluginStorefront>()
const registries = new Map<string, SlotRegistry>()

/** Makes a plugin's parts known: on the server those of all, in a browser those of its shop. */
export function addPlugin(name: string, parts: PluginStorefront): void {
  known.set(name, parts)
  registries.clear()
}

/** Those of `names` that have parts here. */
export const pluginsNamed = (names: readonly string[]): [string, PluginStorefront][] =>
  names.flatMap((name) => {
    const parts = known.get(name)
    return parts ? [[name, parts] as [string, PluginStorefront]] : []
  })

/** The sorted entries of these plugins. */
export function registryOf(names: readonly string[]): SlotRegistry {
  const key = [...names].sort().join()
  const registry = registries.get(key) ?? slotRegistry(new Map(pluginsNamed(names)))
  registries.set(key, registry)
  return registry
}

/** Texts of every plugin that is known, each under its own name. */
export const pluginTexts = (locale: "zh-CN" | "en"): Record<string, object> => Object.fromEntries([...known].flatMap(([name, { locales }]) => (locales ? [[name, locales[locale]]] : [])))
