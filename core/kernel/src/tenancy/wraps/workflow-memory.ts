import { currentTenant, runInTenant } from "../context"
import { type SeamUse, type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

/** A map whose keys belong to the current tenant. Iteration sees all, which Medusa does only to stop timers. */
class TenantMap<V> extends Map<unknown, V> {
  private key(key: unknown) {
    return typeof key === "string" ? `${currentTenant()}|${key}` : key
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

type Storage = { storage: unknown; isLocked: unknown; retries: unknown; timeouts: unknown }
let use: SeamUse = { calls: 0 }

/** In memory, Medusa keys everything by workflow and transaction id, which two shops may choose alike. */
export const workflowMemory: Wrap = {
  name: "workflow-memory",
  reason: "Two shops that chose the same transaction id met in the in-memory workflow engine.",
  seam: "@medusajs/workflow-engine-inmemory utils/workflow-orchestrator-storage.js; services/workflow-orchestrator.js subscribers",
  beforeLoad: () => {
    const { InMemoryDistributedTransactionStorage } = medusaInternal<{ InMemoryDistributedTransactionStorage: { prototype: object } }>(
      "@medusajs/workflow-engine-inmemory",
      "utils/workflow-orchestrator-storage.js",
    )
    use = wrapMethod(workflowMemory.seam, InMemoryDistributedTransactionStorage.prototype, "setWorkflowOrchestratorService", (original) => function (this: Storage, service: unknown) {
      this.storage = tenantRecord()
      this.isLocked = new TenantMap<boolean>()
      this.retries = new TenantMap<unknown>()
      this.timeouts = new TenantMap<unknown>()
      return original.call(this, service)
    })
    const { WorkflowOrchestratorService } = medusaInternal<{ WorkflowOrchestratorService: { subscribers?: unknown } }>(
      "@medusajs/workflow-engine-inmemory",
      "services/workflow-orchestrator.js",
    )
    expectSeam(WorkflowOrchestratorService.subscribers instanceof Map, "the workflow engine keeps its subscribers elsewhere")
    if (!(WorkflowOrchestratorService.subscribers instanceof TenantMap)) WorkflowOrchestratorService.subscribers = new TenantMap<unknown>()
  },
  verify: async () => {
    expectSeam(use.calls > 0, "the in-memory storage is set up without the wrapped method")
    const map = new TenantMap<number>()
    await runInTenant("wrap-one", () => map.set("k", 1))
    expectSeam(!(await runInTenant("wrap-two", () => map.has("k"))), "the keys of two tenants meet")
  },
}
