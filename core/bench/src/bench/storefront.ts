import { writeFileSync } from "node:fs"
import path from "node:path"
import { step } from "@fangshi/cli/src/steps"
import autocannon from "autocannon"
import { manifestOf, shopId } from "./tenancy/bench-shop"
import { type BenchDatabase, type ServingChild, runChild, serveChild } from "./tenancy/children"
import { quantile } from "./tenancy/compare"
import { BENCH_DATA, openCluster, prepareBase } from "./tenancy/databases"
import { type Line, hasSection, machine, table, writeSection } from "./tenancy/report"

const CHILD = "../storefront/storefront-child.ts"
const HOST = manifestOf(shopId(1)).hosts[0] ?? ""

type Plan = { rounds: number; seconds: number }
const FULL: Plan = { rounds: 12, seconds: 2 }
const QUICK: Plan = { rounds: 4, seconds: 1 }

/**
 * How fast a home page with 48 products is: `npm run bench -- storefront`. `quick` is short and rough and never replaces the
 * page's table. Prints whether each bar is met; never fails because of one.
 */
export async function run(args: string[]): Promise<void> {
  const quick = args.some((arg) => arg.replace(/^-+/, "") === "quick")
  const plan = quick ? QUICK : FULL
  process.env.FANGSHI_DATA = BENCH_DATA
  const cluster = await openCluster()
  try {
    await step("the platform without a shop", () => prepareBase(cluster))
    const database = await cluster.recreate("storefront", "base")
    await step("one shop", () => runChild(CHILD, "prepare", database))
    const lines = [...(await step("from memory", () => fromMemory(database, plan))), ...(await step("in the process", () => inTheProcess(database)))]
    const text = `${machine(cluster.version)}${quick ? " (quick: rough)" : ""}\n\n${table(lines)}`
    console.log(`\n${text}\n`)
    if (!quick || !hasSection("storefront")) writeSection("storefront", text)
  } finally {
    await cluster.stop()
  }
}

type Round = { perSecond: number; cpu: number }

/** `cpu`: ms of the server's processor time a request. The first second is thrown away: the server has rested while the others had their turn. */
async function load(server: ServingChild, seconds: number, connections: number, headers: Record<string, string> = {}): Promise<Round> {
  const ask = (duration: number) => autocannon({ url: server.url, connections, duration, headers: { host: HOST, ...headers } })
  await ask(1)
  const before = await server.cpu()
  const { requests, non2xx, errors } = await ask(seconds)
  if (non2xx || errors || !requests.total) throw new Error(`${non2xx} answers were none, ${errors} requests failed`)
  return { perSecond: requests.total / seconds, cpu: ((await server.cpu()) - before) / requests.total }
}

const middle = (values: number[]) => quantile(values, 0.5)
const spread = (values: number[], digits: number) => `${quantile(values, 0.25).toFixed(digits)}–${quantile(values, 0.75).toFixed(digits)}`

async function fromMemory(database: BenchDatabase, { rounds, seconds }: Plan): Promise<Line[]> {
  const shop = await serveChild(CHILD, database)
  const page = await pageOf(shop)
  const file = path.join(BENCH_DATA, "home.html")
  writeFileSync(file, page)
  const express = await serveChild("../storefront/express-child.ts", database, { BENCH_PAGE: file })
  const [ofExpress, ofShop, ofPersonal]: [Round[], Round[], Round[]] = [[], [], []]
  // A cookie the shop does not know: the page is this visitor's own.
  const personal = () => load(shop, seconds, 4, { cookie: "bench=1" })
  await load(express, seconds, 10)
  await load(shop, seconds, 10)
  await personal()
  for (let round = 0; round < rounds; round++) {
    const sides = [async () => ofExpress.push(await load(express, seconds, 10)), async () => ofShop.push(await load(shop, seconds, 10))]
    for (const side of round % 2 ? sides.reverse() : sides) await side()
    ofPersonal.push(await personal())
  }
  await Promise.all([shop.stop(), express.stop()])
  const ratios = ofShop.map(({ perSecond }, i) => perSecond / (ofExpress[i]?.perSecond ?? NaN))
  const cpu = middle(ofExpress.map((round) => round.cpu)) / middle(ofShop.map((round) => round.cpu))
  const pages = ofPersonal.map(({ perSecond }) => perSecond)
  const perSecond = (all: Round[]) => `${middle(all.map((round) => round.perSecond)).toFixed(0)}/s`
  return [
    { what: `home from memory, ${(page.length / 1024).toFixed(0)} kB, 10 at a time`, first: `raw Express ${perSecond(ofExpress)}`, second: `Fangshi ${perSecond(ofShop)}`, result: `× ${middle(ratios).toFixed(2)}`, spread: `${spread(ratios, 2)}; by processor time × ${cpu.toFixed(2)}`, bar: "≥ 0.60", met: middle(ratios) >= 0.6 },
    { what: "home made for each visitor, over HTTP, 4 at a time", first: "–", second: `${middle(ofPersonal.map((round) => round.cpu)).toFixed(2)} ms of processor time`, result: `${middle(pages).toFixed(0)} pages/s`, spread: spread(pages, 0), bar: "≥ 300/s", met: middle(pages) >= 300 },
  ]
}

/** The page as it comes from memory. */
async function pageOf(shop: ServingChild): Promise<Buffer> {
  const { Agent, request } = await import("node:http")
  return new Promise((resolve, reject) => {
    request(shop.url, { headers: { host: HOST }, agent: new Agent() }, (response) => {
      const chunks: Buffer[] = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("end", () => (response.statusCode === 200 ? resolve(Buffer.concat(chunks)) : reject(new Error(`the home page answers ${String(response.statusCode)}`))))
    }).on("error", reject).end()
  })
}

async function inTheProcess(database: BenchDatabase): Promise<Line[]> {
  const said = await runChild(CHILD, "render", database, { FANGSHI_TRUSTED_PROXIES: "127.0.0.1" })
  if (!said || !("rendered" in said)) throw new Error("the child told nothing")
  const { page, react } = said.rendered
  const ratios = page.map((perSecond, i) => perSecond / (react[i] ?? NaN))
  return [
    { what: "home made in the process, without HTTP", first: `React's renderToString of the same tree ${middle(react).toFixed(0)}/s`, second: `whole page ${middle(page).toFixed(0)}/s`, result: `× ${middle(ratios).toFixed(2)}`, spread: `${spread(ratios, 2)}; pages/s ${spread(page, 0)}`, bar: "≥ 300/s", met: middle(page) >= 300 },
  ]
}
