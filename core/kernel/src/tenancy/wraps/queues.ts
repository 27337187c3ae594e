import path from "node:path"
import { NO_TENANT, currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, wrapMethod } from "../seam"

type Job = { data?: { __tenant?: string } & Record<string, unknown> }
type BullMq = { Queue: { prototype: object }; Worker: { prototype: object } }

/** As each of Medusa's Redis modules loads it: npm may install them a copy each. */
const copies = () => {
  const files = ["@medusajs/event-bus-redis", "@medusajs/workflow-engine-redis"].map((module) => require.resolve("bullmq", { paths: [path.dirname(require.resolve(module))] }))
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- not a dependency of ours, and to be the very copy
  return [...new Set(files)].map((file) => require(file) as BullMq)
}

const tag = (data: unknown) =>
  data && typeof data === "object" && !("__tenant" in data) && currentTenant() !== NO_TENANT ? { ...data, __tenant: currentTenant() } : data

let allWrapped: () => void = () => undefined
const wrapping = new Promise<void>((resolve) => (allWrapped = resolve))

/** Used by the Redis event bus and the Redis workflow engine. */
export const queues: Wrap = {
  name: "queues",
  reason: "A job taken from Redis ran in the context of the worker and had lost its shop; one taken while the process started was lost itself.",
  seam: "bullmq Queue.add, Queue.addBulk, Worker.callProcessJob",
  beforeLoad: ({ activeTenants }) => {
    for (const { Queue, Worker } of copies()) {
      wrapMethod(queues.seam, Queue.prototype, "add", (original) => function (name: string, data: unknown, options: unknown) {
        return original.call(this, name, tag(data), options)
      })
      wrapMethod(queues.seam, Queue.prototype, "addBulk", (original) => function (jobs: { data: unknown }[]) {
        return original.call(this, jobs.map((job) => ({ ...job, data: tag(job.data) })))
      })
      wrapMethod(queues.seam, Worker.prototype, "callProcessJob", (original) => async function (this: unknown, job: Job, token: string) {
        // Medusa starts its workers before it is loaded to the end, and what waits in Redis may be of a shop nobody has visited here.
        await wrapping
        await activeTenants()
        const tenant = job.data?.__tenant
        return tenant ? runInTenant(tenant, () => original.call(this, job, token) as Promise<unknown>) : (original.call(this, job, token) as unknown)
      })
    }
  },
  // Whoever waits goes on after the afterLoad of every wrap: they run without a pause.
  afterLoad: () => allWrapped(),
  verify: async () => {
    for (const copy of copies()) await verifyCopy(copy)
  },
}

async function verifyCopy({ Queue, Worker }: BullMq) {
  let seen = ""
  const worker = Object.assign(Object.create(Worker.prototype) as Record<string, unknown>, {
    processFn: async () => void (seen = currentTenant()),
  }) as unknown as { callProcessJob(job: Job, token: string): Promise<unknown> }
  await worker.callProcessJob({ data: { __tenant: "wrap-one" } }, "token")
  expectSeam(seen === "wrap-one", "a queued job runs without its tenant")
  const added: Job["data"][] = []
  const jobs = {
    create: (_queue: unknown, _name: string, data: Job["data"]) => added.push(data),
    createBulk: (_queue: unknown, list: Job[]) => added.push(...list.map(({ data }) => data)),
  }
  const queue = Object.create(Queue.prototype, { Job: { value: jobs }, emit: { value: () => true } }) as { add(name: string, data: object): Promise<unknown>; addBulk(jobs: object[]): unknown }
  await runInTenant("wrap-one", async () => {
    await queue.add("fangshi-self-test", {})
    await queue.addBulk([{ name: "fangshi-self-test", data: {} }])
  })
  expectSeam(added.length === 2 && added.every((data) => data?.__tenant === "wrap-one"), "a job enters the queue without its tenant")
}
