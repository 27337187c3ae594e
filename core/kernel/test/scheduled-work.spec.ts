import { medusaInternal } from "../src/tenancy/seam"
import { scheduledWork } from "../src/tenancy/wraps/scheduled-work"

const DAY = 24 * 60 * 60_000

type Schedule = { cron: string } | { interval: number }
type Storage = { schedule(id: string, schedule: Schedule): Promise<void>; remove(id: string): Promise<void>; createManagedTimer(callback: () => void, delay: number): NodeJS.Timeout }

let storage: Storage
let ran: string[]

beforeAll(() => scheduledWork.beforeLoad?.({ activeTenants: async () => ["one-shop"] } as never))
beforeEach(() => {
  jest.useFakeTimers({ now: new Date("2026-01-01T00:00:00Z") })
  ran = []
  const { InMemoryDistributedTransactionStorage: Memory } = medusaInternal<{ InMemoryDistributedTransactionStorage: { prototype: object } }>("@medusajs/workflow-engine-inmemory", "utils/workflow-orchestrator-storage.js")
  storage = Object.assign(Object.create(Memory.prototype) as Storage, {
    scheduled: new Map(),
    pendingTimers: new Set(),
    workflowOrchestratorService_: { run: async () => void ran.push(new Date().toISOString().slice(0, 10)) },
  })
})
afterEach(() => jest.useRealTimers())

const pass = (days: number) => jest.advanceTimersByTimeAsync(days * DAY)

describe("a scheduled workflow of the memory engine", () => {
  it.each<[string, Schedule, string[]]>([
    ["every forty days", { interval: 40 * DAY }, ["2026-02-10", "2026-03-22"]],
    ["every sixty days", { interval: 60 * DAY }, ["2026-03-02"]],
    ["at the end of a quarter", { cron: "0 12 31 3 *" }, ["2026-03-31"]],
    ["every fortnight", { interval: 14 * DAY }, ["2026-01-15", "2026-01-29", "2026-02-12", "2026-02-26", "2026-03-12", "2026-03-26"]],
  ])("runs %s, and not before", async (_when, schedule, days) => {
    await storage.schedule("job", schedule)
    await pass(95)
    expect(ran).toEqual(days)
  })

  it("runs no more once it is taken off the schedule, however long it has waited", async () => {
    await storage.schedule("job", { interval: 60 * DAY })
    await pass(30)
    await storage.remove("job")
    await pass(95)
    expect(ran).toEqual([])
  })

  it("may be replaced by a schedule of its own id", async () => {
    await storage.schedule("job", { interval: 60 * DAY })
    await storage.schedule("job", { interval: 30 * DAY })
    await pass(59)
    expect(ran).toEqual(["2026-01-31"])
  })
})

it("a retry in more than 24.8 days is cleared by the timer that was handed out", async () => {
  let calls = 0
  storage.createManagedTimer(() => calls++, 55 * DAY)
  const cleared = storage.createManagedTimer(() => (calls += 100), 55 * DAY)
  await pass(30)
  clearTimeout(cleared)
  await pass(24)
  expect(calls).toBe(0)
  await pass(2)
  expect(calls).toBe(1)
})
