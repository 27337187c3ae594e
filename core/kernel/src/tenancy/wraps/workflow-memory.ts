import { PLATFORM_TENANT } from "@fangshi/contracts"
import { NO_TENANT, currentTenant, enterTenant, runInTenant } from "../context"
import { type SeamUse, type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

/** A map whose keys belong to the current tenant. Iteration sees all, which Medusa does only to stop timers. */
class TenantMap<V> extends Map<unknown, V> {
  private key(key: unknown) {
    return typeof key === "string" ? `${currentTenant()}|${key}` : key
  }
  /** The tenants that have this key. */
  tenantsOf(key: string): string[] {
    const owned = [...this.keys()].filter((own) => typeof own === "string" && own.endsWith(`|${key}`)) as string[]
    return owned.map((own) => own.slice(0, -key.length - 1)).filter((tenant) => tenant !== NO_TENANT)
  }
  override get(key: unknown) {
    return super.get(this.key(key))
  }
  override set(key: unknown, value: V) {
    return super.set(this.key(key), value)
  }
  override has(key: unknown) {
    return super.has(this.key(key))
  }
  override delete(key: unknown) {
    return super.delete(this.key(key))
  }
}

/** The same for a plain object. */
const tenantRecord = (): Record<string, unknown> =>
  new Proxy<Record<string, unknown>>({}, {
    get: (target, key) => (typeof key === "string" ? target[`${currentTenant()}|${key}`] : undefined),
    set: (target, key, value) => {
      if (typeof key === "string") target[`${currentTenant()}|${key}`] = value
      return true
    },
    has: (target, key) => typeof key === "string" && `${currentTenant()}|${key}` in target,
    deleteProperty: (target, key) => typeof key === "string" && delete target[`${currentTenant()}|${key}`],
  })

type Subscription = { workflowId: string; subscriberId?: string; subscriberOrId?: unknown; subscriber?: () => void }
type Orchestrator = { subscribe(one: Subscription): void; unsubscribe(one: Subscription): void; processSubscriberNotifications(event: { workflowId: string; eventType: string }): Promise<void> }

/** Where each engine keeps, for the whole process, who listens to which workflow. */
const orchestrators = () =>
  ["@medusajs/workflow-engine-inmemory", "@medusajs/workflow-engine-redis"].map(
    (engine) => medusaInternal<{ WorkflowOrchestratorService: { prototype: Orchestrator; subscribers?: unknown } }>(engine, "services/workflow-orchestrator.js").WorkflowOrchestratorService,
  )

/**
 * Whoever listens, hears the events of their own shop only. The end of a stream is told by its socket, outside every
 * shop: it is looked for in all of them, or a closed stream would be written to for ever.
 */
function separateSubscribers() {
  for (const service of orchestrators()) {
    expectSeam(service.subscribers instanceof Map, "the workflow engine keeps its subscribers elsewhere")
    const subscribers = service.subscribers instanceof TenantMap ? service.subscribers : new TenantMap<unknown>()
    service.subscribers = subscribers
    wrapMethod(workflowMemory.seam, service.prototype, "unsubscribe", (original) => function (this: Orchestrator, one: Subscription) {
      const tenant = currentTenant()
      if (subscribers.has(one.workflowId)) original.call(this, one)
      if (tenant !== NO_TENANT && tenant !== PLATFORM_TENANT) return
      for (const owner of subscribers.tenantsOf(one.workflowId)) enterTenant(owner, () => void original.call(this, one))
    })
  }
}

async function verifySubscribers() {
  const workflowId = "fangshi-self-test"
  for (const { prototype } of orchestrators()) {
    const engine = Object.assign(Object.create(prototype) as Orchestrator, { redisSubscriber: { subscribe: () => undefined, unsubscribe: () => undefined } })
    let events = 0
    const heardWhenToldTo = async (tenant: string) => {
      events = 0
      await runInTenant(tenant, () => engine.processSubscriberNotifications({ workflowId, eventType: "onBegin" }))
      return events
    }
    await runInTenant("wrap-one", () => engine.subscribe({ workflowId, subscriberId: workflowId, subscriber: () => void events++ }))
    expectSeam((await heardWhenToldTo("wrap-two")) === 0, "a shop hears the workflows of another")
    expectSeam((await heardWhenToldTo("wrap-one")) === 1, "a shop does not hear its own workflows")
    engine.unsubscribe({ workflowId, subscriberOrId: workflowId })
    expectSeam((await heardWhenToldTo("wrap-one")) === 0, "a closed stream is still told")
  }
}

type Storage = { storage: unknown; isLocked: unknown; retries: unknown; timeouts: unknown; save(key: string, ...rest: unknown[]): Promise<unknown> }
type StorageClass = { new (parts: { workflowExecutionService: object; logger: object }): Storage; prototype: Storage }
const storageClass = () => medusaInternal<{ InMemoryDistributedTransactionStorage: StorageClass }>("@medusajs/workflow-engine-inmemory", "utils/workflow-orchestrator-storage.js").InMemoryDistributedTransactionStorage

let use: SeamUse = { calls: 0 }

/**
 * Steps that run beside each other note their ends in the order they came. Medusa refuses a second writer, which tries
 * again for half a second and then ends its workflow with a complaint of the engine, nothing of it taken back.
 */
function saveInTurn(storage: Storage) {
  const turns = new TenantMap<Promise<void>>()
  wrapMethod(workflowMemory.seam, storage, "save", (original) => function (this: Storage, key: string, ...rest: unknown[]) {
    const saved = (turns.get(key) ?? Promise.resolve()).then(() => original.call(this, key, ...rest) as Promise<unknown>)
    const over = saved.then(() => undefined, () => undefined).then(() => void (turns.get(key) === over && turns.delete(key)))
    turns.set(key, over)
    return saved
  })
}

/** Two steps end while the first of them is still being written. */
async function verifyTurns() {
  const Storage = storageClass()
  const storage = new Storage({ workflowExecutionService: { list: () => Promise.resolve([]), upsert: () => new Promise((resolve) => setImmediate(resolve)) }, logger: console })
  const flow = { modelId: "fangshi-self-test", transactionId: "auto-fangshi-self-test", state: "not_started", steps: {} }
  const save = () => storage.save("fangshi-self-test", { flow, context: {}, errors: [] }, 0, {})
  const ended = await runInTenant("wrap-one", () => Promise.allSettled([save(), save()]))
  expectSeam(ended.every(({ status }) => status === "fulfilled"), "two steps that end together refuse each other")
}

/** In memory, Medusa keys everything by workflow and transaction id, which two shops may choose alike. */
export const workflowMemory: Wrap = {
  name: "workflow-memory",
  reason: "Two shops that chose the same transaction id met in the in-memory workflow engine, listeners heard every shop's workflows, and steps that ended together broke their workflow off.",
  seam: "@medusajs/workflow-engine-inmemory utils/workflow-orchestrator-storage.js setWorkflowOrchestratorService, save; workflow-engine-* services/workflow-orchestrator.js subscribers, unsubscribe",
  beforeLoad: () => {
    const { prototype } = storageClass()
    use = wrapMethod(workflowMemory.seam, prototype, "setWorkflowOrchestratorService", (original) => function (this: Storage, service: unknown) {
      this.storage = tenantRecord()
      this.isLocked = new TenantMap<boolean>()
      this.retries = new TenantMap<unknown>()
      this.timeouts = new TenantMap<unknown>()
      return original.call(this, service)
    })
    saveInTurn(prototype)
    separateSubscribers()
  },
  verify: async (host) => {
    const [inMemory] = orchestrators()
    const engine = host.container.resolve("workflows") as unknown as { workflowOrchestratorService_: object }
    const chosen = Boolean(inMemory?.prototype.isPrototypeOf(engine.workflowOrchestratorService_))
    expectSeam(use.calls > 0 || !chosen, "the in-memory storage is set up without the wrapped method")
    const map = new TenantMap<number>()
    await runInTenant("wrap-one", () => map.set("k", 1))
    expectSeam(!(await runInTenant("wrap-two", () => map.has("k"))), "the keys of two tenants meet")
    await verifySubscribers()
    await verifyTurns()
  },
}
