import { setTimeout as sleep } from "node:timers/promises"
import type { Report } from "./report"
import type { Site } from "./site"

const PERIOD_MS = 3_000
const PERIODS = 4

/** A job and a workflow that are due every three seconds, watched for a while with both processes idle. */
export async function proveSchedules(site: Site, report: Report): Promise<string> {
  const from = Date.now()
  await sleep(PERIODS * PERIOD_MS)
  const until = Date.now()
  // What was due in that time has run by then.
  await sleep(PERIOD_MS)
  const told: string[] = []
  for (const kind of ["job", "flow"]) {
    const runs = await Promise.all(site.shops.map(async (shop) => inside(await site.notes(shop, `${kind}:`), from, until)))
    const [first = [], second = []] = runs.map((list) => list.map(({ due }) => due).sort((a, b) => (String(a) < String(b) ? -1 : 1)))
    const dues = [...new Set(first)]
    report.equal(`a scheduled ${kind} runs once for a shop each time it is due`, first, dues)
    report.equal(`a scheduled ${kind} runs for both shops alike`, second, first)
    report.check(`a scheduled ${kind} is due as often with two processes as with one`, Math.abs(dues.length - PERIODS) <= 1, dues)
    report.equal(`a scheduled ${kind} leaves a suspended shop alone`, await site.notes({ tenant: site.suspended }, `${kind}:`), [])
    const processes = site.pids.map((pid) => runs.flat().filter((one) => one.pid === pid).length)
    told.push(`${kind} ${dues.length} times, by process ${processes.join("+")}`)
  }
  return told.join("; ")
}

/** Medusa says when a run was put into the queue; that is one period before it is due. */
const inside = (notes: { what: string; pid: number }[], from: number, until: number) =>
  notes.map(({ what, pid }) => ({ due: Number(what.split(":")[1]), pid })).filter(({ due }) => due >= from - PERIOD_MS && due < until - PERIOD_MS)
