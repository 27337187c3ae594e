import { Component, type ComponentType, type ReactNode, Suspense, createContext, useContext } from "react"
import type { SlotData, SlotName, SlotProps, SlotRegistry } from "./slots"

const Registry = createContext<SlotRegistry>(new Map())

/** Makes the parts of the tenant's active plugins, and of no others, known to the slots inside. */
export const SlotProvider = Registry.Provider

/** A part that fails leaves its place empty; the page around it stands. */
class Contained extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override render = () => (this.state.failed ? null : this.props.children)
}

/** Shows what the tenant's active plugins put here; nothing at all where there is none. `loaded`: what the page's loader got from loadSlots. */
export function Slot<N extends SlotName>({ name, loaded, ...props }: { name: N; loaded: SlotData } & SlotProps[N]) {
  const entries = (useContext(Registry).get(name) ?? []).filter(({ key }) => key in loaded)
  return entries.map(({ key, component }) => {
    const Part = component as unknown as ComponentType<object>
    return (
      <Contained key={key}>
        <Suspense fallback={null}><Part {...props} data={loaded[key]} /></Suspense>
      </Contained>
    )
  })
}
