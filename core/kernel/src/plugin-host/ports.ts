import { FangshiError, PORT_CAPABILITIES, type PluginManifest, type PluginPorts } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { z } from "zod"

/** Under which name the host's container keeps what makes the ports. */
export const PLUGIN_PORTS = "fangshi_plugin_ports"

export type PortMaker = {
  /** The ports as the plugin with this id would have them with every permission; null for a manifest that was not loaded at boot. */
  portsFor: (plugin: PluginManifest) => PluginPorts | null
  /** Notes that a call was refused. Never throws. */
  noteRefusal: (plugin: string, call: string) => void
}

type Scope = Pick<MedusaContainer, "resolve">

/**
 * What the kernel does for this plugin, in the shop of the running code. `plugin` is the very manifest of its src/plugin.ts:
 * a copy that declares more is not believed. A call without its capability throws PLUGIN_FORBIDDEN.
 */
export function portsOf<S extends z.ZodObject>(plugin: PluginManifest<S>, scope: Scope): PluginPorts<z.output<S>> {
  const maker = scope.resolve<PortMaker>(PLUGIN_PORTS)
  const whole = maker.portsFor(plugin as unknown as PluginManifest)
  if (!whole) throw new FangshiError("PLUGIN_FORBIDDEN", { plugin: plugin.id, capability: "id", call: "portsOf" })
  return granted(plugin as unknown as PluginManifest, whole, maker) as unknown as PluginPorts<z.output<S>>
}

type Call = (...args: unknown[]) => unknown

function granted(plugin: PluginManifest, whole: PluginPorts, maker: PortMaker): PluginPorts {
  const may = new Set<string>(plugin.permissions.capabilities)
  const guarded = Object.entries(whole).map(([port, calls]) => [
    port,
    Object.freeze(Object.fromEntries(Object.entries(calls as Record<string, Call>).map(([name, call]): [string, Call] => {
      const capability = PORT_CAPABILITIES[`${port}.${name}`]
      if (capability === undefined || may.has(capability)) return [name, call]
      return [name, () => {
        maker.noteRefusal(plugin.id, `${port}.${name}`)
        throw new FangshiError("PLUGIN_FORBIDDEN", { plugin: plugin.id, capability, call: `${port}.${name}` })
      }]
    }))),
  ])
  return Object.freeze(Object.fromEntries(guarded)) as PluginPorts
}
