import { type Report, eventually } from "./report"
import type { Shop, Site } from "./site"

const EVENTS = 120
const MOST_BATCHES = 6

/** The same ids in both shops. */
const idsOf = (batch: number) => Array.from({ length: EVENTS }, (_, i) => `${batch}.${i}`)

const emit = (site: Site, batch: number) =>
  Promise.all(site.shops.map((shop) => site.client(shop, batch % site.pids.length).post("/store/probe/events", { word: shop.word, ids: idsOf(batch) })))

/** The second process joins while the queue of the first is full. Which of them takes an event is up to Redis: more are sent until both had some of both shops. */
export async function proveEvents(site: Site, report: Report): Promise<string> {
  await emit(site, 0)
  await site.join()
  let batches = 1
  const share = async (shop: Shop) => site.pids.map(async (pid) => (await site.notes(shop, "a")).filter((note) => note.pid === pid).length)
  const shares = async () => Promise.all((await Promise.all(site.shops.map(share))).flat())
  do {
    await emit(site, batches++)
    await eventually(async () => (await Promise.all(site.shops.map((shop) => site.notes(shop, "answered:")))).every(({ length }) => length >= batches * EVENTS))
  } while (batches < MOST_BATCHES && (await shares()).includes(0))

  const all = Array.from({ length: batches }, (_, batch) => idsOf(batch)).flat()
  for (const shop of site.shops) {
    for (const deed of ["asked", "answered"]) {
      const notes = await site.notes(shop, `${deed}:`)
      const times = new Map(all.map((id) => [id, 0]))
      for (const { what } of notes) times.set(what.slice(deed.length + 1), (times.get(what.slice(deed.length + 1)) ?? 0) + 1)
      report.equal(`every event is ${deed} once in ${shop.tenant.id}`, [...times].filter(([, count]) => count !== 1), [])
      report.check(`only its own events are ${deed} in ${shop.tenant.id}`, notes.every(({ text }) => text === shop.word))
    }
  }
  const [ofA0, ofA1, ofB0, ofB1] = await shares()
  report.check("both processes had events of both shops", ![ofA0, ofA1, ofB0, ofB1].includes(0), [ofA0, ofA1, ofB0, ofB1])
  report.equal("a suspended shop hears nothing", await site.notes({ tenant: site.suspended }, ""), [])
  return `${2 * site.shops.length * all.length} deliveries, by process ${ofA0}+${ofA1} in ${site.shops[0]?.tenant.id}, ${ofB0}+${ofB1} in ${site.shops[1]?.tenant.id}`
}
