import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { startProofCluster } from "@fangshi/bench/src/proof-cluster"
import { randomFrom, sleep } from "@fangshi/bench/src/proof/kills/random"
import { type Answer, type HostProcess, ShopClient, type TestDatabase, type TestTenant, asOwner, cloneDatabase, control, createTenant, registerCustomer, startHostProcess, stockShop } from "@fangshi/testing"

const [SHOPPERS, PIECES, KILLS] = [200, 50, 20]
const S = "/store/group-buy"
const W = "/admin/workbench/group-buy"

/** One shop whose host dies again and again; whoever talks to it asks until it answers. */
class Market {
  host!: HostProcess
  tenant!: TestTenant
  private readonly dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-group-buy-"))

  constructor(readonly database: TestDatabase) {}

  async start(): Promise<void> {
    this.host = await startHostProcess(this.database, { FANGSHI_DATA: this.dataDir, FANGSHI_LOG_LEVEL: "fatal" })
  }

  async killAndStart(): Promise<void> {
    await this.host.kill("SIGKILL")
    await this.start()
  }

  get client(): ShopClient {
    return new ShopClient(this.host, this.tenant)
  }

  /** Until the host answers something that is no failure of its own. */
  async post(at: string, body: unknown, token?: string): Promise<Answer> {
    for (;;) {
      const answer = await this.client.call({ method: "POST", path: at, body, ...(token ? { token } : {}) }).catch(() => null)
      if (answer && answer.status < 500) return answer
      await sleep(200)
    }
  }

  async must<T>(at: string, body: unknown, token?: string): Promise<T> {
    const answer = await this.post(at, body, token)
    if (answer.status > 299) throw new Error(`POST ${at} → ${answer.status} ${answer.text.slice(0, 300)}`)
    return answer.body as T
  }

