import type { PluginPorts } from "@fangshi/contracts"
import { PLUGIN_PORTS, type PortMaker } from "@fangshi/kernel"
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Live } from "../plugin-ports/live"
import { schedulePort } from "../plugin-ports/schedule"
import type { TenantDirectory } from "../tenants/directory"
import type { PluginHost } from "./activation"
import { Changes, TENANT_CHANGES } from "./changes"
import { PLUGIN_REGISTRY, type PluginRegistry } from "./plugin-registry"
import { PLUGIN_SETTINGS, PluginSettings } from "./plugin-settings"
import { TaskRunner } from "./task-runner"

export const PLUGIN_HOST = "fangshi_plugin_host"

type Options = { knex: Knex; container: MedusaContainer; directory: TenantDirectory; registry: PluginRegistry; databaseUrl: string; masterSecret: string; now: () => number }
export type Plugins = { host: PluginHost; changes: Changes; start: () => Promise<void>; stop: () => Promise<void> }

/** What plugins need of the process: their settings, their ports, their tasks, and what other processes change. */
export function preparePlugins({ knex, container, directory, registry, databaseUrl, masterSecret, now }: Options): Plugins {
  const pluginSettings = new PluginSettings(knex, masterSecret)
  const forget = () => {
    directory.forget()
    pluginSettings.forget()
  }
  const changes = new Changes(databaseUrl, forget)
  changes.on(TENANT_CHANGES, forget)
  const live = new Live(knex, changes)
  const host: PluginHost = { knex, container, directory, registry, pluginSettings, now }
  const runner = new TaskRunner({ knex, container: () => container, registry, now, guard: (_plugin, work) => work() })
  container.register({ [PLUGIN_REGISTRY]: asValue(registry), [PLUGIN_SETTINGS]: asValue(pluginSettings), [PLUGIN_HOST]: asValue(host), [PLUGIN_PORTS]: asValue(portMaker(host, live)) })
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
    },
  }
}

function portMaker({ registry, pluginSettings, knex, now }: PluginHost, live: Live): PortMaker {
  return {
    portsFor: (plugin) =>
      // The manifest that was checked, not one that says the same and more.
      registry.find(plugin.id)?.manifest !== plugin ? null : ({
        clock: { now: () => new Date(now()) },
        settings: { get: () => pluginSettings.get(plugin) },
        live: live.portFor(plugin.id),
        schedule: schedulePort(knex, plugin),
      } as unknown as PluginPorts),
    noteRefusal: () => undefined,
  }
}
