import type { Locale } from "@fangshi/contracts"
import type { ComponentType } from "react"
import type { PluginPage, PluginRelay, WorkbenchScreen } from "./plugin-page"

/** The named places where plugins and themes meet, and what each place hands over. */
export type SlotProps = {
  "home.below-hero": object
  "product.below-price": { product_id: string }
  "checkout.before-pay": { cart_id: string }
  "account.menu": object
  "workbench.home": object
}
export type SlotName = keyof SlotProps

/** What a slot's entry may use while the page is made: the shop's own API as this visitor sees it. */
export type SlotAsk<N extends SlotName> = SlotProps[N] & { locale: Locale; get: <T>(path: string) => Promise<T> }

/** What one plugin puts into one slot. */
export type SlotEntry<N extends SlotName = SlotName> = {
  slot: N
  /** Smaller comes first; equal ones by the name of the plugin. */
  order: number
  /** Brings what the component shows, on the server; null: nothing is shown here. */
  load?: (ask: SlotAsk<N>) => Promise<unknown>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- data is whatever this entry's own load brought
  component: ComponentType<SlotProps[N] & { data: any }>
}
export type AnySlotEntry = { [N in SlotName]: SlotEntry<N> }[SlotName]

/** What only a plugin's own pages and screens need. */
export type PluginPages = {
  /** Pages of their own, at /x/<plugin>/<path>. */
  pages?: readonly PluginPage[]
  /** Screens of the merchant's workbench, at /workbench/x/<plugin>/<path>. */
  workbench?: readonly WorkbenchScreen[]
  /** What browsers may fetch of the shop API through the shop. */
  relays?: readonly PluginRelay[]
  /** Beside those that are there already. */
  locales?: Record<Locale, Record<string, unknown>>
  /** Addresses of style sheets of all these pages, imported with ?url. */
  styles?: readonly string[]
}

/** Checks what a plugin's own pages need while it is written; changes nothing. */
export const definePluginPages = (pages: PluginPages): PluginPages => pages

/** src/storefront/index.ts of a plugin: what it adds to the pages of the shops that switched it on. */
export type PluginStorefront = Omit<PluginPages, "locales" | "styles"> & {
  slots?: readonly AnySlotEntry[]
  /** What is fetched with the first of its own pages, and with no page of the shop's. */
  later?: () => Promise<{ later: PluginPages }>
  /** Read with useTranslation(id of the plugin). */
  locales?: Record<Locale, Record<string, unknown>>
  /** Addresses of its style sheets, imported with ?url. */
  styles?: readonly string[]
}

/** Checks a plugin's parts while they are written; changes nothing. */
export const definePluginStorefront = (parts: PluginStorefront): PluginStorefront => parts

export type RegisteredEntry = AnySlotEntry & { plugin: string; key: string }
export type SlotRegistry = ReadonlyMap<SlotName, readonly RegisteredEntry[]>

/** Sorts what plugins put into the slots, once; pages only read. */
export function slotRegistry(plugins: ReadonlyMap<string, PluginStorefront>): SlotRegistry {
  const entries = [...plugins].flatMap(([plugin, { slots = [] }]) => slots.map((entry, i): RegisteredEntry => ({ ...entry, plugin, key: `${plugin}#${i}` })))
  const registry = new Map<SlotName, RegisteredEntry[]>()
  for (const entry of entries.sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))) registry.set(entry.slot, [...(registry.get(entry.slot) ?? []), entry])
  return registry
}

/** What the entries' loads brought, by key. An entry that is not in it is not shown. */
export type SlotData = Record<string, unknown>