  async close(): Promise<void> {
    await this.host.kill("SIGKILL")
    await this.database.drop()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

type Campaign = { id: string; items: { id: string }[] }
type Prepared = { campaign: Campaign; leader_id: string; tokens: string[] }

async function prepare(market: Market): Promise<Prepared> {
  const { url, controlUrl } = market.host
  const shared = { url, controlUrl, ownerUrl: market.database.ownerUrl, appUrl: market.database.appUrl }
  market.tenant = await createTenant("groups", shared)
  await control({ op: "plugins", id: market.tenant.id, plugins: ["group-buy"] }, shared)
  const stock = await stockShop(market.client, "果园", 1_000)
  const tokens: string[] = []
  for (let n = 0; n <= SHOPPERS; n += 10) tokens.push(...(await Promise.all(Array.from({ length: 10 }, (_, i) => registerCustomer(market.client, `shopper-${n + i}@buyer.example`)))))
  const application = { leader_name: "李姐", phone: "13900001111", point_name: "一号点", province: "浙江省", city: "杭州市", district: "余杭区", address: "古墩路 1 号", latitude: 30.3, longitude: 120.1 }
  const { leader } = await market.must<{ leader: { leader_id: string } }>(`${S}/leader`, application, tokens[SHOPPERS])
  await market.must(`${W}/leaders/${leader.leader_id}`, { decision: "approve" })
  const now = Date.now()
  const { campaign } = await market.must<{ campaign: Campaign }>(`${W}/campaigns`, {
    kind: "community", opens_at: new Date(now - 60_000).toISOString(), closes_at: new Date(now + 7_200_000).toISOString(), condition: { by: "pieces", target: PIECES },
    items: [{ variant_id: stock.variant.id, stock: PIECES, steps: [{ from_count: 10, unit_price_amount: 3_490 }] }],
  })
  await market.must(`${W}/campaigns/${campaign.id}/open`, {})
  return { campaign, leader_id: leader.leader_id, tokens }
}

/** Joins and pays, asking again after every cut; answers how it ended. */
async function shop(market: Market, { campaign, leader_id }: Prepared, token: string, n: number): Promise<string> {
  const body = { idempotency_key: `shopper-${n}-0001`, items: [{ item_id: campaign.items[0]?.id ?? "", quantity: 1 }], leader_id, contact: { name: `顾客${n}`, phone: "13800001111" } }
  const joined = await market.post(`${S}/campaigns/${campaign.id}/join`, body, token)
  if (joined.status > 299) return String(joined.body.code)
  const { id } = (joined.body as unknown as { participation: { id: string } }).participation
  for (;;) {
    const paid = await market.post(`${S}/participations/${id}/pay`, {}, token)
    const outcome = paid.status > 299 ? String(paid.body.code) : String(paid.body.outcome)
    if (outcome !== "waiting") return outcome
    await sleep(200)
  }
}

/** What the books say against. */
async function audit({ database: { ownerUrl }, tenant: { id: tenant } }: Market): Promise<string[]> {
  const one = async (sql: string) => Number((await asOwner<{ n: string }>(ownerUrl, sql, [tenant]))[0]?.n)
  const facts: [string, number, number][] = [
    ["pieces sold", await one("select sold as n from group_buy_campaign_item where tenant_id = $1"), PIECES],
    ["pieces still held", await one("select reserved as n from group_buy_campaign_item where tenant_id = $1"), 0],
    ["confirmed participations", await one("select count(*) as n from group_buy_participation where tenant_id = $1 and status = 'confirmed'"), PIECES],
    ["orders", await one(`select count(*) as n from "order" where tenant_id = $1`), PIECES],
    ["holds that outlived their time", await one("select count(*) as n from group_buy_participation where tenant_id = $1 and status = 'held' and hold_expires_at < now() - interval '2 minutes'"), 0],
    ["things left to do", await one("select count(*) as n from group_buy_todo where tenant_id = $1 and done_at is null"), 0],
    ["fen kept beyond what is due", await one(`select coalesce((select round(sum(amount) * 100) from capture where tenant_id = $1), 0) - coalesce((select round(sum(amount) * 100) from refund where tenant_id = $1), 0) - coalesce((select sum(due_amount) from group_buy_participation where tenant_id = $1 and status = 'confirmed'), 0) as n`), 0],
  ]
  return facts.filter(([, is, should]) => is !== should).map(([what, is, should]) => `${what}: ${is}, should be ${should}`)
}

/** `npm run proof -- group-buy [seed]`: 200 shoppers for the last 50 pieces while the host is killed 20 times; the books agree at the end. */
export async function run([seedText]: string[]): Promise<void> {
  const random = randomFrom(Number(seedText ?? 1))
  const { cluster, stop } = await startProofCluster()
  const market = new Market(await cloneDatabase("template", cluster))
  try {
    await market.start()
    const prepared = await prepare(market)
    const ends: Promise<string>[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      // The shoppers come in as many waves as there are kills; the last wave meets the orders being made.
      for (let n = (kill * SHOPPERS) / KILLS; n < ((kill + 1) * SHOPPERS) / KILLS; n++) ends.push(shop(market, prepared, prepared.tokens[n] ?? "", n))
      if (kill === KILLS - 4) void Promise.all(ends).then(() => market.post(`${W}/campaigns/${prepared.campaign.id}/close`, {}))
      await sleep(random() * 1_500)
      await market.killAndStart()
    }
    const outcomes = (await Promise.all(ends)).reduce<Record<string, number>>((seen, end) => ({ ...seen, [end]: (seen[end] ?? 0) + 1 }), {})
    await market.must(`${W}/campaigns/${prepared.campaign.id}/close`, {})
    let faults = await audit(market)
    for (let tries = 0; faults.length && tries < 150; tries++) {
      await sleep(1_000)
      faults = await audit(market)
    }
    console.log(`group-buy: ${KILLS} kills, ${JSON.stringify(outcomes)}, ${faults.length} faults`)
    for (const fault of faults) console.log(`✗ ${fault}`)
    if (faults.length) process.exitCode = 1
  } finally {
    await market.close()
    await stop()
  }
}
