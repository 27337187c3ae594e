import { NO_TENANT, currentTenant, runInTenant } from "../context"
import { type SeamUse, type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Event = { name: string; metadata?: { tenant_id?: string } & Record<string, unknown> }
type Bus = {
  emit(events: Event | Event[], options?: unknown): Promise<void>
  subscribe(event: string, subscriber: (event: Event) => Promise<void>, context?: unknown): unknown
  unsubscribe(event: string, subscriber: (event: Event) => Promise<void>, context?: unknown): unknown
}

const stamp = (event: Event): Event => ({ ...event, metadata: { ...event.metadata, tenant_id: currentTenant() } })
const bus = (host: Parameters<Wrap["verify"]>[0]) => host.container.resolve("event_bus") as unknown as Bus

/** Every event names its tenant; a queue between emitter and subscriber then cannot lose it. */
export const eventTenant: Wrap = {
  name: "event-tenant",
  reason: "A subscriber behind a queue ran without a tenant, or with the tenant of whoever started the worker.",
  seam: "event bus emit and subscribe",
  afterLoad: (host) => {
    wrapMethod(eventTenant.seam, bus(host), "emit", (original) => function (events: Event | Event[], options?: unknown) {
      return original.call(this, Array.isArray(events) ? events.map(stamp) : stamp(events), options)
    })
  },
  verify: async (host) => {
    const seen = new Promise<string | undefined>((resolve, reject) => {
      const listener = async (event: Event) => {
        bus(host).unsubscribe("fangshi.self-test", listener, { subscriberId: "fangshi-self-test" })
        resolve(event.metadata?.tenant_id)
      }
      bus(host).subscribe("fangshi.self-test", listener, { subscriberId: "fangshi-self-test" })
      setTimeout(() => reject(new Error("the event bus did not deliver")), 5_000).unref()
    })
    await runInTenant("wrap-one", () => bus(host).emit({ name: "fangshi.self-test" }))
    expectSeam((await seen) === "wrap-one", "an event arrives without its tenant")
  },
}

type Descriptor = { fileName: string; config: unknown; handler: (args: { event: Event }) => Promise<void> }
let subscriberUse: SeamUse = { calls: 0 }

/** Subscribers run in the tenant of their event, and only where that tenant has switched their plugin on. */
export const subscribers: Wrap = {
  name: "subscribers",
  reason: "A subscriber of a plugin ran for every shop, also for those that have not switched it on.",
  seam: "@medusajs/framework subscribers/subscriber-loader.js createSubscriber",
  beforeLoad: ({ plugins }) => {
    const { SubscriberLoader } = medusaInternal<{ SubscriberLoader: { prototype: object } }>("@medusajs/framework", "subscribers/subscriber-loader.js")
    subscriberUse = wrapMethod(subscribers.seam, SubscriberLoader.prototype, "createSubscriber", (original) => function (descriptor: Descriptor) {
      const owner = plugins.ownerOf(descriptor.fileName)
      const own = descriptor.handler
      const handler = async (args: { event: Event }) => {
        const tenant = args.event.metadata?.tenant_id ?? NO_TENANT
        if (tenant === NO_TENANT) return
        await runInTenant(tenant, async () => {
          if (owner === null || plugins.isActive(owner)) await own(args)
        })
      }
      // Medusa derives the subscriber's id from the function's name.
      Object.defineProperty(handler, "name", { value: own.name })
      return original.call(this, { ...descriptor, handler })
    })
  },
  verify: () => expectSeam(subscriberUse.calls > 0, "no subscriber was registered through the wrapped method"),
}
