import type { Memory } from "./child-messages"
import { type BenchDatabase, serveChild } from "./children"
import { quantile } from "./compare"
import type { Cluster } from "./databases"
import { Load, list } from "./load"
import type { Line } from "./report"
import { fangshiShops } from "./shops"

const CONNECTIONS = 4
const MOST_MB = 50

const signed = (mb: number, digits: number) => `${mb < 0 ? "−" : "+"}${Math.abs(mb).toFixed(digits)} MB`

/** A fresh server's memory after `requests` lists, each in the next shop. */
async function afterRequests(database: BenchDatabase, requests: number): Promise<Memory> {
  const server = await serveChild("fangshi-child.ts", database)
  const load = new Load(database.kind, server, await fangshiShops(database))
  await list(CONNECTIONS)(load, requests)
  load.close()
  const memory = await server.memory()
  await server.stop()
  return memory
}

/**
 * What 1,000 shops that were all visited take beside two. One process's resident memory differs by a tenth from the next
 * one's under the same requests, so that only several pairs of fresh ones tell anything.
 */
export async function memoryOfShops(cluster: Cluster, pairs: number): Promise<Line> {
  const [few, many] = [cluster.database("two"), cluster.database("many")]
  const shops = (await fangshiShops(many)).length
  const [ofFew, ofMany]: [Memory[], Memory[]] = [[], []]
  for (let pair = 0; pair < pairs; pair++) {
    for (const [database, into] of pair % 2 ? ([[many, ofMany], [few, ofFew]] as const) : ([[few, ofFew], [many, ofMany]] as const)) into.push(await afterRequests(database, shops))
  }
  const median = (all: Memory[], of: keyof Memory) => quantile(all.map((memory) => memory[of]), 0.5)
  const range = (all: Memory[]) => `${Math.min(...all.map(({ rss }) => rss)).toFixed(0)}–${Math.max(...all.map(({ rss }) => rss)).toFixed(0)}`
  const more = median(ofMany, "rss") - median(ofFew, "rss")
  return {
    what: `resident memory after one list in each shop, median of ${pairs} fresh servers`,
    first: `2 shops ${median(ofFew, "rss").toFixed(0)} MB`,
    second: `${shops} shops ${median(ofMany, "rss").toFixed(0)} MB`,
    result: signed(more, 0),
    spread: `${range(ofFew)} and ${range(ofMany)} MB; heap in use ${signed(median(ofMany, "heap") - median(ofFew, "heap"), 1)}`,
    bar: `≤ ${MOST_MB} MB`,
    met: more <= MOST_MB,
  }
}
