import path from "node:path"
import { quantile } from "@fangshi/bench/src/bench/tenancy/compare"
import { serveChild } from "@fangshi/bench/src/bench/tenancy/children"
import { BENCH_DATA, type Cluster, openCluster, prepareBase, prepareVanilla } from "@fangshi/bench/src/bench/tenancy/databases"
import { Load } from "@fangshi/bench/src/bench/tenancy/load"
import { type Line, hasSection, machine, table, writeSection } from "@fangshi/bench/src/bench/tenancy/report"
import { type Shop, vanillaShops } from "@fangshi/bench/src/bench/tenancy/shops"
import { step } from "@fangshi/cli/src/steps"
import { bindPoolToTenants, runInTenant, shareConnectionInUnits } from "@fangshi/kernel"
import { PluginPortsDouble, asOwner } from "@fangshi/testing"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, ModulesSdkUtils } from "@medusajs/framework/utils"
import { Client } from "pg"
import { settings } from "../src/contract"
import { joinCampaign } from "../src/modules/group-buy/join"
import { GroupBuyService } from "../src/modules/group-buy/service"
import { GROUP, ordering } from "./group-buy/orders"

/** Where the figures stand. */
const README = path.resolve(__dirname, "../README.md")
const SHOP = "bench-shop"
const [CAMPAIGN, ITEM, LEADER] = ["gbcamp_bench", "gbitem_bench", "gblead_bench"]
const CONNECTIONS = 8
type Plan = { rounds: number; ms: number; checkouts: number; groups: number }
const FULL: Plan = { rounds: 9, ms: 3_000, checkouts: 12, groups: 3 }
const QUICK: Plan = { rounds: 3, ms: 1_000, checkouts: 4, groups: 1 }

/**
 * How fast shoppers join for one item, beside a bare conditional UPDATE of one row on the same Postgres and a checkout in a
 * Medusa as it comes, and how long a large group takes to become orders: `npm run bench -- group-buy`. `quick` is short and
 * rough and never replaces the page's table; `joins` measures these alone and writes nothing.
 */
export async function run(args: string[]): Promise<void> {
  const wants = (word: string) => args.some((arg) => arg.replace(/^-+/, "") === word)
  const quick = wants("quick")
  const plan = quick ? QUICK : FULL
  process.env.FANGSHI_DATA = BENCH_DATA
  const cluster = await openCluster()
  try {
    await step("the platform without a shop", () => prepareBase(cluster))
    const { bare, joins } = await step("joins", () => joining(cluster, plan))
    const checkouts = wants("joins") ? [] : await step("Medusa as it comes", () => checkingOut(cluster, plan))
    const orders = wants("joins") ? null : await step("orders", async () => ordering(await cluster.recreate("many", "base"), plan.groups))
    const text = `${machine(cluster.version)}${quick ? " (quick: rough)" : ""}; ${CONNECTIONS} shoppers at a time, all for one item\n\n${table([...lines(bare, joins, checkouts), ...(orders ? orderLines(orders) : [])])}`
    console.log(`\n${text}\n`)
    if (wants("joins")) return
    if (!quick || !hasSection("group-buy", README)) writeSection("group-buy", text, README)
  } finally {
    await cluster.stop()
  }
}

function lines(bare: number[], joins: number[], checkouts: number[]): Line[] {
  const a_second = (rates: number[]) => `${quantile(rates, 0.5).toFixed(rates === checkouts ? 2 : 0)}/s`
  const spread = (ratios: number[]) => `${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)}`
  const toBare = joins.map((rate, i) => rate / (bare[i] ?? NaN))
  const toCheckout = joins.map((rate) => rate / quantile(checkouts, 0.5))
  const [half, times] = [quantile(toBare, 0.5), quantile(toCheckout, 0.5)]
  const beside: Line = { what: "joins, to conditional UPDATEs of one row", first: `UPDATE ${a_second(bare)}`, second: `joins ${a_second(joins)}`, result: `× ${half.toFixed(2)}`, spread: spread(toBare), bar: "≥ 0.25", met: half >= 0.25 }
  if (!checkouts.length) return [beside]
  return [
    beside,
    { what: "joins, to cart → order in Medusa as it comes", first: `checkouts ${a_second(checkouts)}`, second: `joins ${a_second(joins)}`, result: `× ${times.toFixed(0)}`, spread: `${quantile(toCheckout, 0.25).toFixed(0)}–${quantile(toCheckout, 0.75).toFixed(0)}`, bar: "≥ 200", met: times >= 200 },
  ]
}

/** How long groups took whose money was taken at joining, and those whose money is taken with the order. */
function orderLines({ captured, authorized }: { captured: number[]; authorized: number[] }): Line[] {
  const line = (what: string, seconds: number[]): Line => {
    const median = quantile(seconds, 0.5)
    return { what: `a group of ${GROUP.toLocaleString("en")} becomes orders, ${what}`, first: "–", second: `${(GROUP / median).toFixed(0)} orders/s`, result: `${median.toFixed(1)} s`, spread: `${quantile(seconds, 0.25).toFixed(1)}–${quantile(seconds, 0.75).toFixed(1)} s`, bar: "≤ 10 s", met: median <= 10 }
  }
  return [line("its money taken at joining", captured), line("its money taken with the order", authorized)]
}

/** Calls `once` from all connections for a while; answers how many a second. */
async function rate(ms: number, once: (connection: number) => Promise<unknown>): Promise<number> {
  const from = performance.now()
  let done = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async (_, connection) => {
    while (performance.now() - from < ms) {
      await once(connection)
      done++
    }
  }))
  return (done * 1_000) / (performance.now() - from)
}

