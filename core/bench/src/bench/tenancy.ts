import { step } from "@fangshi/cli/src/steps"
import { serveChild } from "./tenancy/children"
import { type Plan, compare, quantile } from "./tenancy/compare"
import { BENCH_DATA, type Cluster, openCluster, prepareBase, prepareShops, prepareVanilla } from "./tenancy/databases"
import { Load, addToCart, byHandle, list } from "./tenancy/load"
import { memoryOfShops } from "./tenancy/memory"
import { type Line, comparisonLine, hasSection, machine, table, writeSection } from "./tenancy/report"
import { fangshiShops, vanillaShops } from "./tenancy/shops"

type Size = { shops: number; plan: Plan; cart: Plan; pairs: number }

const FULL: Size = { shops: 1000, plan: { rounds: 40, requests: 25, warmUp: 6 }, cart: { rounds: 40, requests: 10, warmUp: 4 }, pairs: 7 }
const QUICK: Size = { shops: 60, plan: { rounds: 8, requests: 15, warmUp: 3 }, cart: { rounds: 8, requests: 8, warmUp: 2 }, pairs: 3 }

/**
 * What tenancy costs: `npm run bench -- tenancy`. `quick` is short and rough and never replaces the page's table;
 * `reuse` takes the databases of an earlier run and does not measure provisioning; `memory` measures that alone and writes nothing. Prints whether each bar is met; never fails because of one.
 */
export async function run(args: string[]): Promise<void> {
  const wants = (word: string) => args.some((arg) => arg.replace(/^-+/, "") === word)
  const size = wants("quick") ? QUICK : FULL
  process.env.FANGSHI_DATA = BENCH_DATA
  const cluster = await openCluster()
  try {
    const lines: Line[] = []
    if (!(wants("reuse") && (await cluster.isPrepared()))) lines.push(...(await prepare(cluster, size)))
    if (!wants("memory")) lines.push(...(await againstVanilla(cluster, size)), ...(await againstTwo(cluster, size)))
    lines.push(await step("memory", () => memoryOfShops(cluster, size.pairs)))
    const text = `${machine(cluster.version)}${wants("quick") ? ` (quick: rough)` : ""}\n\n${table(lines)}`
    console.log(`\n${text}\n`)
    if (!wants("memory") && (!wants("quick") || !hasSection("tenancy"))) writeSection("tenancy", text)
  } finally {
    await cluster.stop()
  }
}

async function prepare(cluster: Cluster, { shops }: Size): Promise<Line[]> {
  await step("vanilla Medusa, one shop", () => prepareVanilla(cluster))
  await step("the platform without a shop", () => prepareBase(cluster))
  await step("2 shops", () => prepareShops(cluster, "two", 2))
  const { times, took, rows } = await step(`${shops} shops`, () => prepareShops(cluster, "many", shops))
  const p95 = quantile(times, 0.95)
  const minutes = took / 60_000
  return [
    { what: "open a shop without catalogue, p95", first: `median ${quantile(times, 0.5).toFixed(0)} ms`, second: "–", result: `${p95.toFixed(0)} ms`, spread: `${quantile(times, 0.25).toFixed(0)}–${quantile(times, 0.75).toFixed(0)} ms`, bar: "≤ 500 ms", met: p95 <= 500 },
    { what: `open ${shops} shops, one after the other`, first: "–", second: `${rows} rows of catalogue copied into each afterwards`, result: `${minutes.toFixed(1)} min`, spread: "–", bar: "1,000 in ≤ 6 min", met: (minutes * 1000) / shops <= 6 },
  ]
}

async function againstVanilla(cluster: Cluster, { plan, cart }: Size): Promise<Line[]> {
  const databases = { vanilla: cluster.database("vanilla"), two: cluster.database("two") }
  const vanilla = await serveChild("vanilla-child.ts", databases.vanilla)
  const two = await serveChild("fangshi-child.ts", databases.two)
  const [first, second] = [new Load("vanilla", vanilla, await vanillaShops(databases.vanilla)), new Load("Fangshi", two, await fangshiShops(databases.two))]
  const scenarios = [
    ["list of 20 with prices", list(1), plan],
    ["product by handle", byHandle, plan],
    ["add to cart", addToCart, cart],
  ] as const
  const lines: Line[] = []
  for (const [name, scenario, rounds] of scenarios) lines.push(comparisonLine(await step(name, () => compare(name, "median", scenario, first, second, rounds)), 1.1))
  first.close()
  second.close()
  await Promise.all([vanilla.stop(), two.stop()])
  return lines
}

/** Both servers get the same requests in turn. */
async function againstTwo(cluster: Cluster, { plan }: Size): Promise<Line[]> {
  const databases = { two: cluster.database("two"), many: cluster.database("many") }
  const two = await serveChild("fangshi-child.ts", databases.two)
  const many = await serveChild("fangshi-child.ts", databases.many)
  const all = await fangshiShops(databases.many)
  const shops = all.length
  const [first, second] = [new Load("2 shops", two, await fangshiShops(databases.two)), new Load(`${shops} shops`, many, all)]
  const lines: Line[] = []
  for (const connections of [1, 4]) {
    const name = `list, every request in the next shop, ${connections} at a time`
    lines.push(comparisonLine(await step(name, () => compare(name, "p95", list(connections), first, second, plan)), 1.2))
  }
  // Tells what the number of shops costs from what the change of shops costs.
  const few = new Load(`2 of ${shops} shops`, many, all.slice(0, 2))
  for (const connections of [1, 4]) {
    const name = `list, always the same two shops, ${connections} at a time`
    lines.push(comparisonLine(await step(name, () => compare(name, "p95", list(connections), first, few, plan)), null))
  }
  for (const load of [first, second, few]) load.close()
  await Promise.all([two.stop(), many.stop()])
  return lines
}
