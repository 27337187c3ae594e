import { PLATFORM_TENANT } from "@fangshi/contracts"
import { currentTenant, runAsPlatform, runInTenant } from "../context"
import { type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Orchestrator = { run: (id: string, options: object) => Promise<unknown> }
type Storage = { workflowOrchestratorService_: Orchestrator; logger_?: { error(message: string): void } }

const BASE = Symbol("base")

/** Runs one scheduled workflow for every active tenant, one after the other; a failure stays with its tenant. */
function fanOut(base: Storage, activeTenants: () => Promise<string[]>): Orchestrator {
  return Object.assign(Object.create(base.workflowOrchestratorService_) as Orchestrator, {
    run: async (id: string, options: object) => {
      for (const tenant of await activeTenants()) {
        try {
          await runInTenant(tenant, () => base.workflowOrchestratorService_.run(id, options))
        } catch (error) {
          // A workflow that is gone is gone for all: Medusa takes it off the schedule.
          if ((error as { type?: string }).type === "not_found") throw error
          base.logger_?.error(`Scheduled workflow ${id} failed for tenant ${tenant}: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
    },
  })
}

const storages = () => [
  medusaInternal<{ InMemoryDistributedTransactionStorage: { prototype: object } }>("@medusajs/workflow-engine-inmemory", "utils/workflow-orchestrator-storage.js")
    .InMemoryDistributedTransactionStorage.prototype,
  medusaInternal<{ RedisDistributedTransactionStorage: { prototype: object } }>("@medusajs/workflow-engine-redis", "utils/workflow-orchestrator-storage.js")
    .RedisDistributedTransactionStorage.prototype,
]

/** Scheduled jobs are scheduled workflows too, so this one place serves both. */
export const scheduledWork: Wrap = {
  name: "scheduled-work",
  reason: "Scheduled jobs and workflows ran once, in the context of the start-up, instead of once for every shop.",
  seam: "workflow-engine-inmemory jobHandler, workflow-engine-redis executeScheduledJob",
  beforeLoad: ({ activeTenants }) => {
    const [memory, redis] = storages()
    for (const [target, method] of [[memory, "jobHandler"], [redis, "executeScheduledJob"]] as const) {
      if (!target) continue
      wrapMethod(scheduledWork.seam, target, method, (original) => function (this: Storage & { [BASE]?: Storage }, ...args: unknown[]) {
        const base = this[BASE] ?? this
        const self = Object.create(base) as Storage & { [BASE]: Storage }
        self[BASE] = base
        self.workflowOrchestratorService_ = fanOut(base, activeTenants)
        return original.apply(self, args)
      })
    }
  },
  verify: async ({ activeTenants }) => {
    const [memory] = storages()
    expectSeam(!!memory, "the in-memory storage is gone")
    const ran: string[] = []
    const probe = Object.assign(Object.create(memory) as Record<string, unknown>, {
      scheduled: new Map([["probe", { expression: 3_600_000, config: {}, numberOfExecutions: 0 }]]),
      pendingTimers: new Set<NodeJS.Timeout>(),
      createManagedTimer: () => ({ unref: () => undefined }),
      workflowOrchestratorService_: { run: async () => void ran.push(currentTenant()) },
    }) as unknown as { jobHandler(id: string): Promise<void> }
    // Whose it ran for, and not how often: with one shop, once is right and wrong.
    await probe.jobHandler("probe")
    expectSeam(ran.join() === (await activeTenants()).join(), `a scheduled workflow ran for ${ran.join(", ") || "nobody"}`)
  },
}

/** Finished executions are rows of a tenant; deleting them without one deletes nothing, for ever. */
export const expiredExecutions: Wrap = {
  name: "expired-executions",
  reason: "Clearing finished workflow executions ran without a tenant and so never removed a row.",
  seam: "workflow-engine-* clearExpiredExecutions",
  beforeLoad: ({ activeTenants }) => {
    for (const target of storages()) {
      wrapMethod(expiredExecutions.seam, target, "clearExpiredExecutions", (original) => async function () {
        await runAsPlatform(() => original.call(this) as Promise<void>)
        for (const tenant of await activeTenants()) await runInTenant(tenant, () => original.call(this) as Promise<void>)
      })
    }
  },
  verify: async ({ activeTenants }) => {
    const [memory] = storages()
    const deleted: string[] = []
    const probe = Object.assign(Object.create(memory ?? {}) as Record<string, unknown>, {
      workflowExecutionService_: { delete: async () => void deleted.push(currentTenant()) },
    }) as unknown as { clearExpiredExecutions(): Promise<void> }
    await runInTenant("wrap-one", () => probe.clearExpiredExecutions())
    expectSeam(deleted.join() === [PLATFORM_TENANT, ...(await activeTenants())].join(), `expired executions were cleared for ${deleted.join(", ") || "nobody"}`)
  },
}