/** Both in turn, so that whatever else the machine does hits both alike. */
async function joining(cluster: Cluster, { rounds, ms }: Plan): Promise<{ bare: number[]; joins: number[] }> {
  const database = await cluster.recreate("two", "base")
  await prepareCampaign(database.ownerUrl)
  const knex = ModulesSdkUtils.createPgConnection({ clientUrl: database.appUrl, schema: "public", driverOptions: { connection: { ssl: false } }, pool: { min: CONNECTIONS, max: CONNECTIONS } }) as unknown as Knex
  bindPoolToTenants(knex)
  shareConnectionInUnits(knex)
  const double = new PluginPortsDouble(settings.parse({}))
  const ctx = { db: new GroupBuyService({ [ContainerRegistrationKeys.PG_CONNECTION]: knex }), ports: double.ports }
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    const client = new Client({ connectionString: database.ownerUrl })
    await client.connect()
    return client
  }))
  let n = 0
  const join = () => {
    const key = `bench-${String(n++).padStart(9, "0")}`
    return runInTenant(SHOP, () => joinCampaign(ctx, { campaign_id: CAMPAIGN, customer_id: `cus_${key}`, idempotency_key: key, items: [{ item_id: ITEM, quantity: 1 }], leader_id: LEADER, contact: { name: "王小米", phone: "13800001111" }, open_team: false }))
  }
  const update = (connection: number) => clients[connection]?.query("update bare.row set reserved = reserved + 1 where id = 1 and reserved + 1 <= stock") ?? Promise.resolve()
  const [bare, joins]: [number[], number[]] = [[], []]
  try {
    for (let round = -1; round < rounds; round++) {
      const [first, second] = [await rate(ms, update), await rate(ms, join)]
      // The first of each warms up.
      if (round >= 0) {
        bare.push(first)
        joins.push(second)
      }
    }
  } finally {
    await Promise.all([...clients.map((client) => client.end()), knex.destroy()])
  }
  return { bare, joins }
}

async function prepareCampaign(ownerUrl: string): Promise<void> {
  const sql = (text: string, values: unknown[] = []) => asOwner(ownerUrl, text, values)
  // Outside of public, where it would be made a tenant table: it shall be as bare as pgbench's.
  await sql("create schema bare; create table bare.row (id int primary key, stock bigint not null, reserved bigint not null); insert into bare.row values (1, 1000000000, 0)")
  await sql(`insert into group_buy_leader (tenant_id, id, customer_id, status, leader_name, phone, point_name, province, city, district, address, latitude, longitude, commission_basis_points, applied_at) values ($1, $2, 'cus_leader', 'approved', '李姐', '13900001111', '一号点', '浙江省', '杭州市', '余杭区', '古墩路 1 号', 30.3, 120.1, 500, now())`, [SHOP, LEADER])
  await sql(`insert into group_buy_campaign (tenant_id, id, kind, status, title_zh, title_en, opens_at, closes_at, currency_code, condition_by, condition_target, step_by) values ($1, $2, 'community', 'open', '草莓', 'Strawberries', '2025-01-01', '2036-01-01', 'cny', 'people', 2, 'people')`, [SHOP, CAMPAIGN])
  await sql(`insert into group_buy_campaign_item (tenant_id, id, campaign_id, product_id, variant_id, title_zh, title_en, position, unit_price, stock) values ($1, $2, $3, 'prod', 'variant', '草莓', 'Strawberries', 0, 1000, 1000000000)`, [SHOP, ITEM, CAMPAIGN])
  await sql("insert into group_buy_campaign_point (tenant_id, campaign_id, leader_id) values ($1, $2, $3)", [SHOP, CAMPAIGN, LEADER])
}

type Id = { id: string }

/** Whole purchases, one after the other, as a storefront makes them; answers each one's rate. */
async function checkingOut(cluster: Cluster, { checkouts }: Plan): Promise<number[]> {
  await prepareVanilla(cluster)
  const database = cluster.database("vanilla")
  const server = await serveChild("vanilla-child.ts", database)
  const load = new Load("vanilla", server, await vanillaShops(database))
  const rates: number[] = []
  try {
    for (let n = -2; n < checkouts; n++) {
      const from = performance.now()
      await checkout(load, load.nextShop(), n)
      if (n >= 0) rates.push(1_000 / (performance.now() - from))
    }
  } finally {
    load.close()
    await server.stop()
  }
  return rates
}

async function checkout(load: Load, shop: Shop, n: number): Promise<void> {
  const post = async <T>(path: string, body: unknown) => JSON.parse(await load.send(shop, { method: "POST", path, body })) as T
  const address = { first_name: "小米", last_name: "王", phone: "13800001111", address_1: "人民路 1 号", city: "昆明市", province: "云南省", country_code: "cn", postal_code: "650000" }
  const { cart } = await post<{ cart: Id }>("/store/carts", { region_id: shop.region, email: `buyer${n}@bench.example` })
  await post(`/store/carts/${cart.id}/line-items`, { variant_id: shop.variants[0], quantity: 1 })
  await post(`/store/carts/${cart.id}`, { shipping_address: address, billing_address: address })
  const { shipping_options } = JSON.parse(await load.send(shop, { method: "GET", path: `/store/shipping-options?cart_id=${cart.id}` })) as { shipping_options: Id[] }
  await post(`/store/carts/${cart.id}/shipping-methods`, { option_id: shipping_options[0]?.id })
  const { payment_collection } = await post<{ payment_collection: Id }>("/store/payment-collections", { cart_id: cart.id })
  await post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" })
  await post(`/store/carts/${cart.id}/complete`, {})
}
