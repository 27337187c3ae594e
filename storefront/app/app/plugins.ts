import type { Locale } from "@fangshi/contracts"
import { type PluginPages, type PluginStorefront, type SlotRegistry, slotRegistry } from "@fangshi/storefront-kit"
import type { i18n } from "i18next"

const known = new Map<string, PluginStorefront>()
const registries = new Map<string, SlotRegistry>()
const speaking: { instance: i18n; locales: readonly Locale[] }[] = []

/** Makes a plugin's parts known: on the server those of all, in a browser those of its shop. */
export function addPlugin(name: string, parts: PluginStorefront): void {
  known.set(name, parts)
  registries.clear()
}

/** Fetches what the plugin's own pages need, once. */
export async function completePlugin(name: string): Promise<void> {
  const { later, ...parts } = known.get(name) ?? {}
  if (!later) return
  const { pages = [], workbench = [], relays = [], styles = [], locales } = (await later()).later
  const styled = <P extends { styles?: readonly string[] }>(list: readonly P[]) => list.map((each) => ({ ...each, styles: [...styles, ...(each.styles ?? [])] }))
  addPlugin(name, {
    ...parts,
    pages: [...(parts.pages ?? []), ...styled(pages)],
    workbench: [...(parts.workbench ?? []), ...styled(workbench)],
    relays: [...(parts.relays ?? []), ...relays],
    ...(locales && { locales: { "zh-CN": together(parts.locales?.["zh-CN"], locales["zh-CN"]), en: together(parts.locales?.en, locales.en) } }),
  })
  for (const each of speaking) addTexts(each, name, locales)
}

type Texts = Record<string, unknown>
const isGroup = (texts: unknown): texts is Texts => typeof texts === "object" && texts !== null

/** Both, group by group. */
const together = (texts: Texts = {}, more: Texts): Texts => Object.fromEntries([...Object.entries(texts), ...Object.entries(more).map(([key, text]) => [key, isGroup(text) && isGroup(texts[key]) ? together(texts[key], text) : text] as const)])

function addTexts({ instance, locales }: (typeof speaking)[number], name: string, texts: PluginPages["locales"]): void {
  for (const locale of texts ? locales : []) instance.addResourceBundle(locale, name, texts?.[locale], true)
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

/** Gives an instance the texts of every plugin that is known, each under its own name; in a browser also those that come later. */
export function speakPlugins(instance: i18n, locales: readonly Locale[]): void {
  for (const [name, parts] of known) addTexts({ instance, locales }, name, parts.locales)
  if (typeof document !== "undefined") speaking.push({ instance, locales })
}
