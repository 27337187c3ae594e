import { PLATFORM_TENANT } from "@fangshi/contracts"
import { currentTenant, runAsPlatform, runInTenant } from "../context"
import { type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Orchestrator = { run: (id: string, options: object) => Promise<unknown> }
type Storage = { workflowOrchestratorService_: Orchestrator; logger_?: { error(message: string): void } }
type Schedule = { cron: string } | { interval: number }
type Scheduler = {
  scheduled: Map<string, { timer: NodeJS.Timeout; expression: Schedule; numberOfExecutions: number; config: Schedule }>
  pendingTimers: Set<NodeJS.Timeout>
  remove: (id: string) => Promise<void>
  jobHandler: (id: string, due: Date) => Promise<void>
  createManagedTimer: (callback: () => unknown, delay: number) => NodeJS.Timeout
}

const BASE = Symbol("base")

/** The longest wait that Node counts, 24.8 days; a longer one is over at once. In milliseconds. */
const LONGEST_MS = 2 ** 31 - 1

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the copy that Medusa's workflow engine loads
const { parseExpression } = require("cron-parser") as { parseExpression: (cron: string) => { next: () => { getTime: () => number } } }

const untilNext = (schedule: Schedule) => ("cron" in schedule ? parseExpression(schedule.cron).next().getTime() - Date.now() : schedule.interval)

/** Lets a scheduled workflow of the memory engine wait for more than 24.8 days: once a month, or once a year. */
function waitLong(memory: object) {
  wrapMethod(scheduledWork.seam, memory, "createManagedTimer", (original) => function (this: Scheduler, callback: () => unknown, delay: number) {
    let rounds = Math.max(1, Math.ceil(delay / LONGEST_MS))
    const again = () => (--rounds > 0 ? void this.pendingTimers.add(timer.refresh()) : callback())
    // One and the same timer in every round: Medusa clears it by what it was given here.
    const timer = original.call(this, again, delay / rounds) as NodeJS.Timeout
    return timer
  })
  wrapMethod(scheduledWork.seam, memory, "schedule", (original) => async function (this: Scheduler, job: string | { jobId: string }, schedule: Schedule) {
    const delay = untilNext(schedule)
    if (!(delay > LONGEST_MS)) return original.call(this, job, schedule) as unknown
    // As the original does, but for its timer, which it does not take from createManagedTimer.
    const id = typeof job === "string" ? job : job.jobId
    await this.remove(id)
    const due = new Date(Date.now() + delay)
    const timer = this.createManagedTimer(() => this.jobHandler(id, due), delay).unref()
    this.scheduled.set(id, { timer, expression: schedule, numberOfExecutions: 0, config: schedule })
  })
}

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
  reason: "Scheduled jobs and workflows ran once, in the context of the start-up, instead of once for every shop; one due in more than 24.8 days ran without end.",
  seam: "workflow-engine-inmemory jobHandler, schedule, createManagedTimer, workflow-engine-redis executeScheduledJob",
  beforeLoad: ({ activeTenants }) => {
    const [memory, redis] = storages()
    if (memory) waitLong(memory)
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
    const [memory, redis] = storages()
    expectSeam(!!memory && !!redis, "a storage of scheduled workflows is gone")
    const ran: string[] = []
    const own = {
      scheduled: new Map([["probe", { expression: 3_600_000, config: {}, numberOfExecutions: 0 }]]),
      pendingTimers: new Set<NodeJS.Timeout>(),
      createManagedTimer: () => ({ unref: () => undefined }),
      workflowOrchestratorService_: { run: async () => void ran.push(currentTenant()) },
    }
    const inMemory = Object.assign(Object.create(memory) as object, own) as unknown as { jobHandler(id: string): Promise<void> }
    const inRedis = Object.assign(Object.create(redis) as object, own) as unknown as { executeScheduledJob(id: string, schedule: object, due: Date): Promise<void> }
    for (const run of [() => inMemory.jobHandler("probe"), () => inRedis.executeScheduledJob("probe", {}, new Date())]) {
      ran.length = 0
      await run()
      // Whose it ran for, and not how often: with one shop, once is right and wrong.
      expectSeam(ran.join() === (await activeTenants()).join(), `a scheduled workflow ran for ${ran.join(", ") || "nobody"}`)
    }
    await verifyLongWait(memory)
  },
}

async function verifyLongWait(memory: object) {
  let early = 0
  const probe = Object.assign(Object.create(memory) as Scheduler & { schedule(id: string, schedule: Schedule): Promise<void> }, {
    scheduled: new Map() as Scheduler["scheduled"],
    pendingTimers: new Set<NodeJS.Timeout>(),
    jobHandler: async () => void early++,
  })
  await probe.schedule("probe", { interval: 2 * LONGEST_MS })
  const timer = probe.createManagedTimer(() => early++, 2 * LONGEST_MS)
  await new Promise((resolve) => setTimeout(resolve, 5))
  clearTimeout(timer)
  await probe.remove("probe")
  expectSeam(early === 0, "what is due in more than 24.8 days runs at once")
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
    for (const storage of storages()) {
      const deleted: string[] = []
      const probe = Object.assign(Object.create(storage) as Record<string, unknown>, {
        workflowExecutionService_: { delete: async () => void deleted.push(currentTenant()) },
      }) as unknown as { clearExpiredExecutions(): Promise<void> }
      await runInTenant("wrap-one", () => probe.clearExpiredExecutions())
      expectSeam(deleted.join() === [PLATFORM_TENANT, ...(await activeTenants())].join(), `expired executions were cleared for ${deleted.join(", ") || "nobody"}`)
    }
  },
}
