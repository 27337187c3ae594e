import { AsyncResource } from "node:async_hooks"
import { type UnitOfWork, bindPoolToTenants, currentUnit, inUnitOfWork, runInTenant, shareConnectionInUnits } from "@fangshi/kernel"
import { type TestDatabase, asOwner, cloneDatabase } from "@fangshi/testing"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ModulesSdkUtils } from "@medusajs/framework/utils"
import { medusaInternal, type WrappedHost } from "../src/tenancy/seam"
import { eventTenant } from "../src/tenancy/wraps/events"
import { locking } from "../src/tenancy/wraps/locking"

let database: TestDatabase
let knex: Knex

beforeAll(async () => {
  database = await cloneDatabase()
  knex = ModulesSdkUtils.createPgConnection({ clientUrl: database.appUrl, schema: "public", driverOptions: { connection: { ssl: false } }, pool: { min: 0, max: 3 } }) as unknown as Knex
  bindPoolToTenants(knex)
  shareConnectionInUnits(knex)
})
afterAll(async () => {
  await knex.destroy()
  await database.drop()
})
beforeEach(() => asOwner(database.ownerUrl, "delete from customer_group"))

const insert = (name: string, db: Knex = knex) => db("customer_group").insert({ id: name, name })
const committed = async () => (await asOwner<{ name: string }>(database.ownerUrl, "select name from customer_group order by name")).map(({ name }) => name)
const unlocked = async () => {}
const unit = <T>(work: () => Promise<T>, keep?: (result: T) => boolean) => runInTenant("alpha", () => inUnitOfWork(knex, unlocked, work, keep))
const failure = (work: Promise<unknown>) => work.then(() => "no error", (error: Error) => error.message)
/** Runs `work` as another request of the same shop would, whoever calls. */
const elsewhere = new AsyncResource("another request")
const outside = <T>(work: () => Promise<T>) => elsewhere.runInAsyncScope(() => runInTenant("alpha", work))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** One transaction of its own, as Medusa's modules make them. */
const transaction = (work: (trx: Knex) => Promise<unknown>) => knex.transaction(async (trx) => void (await work(trx)))

