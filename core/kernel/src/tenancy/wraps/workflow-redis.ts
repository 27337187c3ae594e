import { NO_TENANT, currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Redis = Record<string, (...args: unknown[]) => unknown>
type Storage = { redisClient: object }
type Orchestrator = { redisSubscriber?: object }
type Listener = (channel: string, message: string) => unknown

/** What Medusa does with a key of a workflow; queues and connections are not its business. */
const KEYED = ["get", "set", "del", "unlink"]

const own = (key: unknown) => `${currentTenant()}|${String(key)}`

/** The same connection, under whose keys stands the tenant. */
const tenantKeys = (client: object): object =>
  new Proxy(client as Redis, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== "function") return value
      const method = value.bind(target) as (...args: unknown[]) => unknown
      if (name === "pipeline") return (...args: unknown[]) => tenantKeys(method(...args) as object)
      return KEYED.includes(String(name)) ? (...[key, ...rest]: unknown[]) => method(own(key), ...rest) : method
    },
  })

/** The same connection, whose messages are heard in the tenant that their channel names. */
const inTenantOfChannel = (client: object): object =>
  new Proxy(client as Redis, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== "function") return value
      if (name !== "on") return value.bind(target) as unknown
      return (event: string, listener: Listener) =>
        value.call(target, event, event !== "message" ? listener : (channel: string, message: string) => {
          const [tenant = NO_TENANT, plain = ""] = channel.split("|")
          // A workflow of nobody has no listeners; refused here, its message would end the process.
          return tenant === NO_TENANT ? undefined : runInTenant(tenant, () => listener(plain, message))
        }) as unknown
    },
  })

const storage = () => medusaInternal<{ RedisDistributedTransactionStorage: { prototype: object } }>("@medusajs/workflow-engine-redis", "utils/workflow-orchestrator-storage.js").RedisDistributedTransactionStorage.prototype
const orchestrator = () => medusaInternal<{ WorkflowOrchestratorService: { prototype: object } }>("@medusajs/workflow-engine-redis", "services/workflow-orchestrator.js").WorkflowOrchestratorService.prototype

/** In Redis, Medusa keys a workflow by its name and its transaction's id, which two shops may choose alike. */
export const workflowRedis: Wrap = {
  name: "workflow-redis",
  reason: "Two shops that chose the same transaction id met in Redis: in its state, in its timers and in what its listeners are told.",
  seam: "@medusajs/workflow-engine-redis utils/workflow-orchestrator-storage.js redisClient, getJobId; services/workflow-orchestrator.js getChannelName, redisSubscriber",
  beforeLoad: () => {
    wrapMethod(workflowRedis.seam, storage(), "setWorkflowOrchestratorService", (original) => function (this: Storage, service: Orchestrator) {
      this.redisClient = tenantKeys(this.redisClient)
      if (service.redisSubscriber) service.redisSubscriber = inTenantOfChannel(service.redisSubscriber)
      return original.call(this, service)
    })
    wrapMethod(workflowRedis.seam, storage(), "getJobId", (original) => function (...args: unknown[]) {
      return own(original.call(this, ...args))
    })
    wrapMethod(workflowRedis.seam, orchestrator(), "getChannelName", (original) => function (workflowId: string) {
      return own(original.call(this, workflowId))
    })
  },
  verify: async (host) => {
    const seen: unknown[] = []
    const note = (key: unknown) => void seen.push(key)
    let hear: Listener = () => undefined
    const service = { redisSubscriber: { on: (_event: string, listener: Listener) => (hear = listener) } }
    const probe = Object.assign(Object.create(storage()) as Storage & { setWorkflowOrchestratorService(service: object): void; getJobId(...args: unknown[]): string }, {
      redisClient: { status: "ready", get: note, pipeline: () => ({ set: note }) },
    })
    probe.setWorkflowOrchestratorService(service)
    service.redisSubscriber.on("message", (channel) => note(own(channel)))
    await hear("wrap-one|flow", "{}")
    await runInTenant("wrap-one", () => {
      const client = probe.redisClient as { get(key: string): void; pipeline(): { set(key: string, value: string): void } }
      client.get("k")
      client.pipeline().set("k", "v")
      note(probe.getJobId("retry", { modelId: "flow", transactionId: "1" }))
      note((Object.create(orchestrator()) as { getChannelName(id: string): string }).getChannelName("flow"))
    })
    expectSeam(seen.length === 5 && seen.every((key) => String(key).startsWith("wrap-one|")), `the keys of two tenants meet: ${seen.join(", ")}`)
    const engine = host.container.resolve("workflows") as unknown as { workflowOrchestratorService_: { redisDistributedTransactionStorage_?: LiveStorage } }
    await verifyInRedis(engine.workflowOrchestratorService_.redisDistributedTransactionStorage_)
  },
}

type LiveStorage = { redisClient: { set(key: string, value: string, unit: "EX", seconds: number): Promise<unknown>; get(key: string): Promise<string | null> } }

/** Where the engine is the one in Redis, its own connection is asked. */
async function verifyInRedis(live?: LiveStorage) {
  if (!live) return
  const key = "fangshi-self-test"
  await runInTenant("wrap-one", () => live.redisClient.set(key, "1", "EX", 60))
  expectSeam((await runInTenant("wrap-one", () => live.redisClient.get(key))) === "1", "the workflow engine's connection to Redis keeps nothing")
  expectSeam((await runInTenant("wrap-two", () => live.redisClient.get(key))) === null, "two tenants meet in the workflow engine's connection to Redis")
}
