import { setTimeout as sleep } from "node:timers/promises"
import { Listener } from "./listener"
import { type Report, eventually } from "./report"
import type { Shop, Site } from "./site"

const FLOW = "/admin/workflows-executions/probe-steps"

type Execution = { state: string; context: unknown }

const run = (site: Site, shop: Shop, process_: number, transaction: string, flow = FLOW) => site.client(shop, process_).post(`${flow}/run`, { transaction_id: transaction, input: { word: shop.word } })
const answer = (site: Site, shop: Shop, process_: number, transaction: string) => site.client(shop, process_).call({ method: "POST", path: "/store/probe/answers", body: { transaction, word: shop.word } })
/** From the list: Medusa's route of a single one looks only at the workflow and not at the transaction. */
const execution = async (site: Site, shop: Shop, process_: number, transaction: string) => {
  const { workflow_executions } = await site.client(shop, process_).ok<{ workflow_executions: Execution[] }>({ path: `/admin/workflows-executions?workflow_id=probe-steps&transaction_id=${transaction}&fields=id,state,context` })
  return workflow_executions[0] ?? null
}
const reached = (site: Site, shop: Shop, deed: string, transaction: string) => eventually(async () => (await site.notes(shop, `${deed}:${transaction}|`)).length > 0, 20_000)

/** Both shops choose the same transaction ids; A runs in the first process and B in the second. */
export async function proveWorkflows(site: Site, report: Report): Promise<string> {
  const pids = new Set<number>()
  for (const transaction of ["alike-1", "alike-2", "alike-3"]) await runAlike(site, report, transaction, pids)
  for (const [i, shop] of site.shops.entries()) await runAlone(site, report, { owner: shop, other: site.shops[1 - i] as Shop, transaction: `only-${i}` })
  await runLate(site, report)
  return `steps in ${pids.size} processes`
}

async function runAlike(site: Site, report: Report, transaction: string, pids: Set<number>) {
  const listeners = site.shops.flatMap((shop) => [0, 1].map((process_) => ({ shop, process_, listener: new Listener(site.host(process_), shop, `${FLOW}/${transaction}/subscribe`) })))
  try {
    // A stream sends nothing, not even its headers, before its first event.
    await sleep(500)
    await Promise.all(site.shops.map((shop, i) => run(site, shop, i, transaction)))
    for (const shop of site.shops) report.check(`${transaction} waits in ${shop.tenant.id}`, (await reached(site, shop, "wait", transaction)) === true)
    // A step is answered by the process that did not start it; the neighbour still waits.
    for (const [i, shop] of site.shops.entries()) {
      const { status, text } = await answer(site, shop, 1 - i, transaction)
      report.check(`${transaction} is answered in ${shop.tenant.id}`, status === 200, text)
      report.check(`${transaction} ends in ${shop.tenant.id}`, (await reached(site, shop, "end", transaction)) === true)
      const neighbour = site.shops[i + 1]
      if (neighbour) report.equal(`${transaction} of ${neighbour.tenant.id} still waits`, (await execution(site, neighbour, 1, transaction))?.state, "invoking")
    }
    await eventually(async () => listeners.every(({ listener }) => listener.frames("onFinish").length > 0), 5_000)
    for (const [i, shop] of site.shops.entries()) await lookAtRun(site, report, { shop, other: site.shops[1 - i] as Shop, transaction, pids })
    for (const { shop, process_, listener } of listeners) {
      const other = site.shops.find((one) => one !== shop) as Shop
      report.equal(`a listener of ${shop.tenant.id} at process ${process_} hears one end of ${transaction}, its own`, listener.frames("onFinish").map(({ result }) => result), [shop.word])
      report.check(`a listener of ${shop.tenant.id} at process ${process_} hears nothing of its neighbour`, !listener.text.includes(other.word), listener.text)
    }
  } finally {
    await Promise.all(listeners.map(({ listener }) => listener.close()))
  }
}

/** Rows and state of one finished run: each step as often as it should, all with the shop's own word. */
async function lookAtRun(site: Site, report: Report, { shop, other, transaction, pids }: { shop: Shop; other: Shop; transaction: string; pids: Set<number> }) {
  for (const [deed, times] of Object.entries({ begin: 1, stumble: 2, wait: 1, end: 1 })) {
    const notes = await site.notes(shop, `${deed}:${transaction}|`)
    report.equal(`${deed} of ${transaction} in ${shop.tenant.id}`, notes.map(({ text }) => text), Array(times).fill(shop.word))
    for (const { pid } of notes) pids.add(pid)
  }
  for (const process_ of [0, 1]) {
    const seen = await execution(site, shop, process_, transaction)
    const text = JSON.stringify(seen)
    report.equal(`${transaction} is done in ${shop.tenant.id}, asked at process ${process_}`, seen?.state, "done")
    report.check(`the state of ${transaction} in ${shop.tenant.id} is its own`, text.includes(shop.word) && !text.includes(other.word), text)
  }
}

/** Only one shop has the transaction; the other tries to look at it and to move it. */
async function runAlone(site: Site, report: Report, { owner: a, other: b, transaction }: { owner: Shop; other: Shop; transaction: string }) {
  await run(site, a, 0, transaction)
  await reached(site, a, "wait", transaction)
  for (const process_ of [0, 1]) {
    report.equal(`${transaction} is not there for ${b.tenant.id} at process ${process_}`, await execution(site, b, process_, transaction), null)
    const { status } = await answer(site, b, process_, transaction)
    report.check(`${transaction} cannot be answered by ${b.tenant.id} at process ${process_}`, status >= 400, status)
  }
  await sleep(500)
  report.equal(`${transaction} still waits`, (await execution(site, a, 0, transaction))?.state, "invoking")
  report.equal(`${transaction} is answered by its owner`, (await answer(site, a, 1, transaction)).status, 200)
  report.check(`${transaction} ends`, (await reached(site, a, "end", transaction)) === true)
  report.equal(`${transaction} left nothing in ${b.tenant.id}`, (await site.notes(b, "")).filter(({ what }) => what.includes(transaction)), [])
}

/** A time limit runs out in the background and the run is taken back there. */
async function runLate(site: Site, report: Report) {
  const transaction = "late"
  await Promise.all(site.shops.map((shop, i) => run(site, shop, i, transaction, "/admin/workflows-executions/probe-late")))
  for (const shop of site.shops) {
    await reached(site, shop, "undone", transaction)
    for (const deed of ["done", "undone"]) report.equal(`${transaction} is ${deed} in ${shop.tenant.id}`, (await site.notes(shop, `${deed}:${transaction}|`)).map(({ text }) => text), [shop.word])
  }
}