describe("a unit of work", () => {
  it("shows nobody outside what its transactions have committed until it ends", async () => {
    const during = await unit(async () => {
      await transaction((trx) => insert("one", trx))
      await insert("two")
      const seen = await knex("customer_group").pluck<string[]>("name")
      return [await committed(), seen.sort()]
    })
    expect(during).toEqual([[], ["one", "two"]])
    expect(await committed()).toEqual(["one", "two"])
  })

  it("leaves nothing when it throws", async () => {
    const thrown = unit(async () => {
      await transaction((trx) => insert("one", trx))
      throw new Error("stopped")
    })
    expect([await failure(thrown), await committed()]).toEqual(["stopped", []])
  })

  it("leaves nothing when its result is not kept, and still gives it back", async () => {
    const result = await unit(async () => (await insert("one"), "half done"), () => false)
    expect([result, await committed()]).toEqual(["half done", []])
  })

  it("undoes a transaction that is rolled back, and keeps its neighbours", async () => {
    await unit(async () => {
      await transaction((trx) => insert("before", trx))
      await failure(transaction(async (trx) => (await insert("undone", trx), Promise.reject(new Error("no")))))
      await transaction((trx) => insert("after", trx))
    })
    expect(await committed()).toEqual(["after", "before"])
  })

  it("keeps what ran beside a transaction that is rolled back", async () => {
    await unit(async () => {
      const slow = async (name: string, end?: Error) =>
        transaction(async (trx) => {
          await insert(name, trx)
          await pause(20)
          if (end) throw end
          await insert(`${name} again`, trx)
        })
      await Promise.allSettled([slow("a"), slow("b", new Error("no")), slow("c")])
    })
    expect(await committed()).toEqual(["a", "a again", "c", "c again"])
  })

  it("goes on after a statement that Postgres refuses, inside a transaction and outside", async () => {
    await unit(async () => {
      await insert("one")
      expect(await failure(Promise.resolve(insert("one")))).toMatch(/duplicate key|unique/)
      expect(await failure(transaction((trx) => insert("one", trx)))).toMatch(/duplicate key|unique/)
      await insert("two")
    })
    expect(await committed()).toEqual(["one", "two"])
  })

  it("makes a statement beside a failed transaction wait until that one is rolled back", async () => {
    await unit(async () => {
      await insert("one")
      const failed = transaction(async (trx) => {
        const refused = await failure(Promise.resolve(insert("one", trx)))
        await pause(20)
        throw new Error(refused)
      })
      await pause(10)
      await insert("two")
      await failure(failed)
    })
    expect(await committed()).toEqual(["one", "two"])
  })

  it("undoes a transaction that is committed after a refused statement, as Postgres does", async () => {
    await unit(async () => {
      await insert("one")
      await transaction(async (trx) => {
        await insert("two", trx)
        await failure(Promise.resolve(insert("one", trx)))
      })
    })
    expect(await committed()).toEqual(["one"])
  })

  it("is joined by a unit inside it", async () => {
    await failure(
      unit(async () => {
        await inUnitOfWork(knex, unlocked, () => insert("inner"))
        throw new Error("outer")
      }),
    )
    expect(await committed()).toEqual([])
  })

  it("lends its connection to no other tenant", async () => {
    const seen = await unit(async () => {
      await insert("one")
      return runInTenant("beta", async () => [currentUnit() === undefined, await knex("customer_group").pluck("name")])
    })
    expect(seen).toEqual([true, []])
  })

  it("is over for what goes on after it: a connection of it is refused, a new one comes from the pool", async () => {
    let straggler: Promise<string> = Promise.resolve("")
    let late: Promise<unknown> = Promise.resolve()
    let end = () => {}
    const over = new Promise<void>((resolve) => (end = resolve))
    await runInTenant("alpha", () =>
      inUnitOfWork(knex, unlocked, async () => {
        const own = (await (knex.client as { acquireConnection: () => Promise<{ query: (sql: string) => Promise<unknown> }> }).acquireConnection()).query
        straggler = over.then(() => failure(own("select 1")))
        late = over.then(() => insert("late"))
        await insert("in time")
      }),
    )
    expect(await committed()).toEqual(["in time"])
    end()
    expect(await straggler).toBe("The unit of work of this connection has ended")
    await late
    expect(await committed()).toEqual(["in time", "late"])
  })

  it("runs what is to follow the commit after it, in the same tenant, and not at all after a rollback", async () => {
    const heard: unknown[] = []
    const note = (name: string) => currentUnit()?.after("commit", async () => void heard.push([name, currentUnit(), await knex("customer_group").pluck("name"), await committed()]))
    await unit(async () => (note("kept"), insert("one")))
    await failure(unit(async () => (note("undone"), Promise.reject(new Error("no")))))
    expect(heard).toEqual([["kept", undefined, ["one"], ["one"]]])
  })

  it("waits with its whole work for the lock that another holds", async () => {
    const lock = (held: UnitOfWork) => held.query("select pg_advisory_xact_lock(42)").then(() => undefined)
    const order: string[] = []
    const one = async (name: string) =>
      inUnitOfWork(knex, lock, async () => {
        order.push(`${name} begins`)
        await pause(30)
        await insert(name)
        order.push(`${name} ends`)
      })
    await runInTenant("alpha", () => Promise.all([one("a"), one("b")]))
    // Either may come first.
    const [first = ""] = order
    expect(order).toEqual((first.startsWith("a") ? ["a", "b"] : ["b", "a"]).flatMap((name) => [`${name} begins`, `${name} ends`]))
  })

  it("leaves a connection of the pool for others, however many units wait", async () => {
    const open: (() => void)[] = []
    const units = Array.from({ length: 6 }, () => unit(() => new Promise<void>((resolve) => open.push(resolve))))
    await pause(50)
    expect(open).toHaveLength(2)
    expect(await runInTenant("beta", () => knex("customer_group").pluck("name"))).toEqual([])
    for (let i = 0; i < 6; i++) {
      while (!open.length) await pause(5)
      open.shift()?.()
    }
    await Promise.all(units)
  })
})

type Bus = {
  emit(event: object): Promise<void>
  releaseGroupedEvents(group: string): Promise<void>
  subscribe(event: string, subscriber: () => Promise<void>, context: { subscriberId: string }): void
}
type Locks = {
  execute<T>(keys: string | string[], job: () => Promise<T>, args?: { timeout: number }): Promise<T>
  acquire(keys: string | string[], args?: object): Promise<void>
  release(keys: string | string[], args?: object): Promise<boolean>
}

