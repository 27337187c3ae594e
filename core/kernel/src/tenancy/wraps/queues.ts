import { NO_TENANT, currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, wrapMethod } from "../seam"

type Job = { data?: { __tenant?: string } & Record<string, unknown> }
type BullMq = { Queue: { prototype: object }; Worker: { prototype: Record<string, unknown> } }

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the copy that Medusa's Redis modules load
const bullmq = () => require("bullmq") as BullMq

const tag = (data: unknown) =>
  data && typeof data === "object" && !("__tenant" in data) && currentTenant() !== NO_TENANT ? { ...data, __tenant: currentTenant() } : data

/** Used by the Redis event bus and the Redis workflow engine. */
export const queues: Wrap = {
  name: "queues",
  reason: "A job taken from Redis ran in the context of the worker and had lost its shop.",
  seam: "bullmq Queue.add, Queue.addBulk, Worker.callProcessJob",
  beforeLoad: () => {
    const { Queue, Worker } = bullmq()
    wrapMethod(queues.seam, Queue.prototype, "add", (original) => function (name: string, data: unknown, options: unknown) {
      return original.call(this, name, tag(data), options)
    })
    wrapMethod(queues.seam, Queue.prototype, "addBulk", (original) => function (jobs: { data: unknown }[]) {
      return original.call(this, jobs.map((job) => ({ ...job, data: tag(job.data) })))
    })
    wrapMethod(queues.seam, Worker.prototype, "callProcessJob", (original) => function (job: Job, token: string) {
      const tenant = job.data?.__tenant
      return tenant ? runInTenant(tenant, () => original.call(this, job, token) as Promise<unknown>) : (original.call(this, job, token) as unknown)
    })
  },
  verify: async () => {
    const { Worker } = bullmq()
    let seen = ""
    const probe = Object.assign(Object.create(Worker.prototype) as Record<string, unknown>, {
      processFn: async () => void (seen = currentTenant()),
    }) as unknown as { callProcessJob(job: Job, token: string): Promise<unknown> }
    await probe.callProcessJob({ data: { __tenant: "wrap-one" } }, "token")
    expectSeam(seen === "wrap-one", "a queued job runs without its tenant")
  },
}
