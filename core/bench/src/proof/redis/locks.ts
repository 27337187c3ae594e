import { setTimeout as sleep } from "node:timers/promises"
import type { Report } from "./report"
import type { Shop, Site } from "./site"

type Outcome = { held: boolean; from?: number; until?: number; problem?: string }

const HOLD_MS = 2_000

/** A lock is taken in A; everybody else wants one of the same name. */
export async function proveLocks(site: Site, report: Report): Promise<string> {
  const [a, b] = site.shops as [Shop, Shop]
  const ask = (shop: Shop, process_: number, wish: object) => site.client(shop, process_).post<Outcome>("/store/probe/locks", { key: "same", ...wish })
  const execute = (shop: Shop, process_: number, hold: number, timeout: number) => ask(shop, process_, { do: "execute", hold, timeout })

  const first = execute(a, 0, HOLD_MS, 5)
  await sleep(300)
  const impatient = execute(a, 1, 1, 1)
  const patient = [execute(a, 0, 200, 8), execute(a, 1, 200, 8)]
  const neighbours = await Promise.all([0, 1].map((process_) => execute(b, process_, 1, 1)))
  const held = await first
  for (const [process_, one] of neighbours.entries()) {
    report.check(`${b.tenant.id} has the lock at process ${process_} while ${a.tenant.id} holds its own`, one.held && (one.until ?? Infinity) < (held.until ?? 0), one)
  }
  report.equal("the other process cannot have the lock of its shop while it is held", (await impatient).held, false)
  const all = [held, ...(await Promise.all(patient))].sort((x, y) => (x.from ?? 0) - (y.from ?? 0))
  report.check("who waits gets it, in either process", all.every((one) => one.held), all)
  report.check("nobody has it at the same time as another", all.every((one, i) => i === 0 || (one.from ?? 0) >= (all[i - 1]?.until ?? Infinity)), all)

  const owned = (shop: Shop, process_: number, what: "acquire" | "release" | "release-all", owner = "owner") => ask(shop, process_, { do: what, owner }).then((one) => one.held)
  report.equal("both shops acquire a lock of one name for an owner of one name", [await owned(a, 0, "acquire"), await owned(b, 1, "acquire")], [true, true])
  report.equal("another owner is refused by the other process", await owned(a, 1, "acquire", "another"), false)
  await owned(b, 0, "release-all")
  report.equal("a shop that lets go of all its locks keeps those of its neighbour", [await owned(a, 1, "acquire", "another"), await owned(b, 0, "acquire", "another")], [false, true])
  report.equal("the neighbour's owner of the same name releases nothing", [await owned(b, 0, "release"), await owned(a, 1, "acquire", "another")], [false, false])
  report.equal("its own owner releases it in the other process", [await owned(a, 1, "release"), await owned(a, 0, "acquire", "another")], [true, true])
  await Promise.all([owned(a, 0, "release", "another"), owned(b, 1, "release", "another")])
  return ""
}
