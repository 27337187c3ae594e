import { asNobody } from "../../plugin-host/running"
import { currentUnit } from "../../unit-of-work"
import { NO_TENANT, currentTenant, runInTenant } from "../context"
import { type SeamUse, type Wrap, type WrappedHost, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Event = { name: string; metadata?: { tenant_id?: string; eventGroupId?: string } & Record<string, unknown> }
type Bus = {
  emit(events: Event | Event[], options?: unknown): Promise<void>
  clearGroupedEvents(group: string): Promise<void>
}

const stamp = (event: Event): Event => ({ ...event, metadata: { ...event.metadata, tenant_id: currentTenant() } })
const bus = (host: WrappedHost) => host.container.resolve("event_bus") as unknown as Bus

const redisBus = () => medusaInternal<{ default: { prototype: object } }>("@medusajs/event-bus-redis", "services/event-bus-redis.js").default.prototype

/** In Redis, where events wait for the end of their workflow. */
const GROUPED = ["groupEvents", "getGroupedEvents", "clearGroupedEvents"]

/** What is committed stays so, even where nobody could be told. */
const orLog = (host: WrappedHost, told: Promise<void>) =>
  told.catch((error: unknown) => host.container.resolve("logger").error(`An event was not sent after its commit: ${error instanceof Error ? error.message : String(error)}`))

/** Every event names its tenant; a queue between emitter and subscriber then cannot lose it. */
export const eventTenant: Wrap = {
  name: "event-tenant",
  reason: "A subscriber behind a queue ran without a tenant, or with the tenant of whoever started the worker; events that waited in Redis had keys without one.",
  seam: "event bus emit and releaseGroupedEvents; @medusajs/event-bus-redis groupEvents, getGroupedEvents, clearGroupedEvents",
  beforeLoad: () => {
    for (const name of GROUPED) {
      wrapMethod(eventTenant.seam, redisBus(), name, (original) => function (group: string, ...rest: unknown[]) {
        return original.call(this, group && `${currentTenant()}|${group}`, ...rest)
      })
    }
  },
  afterLoad: (host) => {
    wrapMethod(eventTenant.seam, bus(host), "emit", (original) => async function (this: Bus, events: Event | Event[], options?: unknown) {
      const stamped = Array.isArray(events) ? events.map(stamp) : [stamp(events)]
      const unit = currentUnit()
      // What is grouped waits for its release anyway; nobody may hear of what is not committed yet.
      const now = unit ? stamped.filter((event) => event.metadata?.eventGroupId) : stamped
      const later = unit ? stamped.filter((event) => !event.metadata?.eventGroupId) : []
      if (later.length) unit?.after("commit", () => orLog(host, original.call(this, later, options) as Promise<void>))
      if (now.length) await original.call(this, now, options)
    })
    wrapMethod(eventTenant.seam, bus(host), "releaseGroupedEvents", (original) => async function (this: Bus, group: string) {
      const unit = currentUnit()
      if (!unit) return original.call(this, group) as Promise<void>
      unit.after("commit", () => orLog(host, original.call(this, group) as Promise<void>))
      unit.after("rollback", () => this.clearGroupedEvents(group))
    })
  },
  // What would be delivered, not a delivery: from a shared queue another process may take the event first.
  verify: async (host) => {
    const seen: unknown[] = []
    const note = (events: Event | Event[]) => {
      seen.push(...[events].flat().map((event) => event.metadata?.tenant_id))
      return []
    }
    const probe = Object.create(bus(host), {
      groupOrEmitEvent: { value: note },
      buildEvents: { value: note },
      queue_: { value: { addBulk: async () => [] } },
      eventToSubscribersMap: { value: new Map([["*", [note]]]) },
    }) as Bus
    await runInTenant("wrap-one", () => probe.emit({ name: "fangshi.self-test" }))
    expectSeam(seen.length === 1 && seen[0] === "wrap-one", "an event leaves without its tenant")
    await verifyGroups()
  },
}

async function verifyGroups() {
  const keys: string[] = []
  const note = async (key: string) => {
    keys.push(key)
    return []
  }
  const connection = { lrange: note, unlink: note, pipeline: () => ({ rpush: note, expire: note, exec: async () => [] }) }
  const probe = Object.assign(Object.create(redisBus()) as Record<string, (group: string, ...rest: unknown[]) => Promise<unknown>>, { eventBusRedisConnection_: connection })
  await runInTenant("wrap-one", async () => {
    for (const name of GROUPED) await probe[name]?.("group", [{}], 1)
  })
  expectSeam(keys.length === 4 && keys.every((key) => key.includes("wrap-one|group")), `the waiting events of two tenants meet: ${keys.join(", ")}`)
}

type Descriptor = { fileName: string; config: { event?: string | string[] }; handler: (args: { event: Event }) => Promise<void> }
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
      if (owner !== null) for (const event of [descriptor.config.event ?? []].flat()) plugins.assertHears(owner, event)
      const own = descriptor.handler
      const handler = async (args: { event: Event }) => {
        const tenant = args.event.metadata?.tenant_id ?? NO_TENANT
        if (tenant === NO_TENANT) return
        await runInTenant(tenant, async () => {
          // Whose code set the event off does not answer for who hears it.
          if (owner === null) await asNobody(() => own(args))
          else if (plugins.isActive(owner)) await plugins.guard.run(owner, "subscriber", () => own(args))
        })
      }
      // Medusa derives the subscriber's id from the function's name.
      Object.defineProperty(handler, "name", { value: own.name })
      return original.call(this, { ...descriptor, handler })
    })
  },
  verify: () => expectSeam(subscriberUse.calls > 0, "no subscriber was registered through the wrapped method"),
}
