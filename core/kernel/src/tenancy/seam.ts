import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Application } from "express"
import type { PluginGuard } from "../plugin-host/guard"

/** What the wraps work on. */
export type WrappedHost = {
  app: Application
  container: MedusaContainer
  /** The live projectConfig of Medusa; http secrets are read from it at request time. */
  projectConfig: { http: Record<string, unknown> }
  /** At least 32 characters; per-tenant secrets are derived from it. */
  masterSecret: string
  plugins: PluginOwners
  /** Tenants for which background work runs: active ones, in the order of their ids. */
  activeTenants: () => Promise<string[]>
  credentials: (provider: string) => Promise<Record<string, unknown> | null>
}

/** Which package a file belongs to, whether the current tenant has switched it on, and what runs its code. */
export type PluginOwners = {
  /** Null for Medusa itself and for the platform's own code, which are always on. */
  ownerOf: (file: string) => string | null
  isActive: (plugin: string) => boolean
  /** Throws PLUGIN_FORBIDDEN where the plugin's manifest does not name this event. */
  assertHears: (plugin: string, event: string) => void
  guard: PluginGuard
}

/** One place where Medusa is made to know tenants. */
export type Wrap = {
  name: string
  /** What leaked, broke or was shared without it. */
  reason: string
  /** Package, file and member that is wrapped. */
  seam: string
  /** Runs before Medusa's loaders. */
  beforeLoad?: (host: WrappedHost) => void
  /** Runs after Medusa's loaders, still in the platform's context. */
  afterLoad?: (host: WrappedHost) => void
  /** Start-up self-test by effect, not by presence. Throws an Error that says what it saw. */
  verify: (host: WrappedHost) => void | Promise<void>
}

/** Loads a file inside a Medusa package that its exports do not name. `specifier` is e.g. "@medusajs/caching". */
export function medusaInternal<T>(specifier: string, file: string): T {
  const entry = require.resolve(specifier)
  const root = entry.slice(0, entry.lastIndexOf(`${path.sep}dist${path.sep}`))
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- internal files have no import path
  return require(path.join(root, "dist", file)) as T
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the arguments of a foreign method
type Method = (this: any, ...args: any[]) => any

/** Counts how often Medusa went through a wrapped method: a seam nobody calls any more has moved. */
export type SeamUse = { calls: number }

const wrapped = Symbol.for("fangshi.wrapped")

/** Replaces `target[name]` by what `make` builds around it. Twice is once. Throws SEAM_MOVED when the method is not there. */
export function wrapMethod(seam: string, target: object, name: string, make: (original: Method) => Method): SeamUse {
  const holder = target as Record<string, Method & { [wrapped]?: SeamUse }>
  const original = holder[name]
  if (typeof original !== "function") throw new FangshiError("SEAM_MOVED", { seam, problem: `${name} is not a method`, file: "core/kernel/src/tenancy/wraps.ts" })
  const before = original[wrapped]
  if (before) return before
  const use: SeamUse = { calls: 0 }
  const replacement = make(original)
  const counted: Method & { [wrapped]?: SeamUse } = function (...args) {
    use.calls++
    return replacement.apply(this, args) as unknown
  }
  counted[wrapped] = use
  Object.defineProperty(holder, name, { value: counted, configurable: true, writable: true })
  return use
}

/** For verify(): `condition` must hold. */
export function expectSeam(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(problem)
}
