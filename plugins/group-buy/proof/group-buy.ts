import { startProofCluster } from "@fangshi/bench/src/proof-cluster"
import { randomFrom, sleep } from "@fangshi/bench/src/proof/kills/random"
import { cloneDatabase } from "@fangshi/testing"
import { audit, auditShop } from "./group-buy/audit"
import { Market } from "./group-buy/market"
import { type Campaign, DESK, type Prepared, openCampaign, prepare } from "./group-buy/prepare"
import { shop } from "./group-buy/shop"
import { KILLS, VARIANTS } from "./group-buy/variants"

/** The shop closes its campaigns while the host still dies: the last kills meet the orders being made. */
const CLOSE_AFTER = KILLS - 4
/** How long a host may live. */
const MOST_UP_MS = 3_000
/** Seconds in which the books must agree after the last shopper: a killed process's work may lie for a minute, a sweep comes each minute. */
const PATIENCE = 240
/** What a shopper may be told in the end; anything else is a fault of the shop. */
const TOLD = /^(?:paid|late|unpaid|GROUP_BUY_(?:SOLD_OUT|COMPLETE|CAMPAIGN_CLOSED|NOT_NOW))$/

/**
 * `npm run proof -- group-buy [seed]`: 200 shoppers for the last 50 pieces while the host is killed 20 times, and beside them
 * baskets of two SKUs, two pieces of one stock item in one order, and a campaign that closes in the middle. The books agree at the end.
 */
export async function run([seedText]: string[]): Promise<void> {
  const random = randomFrom(Number(seedText ?? 1))
  const { cluster, stop } = await startProofCluster()
  const market = new Market(await cloneDatabase("template", cluster))
  try {
    await market.start()
    const prepared = await prepare(market)
    const ends = new Map<Campaign, Promise<string>[]>()
    const from = performance.now()
    for (let kill = 0; kill < KILLS; kill++) {
      for (const variant of VARIANTS) if (variant.opens_at === kill) ends.set(await openCampaign(market, variant, prepared, (performance.now() - from) / Math.max(1, kill)), [])
      for (const [campaign, all] of ends) all.push(...wave(market, prepared, campaign, kill))
      if (kill === CLOSE_AFTER) for (const [{ id, variant }, all] of ends) if (variant.sold) void Promise.all(all).then(() => market.post(`${DESK}/campaigns/${id}/close`, {}))
      await sleep(random() * MOST_UP_MS)
      await market.killAndStart()
    }
    console.log(`group-buy: ${KILLS} kills in ${Math.round((performance.now() - from) / 1_000)} s`)
    const outcomes = new Map<Campaign, Record<string, number>>()
    for (const [campaign, all] of ends) outcomes.set(campaign, counted(await Promise.all(all)))
    for (const { id, variant } of ends.keys()) if (variant.sold) await market.must(`${DESK}/campaigns/${id}/close`, {})
    await judge(market, outcomes)
  } finally {
    await market.close()
    await stop()
  }
}

/** The shoppers of a campaign come in as many waves as there are kills after its opening. */
function wave(market: Market, { leader_id, tokens }: Prepared, campaign: Campaign, kill: number): Promise<string>[] {
  const { shoppers, opens_at } = campaign.variant
  const [first, after] = [kill, kill + 1].map((n) => ((n - opens_at) * shoppers) / (KILLS - opens_at)) as [number, number]
  return Array.from({ length: after - first }, (_, i) => shop(market, campaign, { token: tokens[first + i] ?? "", leader_id, n: first + i }))
}

const counted = (ends: readonly string[]) => ends.reduce<Record<string, number>>((seen, end) => ({ ...seen, [end]: (seen[end] ?? 0) + 1 }), {})

/** Waits until the books agree, for as long as the work of a killed process may lie, and tells what they say. */
async function judge(market: Market, outcomes: ReadonlyMap<Campaign, Record<string, number>>): Promise<void> {
  const look = async () => ({
    shop: await auditShop(market),
    campaigns: await Promise.all([...outcomes].map(async ([campaign, ended]) => ({ variant: campaign.variant, ended, ...(await audit(market, campaign, ended.paid ?? 0)) }))),
  })
  const faultsOf = ({ shop: general, campaigns }: Awaited<ReturnType<typeof look>>) => [...general, ...campaigns.flatMap(({ faults }) => faults)]
  let seen = await look()
  for (let tries = 0; faultsOf(seen).length && tries < PATIENCE; tries++) {
    await sleep(1_000)
    seen = await look()
  }
  for (const { variant, ended, pieces, orders, given_back, differences, faults } of seen.campaigns) {
    console.log(`${variant.name}: ${variant.shoppers} shoppers, ${JSON.stringify(ended)}; ${pieces} pieces in ${orders} orders, ${differences} differences and ${given_back} whole payments given back, ${faults.length} faults`)
  }
  const strange = seen.campaigns.flatMap(({ variant, ended }) => Object.keys(ended).filter((end) => !TOLD.test(end)).map((end) => `${variant.name}: shoppers were told ${end}`))
  const empty = seen.campaigns.filter(({ ended }) => !ended.paid || !Object.keys(ended).some((end) => end.startsWith("GROUP_BUY"))).map(({ variant }) => `${variant.name}: nobody came in, or nobody was refused`)
  const faults = [...faultsOf(seen), ...strange, ...empty]
  for (const fault of faults) console.log(`✗ ${fault}`)
  if (faults.length) process.exitCode = 1
}
