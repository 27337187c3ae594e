import type { PluginWorkKind } from "./running"

/** In seconds. */
export type PluginLimits = Record<PluginWorkKind, number>

/** A hook runs in somebody's request, but also in the steps of a plugin's own long workflows. */
export const PLUGIN_LIMITS: PluginLimits = { request: 15, middleware: 15, subscriber: 60, hook: 60, job: 300, task: 300 }
