import type { PluginManifest, PluginPorts } from "@fangshi/contracts"
import { PLUGIN_PORTS, type PluginGuard, type PortMaker, outgoingHttp } from "@fangshi/kernel"
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Live } from "../plugin-ports/live"
import { makePorts, refusalNoter } from "../plugin-ports/ports"
import { schedulePort } from "../plugin-ports/schedule"
import type { TenantDirectory } from "../tenants/directory"
import { PLUGIN_HOST, type PluginHost } from "./activation"
import { Changes, TENANT_CHANGES } from "./changes"
import { PLUGIN_REGISTRY, type PluginRegistry } from "./plugin-registry"
import { PLUGIN_SETTINGS, PluginSettings } from "./plugin-settings"
import { TaskRunner } from "./task-runner"

type Options = { knex: Knex; container: MedusaContainer; directory: TenantDirectory; registry: PluginRegistry; guard: PluginGuard; databaseUrl: string; masterSecret: string; now: () => number }
export type Plugins = { host: PluginHost; changes: Changes; start: () => Promise<void>; stop: () => Promise<void> }

/** What plugins need of the process: their settings, their ports, their tasks, and what other processes change. */
export function preparePlugins({ knex, container, directory, registry, guard, databaseUrl, masterSecret, now }: Options): Plugins {
  const pluginSettings = new PluginSettings(knex, masterSecret)
  const forget = () => {
    directory.forget()
    pluginSettings.forget()
  }
  const changes = new Changes(databaseUrl, forget)
  changes.on(TENANT_CHANGES, forget)
  const live = new Live(knex, changes)
  const http = outgoingHttp({ hostsOf: (plugin) => registry.find(plugin)?.manifest?.permissions.hosts ?? [] })
  const host: PluginHost = { knex, container, directory, registry, guard, pluginSettings, now }
  const runner = new TaskRunner({ knex, container: () => container, registry, now, guard: (plugin, work) => guard.run(plugin, "task", work) })
  container.register({ [PLUGIN_REGISTRY]: asValue(registry), [PLUGIN_SETTINGS]: asValue(pluginSettings), [PLUGIN_HOST]: asValue(host), [PLUGIN_PORTS]: asValue(portMaker(host, live, http)) })
  return {
    host,
    changes,
    start: async () => {
      await changes.start()
      runner.start()
    },
    stop: async () => {
      await runner.stop()
      await changes.stop()
      await http.close()
    },
  }
}

function portMaker({ registry, pluginSettings, knex, container, now }: PluginHost, live: Live, http: ReturnType<typeof outgoingHttp>): PortMaker {
  const made = makePorts({
    container,
    clock: now,
    rest: (plugin) => ({ settings: { get: () => pluginSettings.get(plugin) }, live: live.portFor(plugin.id), schedule: schedulePort(knex, plugin), http: http.portFor(plugin.id) }),
  })
  const known = new Map<PluginManifest, PluginPorts>()
  return {
    portsFor: (plugin) => {
      // The manifest that was checked, not one that says the same and more.
      if (registry.find(plugin.id)?.manifest !== plugin) return null
      const ports = known.get(plugin) ?? made(plugin)
      known.set(plugin, ports)
      return ports
    },
    noteRefusal: refusalNoter(container, now),
  }
}
