import { AsyncLocalStorage } from "node:async_hooks"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { currentTenant, runInTenant } from "../context"
import { type SeamUse, type Wrap, type WrappedHost, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Options = Record<string, unknown>
const resolved = new AsyncLocalStorage<{ provider: string; options: Options | null }>()
const keys = new AsyncLocalStorage<string>()

/**
 * Calls of providers in `work` carry this idempotency key. Medusa's own is the id of a row that a process which is killed
 * takes with it: the same refund, tried again, would be another one to the payment company.
 */
export const withProviderKey = <T>(key: string, work: () => Promise<T>): Promise<T> => keys.run(key, work)

const keyed = ([input, ...rest]: unknown[]): unknown[] => {
  const idempotency_key = keys.getStore()
  if (!idempotency_key || typeof input !== "object" || input === null) return [input, ...rest]
  return [{ ...input, context: { ...(input as { context?: object }).context, idempotency_key } }, ...rest]
}

type Asked = { data: unknown; amount?: unknown }
/** Asks a payment's provider and writes no row. */
export type PaymentProviders = Record<"capturePayment" | "refundPayment", (provider_id: string, asked: Asked) => Promise<{ data?: unknown }>>

/** The providers of Medusa's payment module, for whoever writes the rows of many payments together: each as the current tenant has it. */
export const paymentProviders = (scope: Pick<MedusaContainer, "resolve">): PaymentProviders => (scope.resolve(Modules.PAYMENT) as unknown as { paymentProviderService_: PaymentProviders }).paymentProviderService_

const SERVICES: [string, string, string][] = [
  ["@medusajs/payment", "services/payment-provider.js", "retrieveProvider"],
  ["@medusajs/fulfillment", "services/fulfillment-provider.js", "retrieveProviderRegistration"],
  ["@medusajs/notification", "services/notification-provider.js", "retrieveProviderRegistration"],
]

const proxies = new WeakMap<object, object>()

/** A provider as the current tenant sees it: each call first reads the tenant's credentials, then runs on the tenant's own instance. */
function forTenant(provider: object, id: string, container: unknown, credentials: WrappedHost["credentials"]): object {
  const known = proxies.get(provider)
  if (known) return known
  const instanceOf = ownInstances(provider, container)
  const proxy = new Proxy(provider, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (typeof value !== "function" || key === "constructor") return value
      return async (...args: unknown[]) => {
        const options = await credentials(id)
        const self = options ? instanceOf(options) : target
        return resolved.run({ provider: id, options }, () => (self as Record<PropertyKey, (...a: unknown[]) => unknown>)[key]?.(...keyed(args)))
      }
    },
  })
  proxies.set(provider, proxy)
  return proxy
}

type ProviderClass = new (container: unknown, options: Options) => object

/**
 * One instance for each tenant, made as Medusa makes the provider itself: most build the client of their payment company in
 * the constructor, so that options changed later would still charge the platform's account. Made anew when the credentials change.
 */
function ownInstances(provider: object, container: unknown): (credentials: Options) => object {
  const made = new Map<string, { sealed: string; instance: object }>()
  const Provider = provider.constructor as ProviderClass
  return (credentials) => {
    const tenant = currentTenant()
    const sealed = JSON.stringify(credentials)
    const known = made.get(tenant)
    if (known?.sealed === sealed) return known.instance
    const instance = new Provider(container, { ...optionsOf(provider), ...credentials })
    made.set(tenant, { sealed, instance })
    return instance
  }
}

/** What the provider got from the configuration, by the names Medusa's own providers keep it under. */
function optionsOf(provider: object): Options {
  const kept = provider as Record<string, unknown>
  return Object.assign({}, ...["config", "config_", "options", "options_"].map((name) => (typeof kept[name] === "object" ? kept[name] : {}))) as Options
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
      return wrapMethod(providerCredentials.seam, service.prototype, method, (original) => function (this: { __container__?: unknown }, id: string, ...rest: unknown[]) {
        const provider = original.call(this, id, ...rest) as object
        return provider && typeof provider === "object" ? forTenant(provider, id, this.__container__, credentials) : provider
      })
    })
  },
  verify: async ({ container }) => {
    const asked = paymentProviders(container) as Partial<PaymentProviders> | undefined
    expectSeam(typeof asked?.capturePayment === "function" && typeof asked.refundPayment === "function", "the payment module keeps its providers elsewhere")
    expectSeam(uses.length === SERVICES.length, "a provider service is not wrapped")
    for (const [name, file, method] of SERVICES) {
      const service = medusaInternal<{ default: { prototype: Record<string, unknown> } }>(name, file).default
      expectSeam(typeof service.prototype[method] === "function", `${name} ${method} is gone`)
    }
    class Probe {
      private readonly client: string
      constructor(_container: unknown, private readonly options_: Options) {
        this.client = String(this.options_.key)
      }
      async read() {
        return this.client
      }
      async pay(input: { context?: { idempotency_key?: string } }) {
        return input.context?.idempotency_key
      }
    }
    const view = forTenant(new Probe({}, { key: "platform" }), "probe", {}, async () => ({ key: "tenant" })) as Probe
    expectSeam((await runInTenant("wrap-one", () => view.read())) === "tenant", "a provider does not see the tenant's credentials")
    const paid = await runInTenant("wrap-one", () => withProviderKey("key", () => view.pay({ context: { idempotency_key: "row" } })))
    expectSeam(paid === "key", "a provider does not see the idempotency key")
  },
}
