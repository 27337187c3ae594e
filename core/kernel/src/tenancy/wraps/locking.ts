import { currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, wrapMethod } from "../seam"

type Keys = string | string[]
type Locking = {
  execute<T>(keys: Keys, job: () => Promise<T>, args?: object): Promise<T>
}

const scoped = (keys: Keys): Keys => (Array.isArray(keys) ? keys.map((key) => `${currentTenant()}:${key}`) : `${currentTenant()}:${keys}`)
const scopedOwner = (args?: { ownerId?: string }) => (args?.ownerId ? { ...args, ownerId: `${currentTenant()}:${args.ownerId}` } : args)
const service = (host: Parameters<Wrap["verify"]>[0]) => host.container.resolve("locking") as unknown as Locking

/** Works for the in-memory, Postgres and Redis providers alike, since it sits in front of all of them. */
export const locking: Wrap = {
  name: "locking",
  reason: "Lock keys were shared: a shop could make another wait, or release its lock by naming the same owner.",
  seam: "@medusajs/locking services/locking-module.js",
  afterLoad: (host) => {
    const target = service(host)
    for (const name of ["execute", "acquire", "release"]) {
      wrapMethod(locking.seam, target, name, (original) => function (keys: Keys, ...rest: unknown[]) {
        if (name === "execute") return original.call(this, scoped(keys), ...rest)
        const [args, ...more] = rest
        return original.call(this, scoped(keys), scopedOwner(args as { ownerId?: string }), ...more)
      })
    }
    wrapMethod(locking.seam, target, "releaseAll", (original) => function (args?: { ownerId?: string }, ...rest: unknown[]) {
      // Without an owner Medusa releases every lock there is, of every shop.
      return original.call(this, scopedOwner(args?.ownerId ? args : { ...args, ownerId: "*" }), ...rest)
    })
  },
  verify: async (host) => {
    const target = service(host)
    const both = runInTenant("wrap-one", () =>
      target.execute("fangshi-self-test", () => runInTenant("wrap-two", () => target.execute("fangshi-self-test", async () => true, { timeout: 1 }))),
    )
    expectSeam(await both.catch(() => false), "two tenants wait for the same lock")
  },
}