/** Medusa's own service, wrapped as the host wraps it. */
const wrapped = <T extends object>(wrap: typeof locking, service: T): T => {
  wrap.afterLoad?.({ container: { resolve: () => service } } as unknown as WrappedHost)
  return service
}

describe("an event of a unit of work", () => {
  const bus = wrapped(eventTenant, new (medusaInternal<{ default: new (of: object, options: object, declaration: object) => Bus }>("@medusajs/event-bus-local", "services/event-bus-local.js").default)({ logger: { info: () => {}, error: () => {} } }, {}, { worker_mode: "shared" }))
  let heard: string[][]
  beforeAll(() => {
    for (const name of ["placed", "grouped"]) bus.subscribe(name, async () => void heard.push([name, ...(await committed())]), { subscriberId: name })
  })
  beforeEach(() => (heard = []))

  const emitAll = async () => {
    await bus.emit({ name: "placed", data: {} })
    await bus.emit({ name: "grouped", data: {}, metadata: { eventGroupId: "g" } })
    await bus.releaseGroupedEvents("g")
    await insert("order")
  }

  /** A busy machine delivers late; what is never delivered fails below. */
  const untilBothHeard = async () => {
    for (const end = Date.now() + 5_000; heard.length < 2 && Date.now() < end; ) await pause(10)
  }

  it("is heard once the work it tells of is committed", async () => {
    await unit(emitAll)
    await untilBothHeard()
    expect(new Set(heard.map((one) => one.join()))).toEqual(new Set(["grouped,order", "placed,order"]))
  })

  it("is never heard when the work is rolled back", async () => {
    await unit(emitAll, () => false)
    await pause(50)
    expect(heard).toEqual([])
  })

  it("outside of any unit is heard at once", async () => {
    await runInTenant("alpha", emitAll)
    await untilBothHeard()
    expect(new Set(heard.map(([name]) => name))).toEqual(new Set(["grouped", "placed"]))
  })
})

describe("a lock taken in a unit of work", () => {
  const provider = new (medusaInternal<{ InMemoryLockingProvider: new () => Locks }>("@medusajs/locking", "providers/in-memory.js").InMemoryLockingProvider)()
  const locks = wrapped(locking, new (medusaInternal<{ default: new (of: object, declaration: object) => Locks }>("@medusajs/locking", "services/locking-module.js").default)(
    { lockingProviderService: { retrieveProviderRegistration: () => provider } },
    {},
  ))

  it.each([
    ["execute", () => locks.execute("shelf", () => insert("sold"))],
    ["acquire and release", async () => (await locks.acquire("shelf"), await insert("sold"), await locks.release("shelf"))],
  ])("by %s is kept until the commit, so that the next holder sees what was done", async (_how, take) => {
    let seen: string[] | null = null
    let next: Promise<unknown> = Promise.resolve()
    await unit(async () => {
      await take()
      await insert("paid")
      next = outside(() => locks.execute("shelf", async () => void (seen = await committed()), { timeout: 5 }))
      await pause(30)
      expect(seen).toBeNull()
    })
    await next
    expect(seen).toEqual(["paid", "sold"])
  })

  it("may be taken again in the same unit", async () => {
    await unit(async () => {
      await locks.execute(["shelf", "shelf-2"], () => insert("one"))
      await locks.execute(["shelf-2", "shelf-3"], () => insert("two"), { timeout: 1 })
      await locks.acquire(["shelf"])
    })
    expect(await committed()).toEqual(["one", "two"])
    await runInTenant("alpha", () => locks.execute(["shelf", "shelf-2", "shelf-3"], async () => {}, { timeout: 1 }))
  })

  it("is let go when the unit is rolled back", async () => {
    await failure(unit(async () => (await locks.acquire("shelf"), Promise.reject(new Error("no")))))
    await pause(0)
    await runInTenant("alpha", () => locks.acquire("shelf"))
    await runInTenant("alpha", () => locks.release("shelf"))
  })

  it("that another holds is waited for", async () => {
    let free = () => {}
    const held = runInTenant("alpha", () => locks.execute("shelf", () => new Promise<void>((resolve) => (free = resolve))))
    await pause(10)
    const taken = unit(() => locks.execute("shelf", () => insert("after")))
    await pause(30)
    expect(await committed()).toEqual([])
    free()
    await Promise.all([held, taken])
    expect(await committed()).toEqual(["after"])
  })
})
