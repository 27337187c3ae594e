import path from "node:path"
import { type Blocked, settleBlocked, watchEventLoop } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { log } from "../log"
import type { Settings } from "../settings"
import type { TenantDirectory } from "../tenants/directory"
import { quarantinePlugin } from "./quarantine"

/** Pauses a plugin that keeps the process from everything else, at the first time: all shops stood still. What the process before this one left written down is settled before anybody is served. Returns what ends the watch. */
export async function watchPlugins(knex: Knex, directory: TenantDirectory, { dataDir, pluginBlockMs }: Pick<Settings, "dataDir" | "pluginBlockMs">): Promise<() => Promise<void>> {
  const folder = path.join(dataDir, "blocked-plugins")
  const settle = async (what: Blocked) => {
    await quarantinePlugin(knex, what, `it kept the process for ${what.seconds} seconds`)
    directory.forget()
  }
  await settleBlocked(folder, settle)
  return watchEventLoop({ limit_ms: pluginBlockMs, folder, blocked: (what) => void settle(what).catch((error: unknown) => log.error({ err: error, plugin: what.plugin, shop: what.tenant }, "a plugin that blocked could not be paused")) })
}
