import { randomUUID } from "node:crypto"
import { type UnitOfWork, currentUnit } from "../../unit-of-work"
import { currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, wrapMethod } from "../seam"

type Keys = string | string[]
type Locking = {
  execute<T>(keys: Keys, job: () => Promise<T>, args?: object): Promise<T>
  release(keys: Keys, args?: { ownerId?: string }): Promise<boolean>
}

const scoped = (keys: Keys): Keys => (Array.isArray(keys) ? keys.map((key) => `${currentTenant()}:${key}`) : `${currentTenant()}:${keys}`)
const scopedOwner = (args?: { ownerId?: string }) => (args?.ownerId ? { ...args, ownerId: `${currentTenant()}:${args.ownerId}` } : args)
const listed = (keys: Keys) => (Array.isArray(keys) ? keys : [keys])

/** The keys the unit does not hold yet; from now on it does. */
function keep(unit: UnitOfWork, keys: Keys): string[] {
  const missing = listed(keys).filter((key) => !unit.locks.has(key))
  for (const key of missing) unit.locks.add(key)
  return missing
}

/** Holds the lock until the unit has ended: let go before the commit, the next holder would read what was before. */
async function executeInUnit<T>(unit: UnitOfWork, keys: Keys, execute: (keys: Keys, job: () => Promise<void>) => Promise<unknown>, job: () => Promise<T>): Promise<T> {
  const missing = keep(unit, keys)
  if (missing.length) {
    await new Promise<void>((acquired, failed) => {
      execute(missing, () => {
        acquired()
        return unit.done
      }).catch(failed)
    })
  }
  return job()
}

const service = (host: Parameters<Wrap["verify"]>[0]) => host.container.resolve("locking") as unknown as Locking

/** Works for the in-memory, Postgres and Redis providers alike, since it sits in front of all of them. */
export const locking: Wrap = {
  name: "locking",
  reason: "Lock keys were shared: a shop could make another wait, or release its lock by naming the same owner.",
  seam: "@medusajs/locking services/locking-module.js",
  afterLoad: (host) => {
    const target = service(host)
    const letGo = target.release.bind(target)
    wrapMethod(locking.seam, target, "execute", (original) => function (keys: Keys, job: () => Promise<unknown>, ...rest: unknown[]) {
      const unit = currentUnit()
      if (!unit) return original.call(this, scoped(keys), job, ...rest)
      return executeInUnit(unit, scoped(keys), (missing, held) => original.call(this, missing, held, ...rest) as Promise<unknown>, job)
    })
    wrapMethod(locking.seam, target, "acquire", (original) => async function (this: Locking, keys: Keys, args?: { ownerId?: string }, ...rest: unknown[]) {
      const unit = currentUnit()
      const wanted = unit ? listed(scoped(keys)).filter((key) => !unit.locks.has(key)) : scoped(keys)
      if (!wanted.length) return
      await original.call(this, wanted, scopedOwner(args), ...rest)
      if (!unit) return
      keep(unit, wanted)
      void unit.done.then(() => letGo(wanted, scopedOwner(args)))
    })
    wrapMethod(locking.seam, target, "release", (original) => async function (this: Locking, keys: Keys, args?: { ownerId?: string }, ...rest: unknown[]) {
      const unit = currentUnit()
      if (unit && listed(scoped(keys)).every((key) => unit.locks.has(key))) return true
      return original.call(this, scoped(keys), scopedOwner(args), ...rest) as Promise<boolean>
    })
    wrapMethod(locking.seam, target, "releaseAll", (original) => function (args?: { ownerId?: string }, ...rest: unknown[]) {
      // Without an owner Medusa releases every lock there is, of every shop.
      return original.call(this, scopedOwner(args?.ownerId ? args : { ...args, ownerId: "*" }), ...rest)
    })
  },
  verify: async (host) => {
    const target = service(host)
    // A name of its own: a process killed in its self-test leaves its lock in Redis for a minute, and the next start would wait for it in vain.
    const key = `fangshi-self-test-${randomUUID()}`
    const both = runInTenant("wrap-one", () => target.execute(key, () => runInTenant("wrap-two", () => target.execute(key, async () => true, { timeout: 1 }))))
    expectSeam(await both.catch(() => false), "two tenants wait for the same lock")
  },
}
