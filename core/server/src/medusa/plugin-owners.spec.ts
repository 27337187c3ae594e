import { definePlugin } from "@fangshi/contracts"
import type { PluginRegistry } from "../plugin-host/plugin-registry"
import { pluginOwners } from "./plugin-owners"

const text = { "zh-CN": "便笺", en: "Notes" }
const manifest = definePlugin({ id: "notes", version: "1.0.0", core: "^0.1.0", name: text, description: text, permissions: { events: ["order.placed"] }, emits: ["notes.written"] })
const registry = { find: (id: string) => (id === "notes" ? { id, manifest } : { id, manifest: null }) } as unknown as PluginRegistry
const owners = pluginOwners(registry, {} as never, {} as never)

it("a plugin hears the events that its manifest names, and its own; a plain one hears all", () => {
  for (const [plugin, event] of [["notes", "order.placed"], ["notes", "notes.written"], ["plain", "product.created"]] as const) expect(() => owners.assertHears(plugin, event)).not.toThrow()
  expect(() => owners.assertHears("notes", "product.created")).toThrow(expect.objectContaining({ code: "PLUGIN_FORBIDDEN", params: { plugin: "notes", capability: "product.created", call: "subscribe" } }))
})
