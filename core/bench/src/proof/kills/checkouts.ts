import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Cluster, type HostProcess, type SharedHost, ShopClient, type TestDatabase, type TestTenant, cloneDatabase, createTenant, startHostProcess, stockShop } from "@fangshi/testing"
import { audit, ordersOf } from "./audit"
import { sleep } from "./random"
import { Shopper } from "./shopper"

const SHOPPERS = 4
const STOCK = 5_000

type Shop = { tenant: TestTenant; stock: Awaited<ReturnType<typeof stockShop>> }
export type CheckoutResult = { kills: number; carts: number; cutOff: number; halfMade: Record<string, number>; faults: string[] }

class Market {
  private host!: HostProcess
  private readonly dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-kills-"))
  shops: Shop[] = []

  constructor(readonly database: TestDatabase) {}

  async open(): Promise<void> {
    this.host = await startHostProcess(this.database, { FANGSHI_DATA: this.dataDir, FANGSHI_LOG_LEVEL: "fatal" })
  }

  async stockUp(): Promise<void> {
    const shared: SharedHost = { url: this.host.url, controlUrl: this.host.controlUrl, ownerUrl: this.database.ownerUrl, appUrl: this.database.appUrl }
    for (const prefix of ["a", "b"]) {
      const tenant = await createTenant(prefix, shared)
      this.shops.push({ tenant, stock: await stockShop(new ShopClient(this.host, tenant), prefix, STOCK) })
    }
  }

  client = (tenant: TestTenant) => new ShopClient(this.host, tenant)
  kill = () => this.host.kill("SIGKILL")
  audit = async () => (await Promise.all(this.shops.map(({ tenant }) => audit(this.database.ownerUrl, tenant.id)))).flat()

  async close(): Promise<void> {
    await this.kill()
    await this.database.drop()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** Kills the host `kills` times while shoppers of two shops check out; each time it is started again, every shopper goes on, and the books are read. */
export async function killCheckouts(cluster: Cluster, kills: number, random: () => number): Promise<CheckoutResult> {
  const market = new Market(await cloneDatabase("template", cluster))
  const result: CheckoutResult = { kills: 0, carts: 0, cutOff: 0, halfMade: {}, faults: [] }
  const known = new Set<string>()
  try {
    await market.open()
    await market.stockUp()
    const wholeMs = await timed(() => together(shoppersOf(market, "warm-up", random), "whole"))
    for (let round = 1; result.kills < kills; round++) {
      const shoppers = shoppersOf(market, `round-${round}`, random)
      // Every other time all carts are ready, so that the kill falls into their completion.
      const part = round % 2 ? "completion" : "whole"
      if (part === "completion") await Promise.all(shoppers.map((shopper) => shopper.fill()))
      const under = together(shoppers, part)
      await sleep(random() * wholeMs * (part === "completion" ? 0.5 : 1))
      await market.kill()
      await under
      const cutOff = shoppers.filter((shopper) => !shopper.orderId).length
      for (const line of await market.audit()) if (!known.has(line)) count(result.halfMade, line.split(":")[0] ?? "")
      await market.open()
      if (cutOff) result.kills++
      result.carts += shoppers.length
      result.cutOff += cutOff
      result.faults.push(...(await finish(market, shoppers)))
      for (const line of await market.audit()) {
        if (!known.has(line)) result.faults.push(`round ${round} (${part}): ${line}`)
        known.add(line)
      }
    }
    return result
  } finally {
    await market.close()
  }
}

const count = (into: Record<string, number>, key: string) => void (into[key] = (into[key] ?? 0) + 1)

const shoppersOf = (market: Market, word: string, random: () => number) =>
  Array.from({ length: SHOPPERS }, (_, i) => {
    const shop = market.shops[i % market.shops.length]
    if (!shop) throw new Error("There is no shop")
    return new Shopper(market.client(shop.tenant), shop.stock, `${word}-${i}`, 1 + Math.floor(random() * 3))
  })

/** All shoppers at once; one that loses the host stays where it is. */
const together = (shoppers: Shopper[], part: "whole" | "completion") =>
  Promise.all(
    shoppers.map(async (shopper) => {
      try {
        if (part === "whole") await shopper.fill()
        await shopper.complete()
      } catch {
        // Cut off; finish() tells whether it stays so.
      }
    }),
  )

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = Date.now()
  await work()
  return Date.now() - from
}

/** Every cart that was begun is completed now; the order a shopper was told of before is the one the cart has. */
async function finish(market: Market, shoppers: Shopper[]): Promise<string[]> {
  const faults: string[] = []
  for (const shopper of shoppers) {
    const told = shopper.orderId
    const shop = market.shops.find(({ tenant }) => tenant.id === shopper.tenant)
    if (shop) shopper.moveTo(market.client(shop.tenant))
    if (!shopper.cartId) continue
    try {
      await shopper.fill()
      await shopper.complete()
    } catch (error) {
      faults.push(`${shopper.cartId} cannot be completed after the restart: ${error instanceof Error ? error.message : String(error)}`)
      continue
    }
    const orders = await ordersOf(market.database.ownerUrl, shopper.cartId)
    if (orders.length !== 1 || orders[0] !== shopper.orderId) faults.push(`${shopper.cartId} has the orders ${orders.join(", ") || "none"}, the shopper holds ${shopper.orderId ?? "none"}`)
    if (told && told !== shopper.orderId) faults.push(`${shopper.cartId} was told ${told} and then ${shopper.orderId ?? "none"}`)
  }
  return faults
}
