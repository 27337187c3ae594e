import { AsyncLocalStorage } from "node:async_hooks"

/** What a plugin is doing: `kind` as in request, `tenant` the shop it does it for. */
export type PluginWork = { plugin: string; tenant: string; kind: PluginWorkKind }
export type PluginWorkKind = "request" | "middleware" | "subscriber" | "job" | "hook" | "task"

const storage = new AsyncLocalStorage<PluginWork | undefined>()

/** What the running code does for a plugin; undefined where it is the platform's or Medusa's. */
export const currentWork = (): PluginWork | undefined => storage.getStore()

/** The plugin whose code is running, or null. */
export const currentPlugin = (): string | null => storage.getStore()?.plugin ?? null

/** Runs `work` in a plugin's name; timers and promises that it begins keep the name. */
export const asPlugin = <T>(doing: PluginWork, work: () => T): T => storage.run(doing, work)

/** Runs in nobody's name what a plugin only set off: the next handler, another subscriber. */
export const asNobody = <T>(work: () => T): T => storage.run(undefined, work)
