import { AsyncLocalStorage } from "node:async_hooks"
import { runInTenant } from "../context"
import { type SeamUse, type Wrap, type WrappedHost, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Options = Record<string, unknown>
const resolved = new AsyncLocalStorage<{ provider: string; options: Options | null }>()

const SERVICES: [string, string, string][] = [
  ["@medusajs/payment", "services/payment-provider.js", "retrieveProvider"],
  ["@medusajs/fulfillment", "services/fulfillment-provider.js", "retrieveProviderRegistration"],
  ["@medusajs/notification", "services/notification-provider.js", "retrieveProviderRegistration"],
]

const proxies = new WeakMap<object, object>()

/**
 * A provider as the current tenant sees it: each call first reads the tenant's credentials, then runs on a view of
 * the provider whose `options`, `options_` and `config` are the platform's overlaid with the tenant's.
 */
function forTenant(provider: object, id: string, credentials: WrappedHost["credentials"]): object {
  const known = proxies.get(provider)
  if (known) return known
  const proxy = new Proxy(provider, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (typeof value !== "function" || key === "constructor") return value
      return async (...args: unknown[]) => {
        const options = await credentials(id)
        const self = options ? withOptions(target, options) : target
        return resolved.run({ provider: id, options }, () => (value as (...a: unknown[]) => unknown).apply(self, args))
      }
    },
  })
  proxies.set(provider, proxy)
  return proxy
}

function withOptions(target: object, options: Options): object {
  const view = Object.create(target) as Record<string, unknown>
  for (const name of ["options", "options_", "config", "config_"]) {
    const base = (target as Record<string, unknown>)[name]
    if (base && typeof base === "object") view[name] = { ...(base as Options), ...options }
  }
  return view
}

/** The credentials of the running provider call, for providers of ours; null where the tenant has none. */
export const currentCredentials = (): Options | null => resolved.getStore()?.options ?? null

let uses: SeamUse[] = []

/** Medusa gives a provider its options once, for the whole process. */
export const providerCredentials: Wrap = {
  name: "provider-credentials",
  reason: "Payment keys and the like are options of the process: every shop's money would have gone to one account.",
  seam: "@medusajs/payment, fulfillment, notification: provider services",
  beforeLoad: ({ credentials }) => {
    uses = SERVICES.map(([name, file, method]) => {
      const service = medusaInternal<{ default: { prototype: object } }>(name, file).default
      return wrapMethod(providerCredentials.seam, service.prototype, method, (original) => function (id: string, ...rest: unknown[]) {
        const provider = original.call(this, id, ...rest) as object
        return provider && typeof provider === "object" ? forTenant(provider, id, credentials) : provider
      })
    })
  },
  verify: async () => {
    expectSeam(uses.length === SERVICES.length, "a provider service is not wrapped")
    for (const [name, file, method] of SERVICES) {
      const service = medusaInternal<{ default: { prototype: Record<string, unknown> } }>(name, file).default
      expectSeam(typeof service.prototype[method] === "function", `${name} ${method} is gone`)
    }
    class Probe {
      options_ = { key: "platform" }
      async read() {
        return this.options_.key
      }
    }
    const view = forTenant(new Probe(), "probe", async () => ({ key: "tenant" })) as Probe
    expectSeam((await runInTenant("wrap-one", () => view.read())) === "tenant", "a provider does not see the tenant's credentials")
  },
}
