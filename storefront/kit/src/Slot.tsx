import { type ComponentType, createContext, useContext } from "react"
import { useShop } from "./ShopProvider"

/** The named places where plugins and themes meet, and what each place hands over. */
export type SlotProps = {
  "home.below-hero": object
  "product.below-price": { product_id: string }
  "checkout.before-pay": { cart_id: string }
  "account.menu": object
  "workbench.home": object
}
export type SlotName = keyof SlotProps

export type SlotEntry<N extends SlotName = SlotName> = {
  slot: N
  plugin: string
  /** Smaller comes first; equal ones by plugin name. */
  order: number
  component: ComponentType<SlotProps[N]>
}

export type SlotRegistry = ReadonlyMap<SlotName, readonly SlotEntry[]>

/** Sorts the entries once; pages only read. */
export function slotRegistry(entries: SlotEntry[]): SlotRegistry {
  const registry = new Map<SlotName, SlotEntry[]>()
  for (const entry of [...entries].sort((a, b) => a.order - b.order || a.plugin.localeCompare(b.plugin))) registry.set(entry.slot, [...(registry.get(entry.slot) ?? []), entry])
  return registry
}

const Registry = createContext<{ slots: SlotRegistry; active: ReadonlySet<string> }>({ slots: new Map(), active: new Set() })

export const SlotProvider = Registry.Provider

/** Shows what the tenant's active plugins put here; nothing at all where there is none. */
export function Slot<N extends SlotName>({ name, ...props }: { name: N } & SlotProps[N]) {
  const { slots, active } = useContext(Registry)
  const { tenant_id } = useShop()
  const entries = (slots.get(name) ?? []).filter((entry) => active.has(entry.plugin)) as unknown as SlotEntry<N>[]
  return entries.map(({ plugin, component: Component }) => <Component key={`${tenant_id}:${plugin}`} {...(props as unknown as SlotProps[N] & object)} />)
}
