import { Agent, request as open } from "node:http"
import { productHandle } from "./bench-shop"
import type { ServingChild } from "./children"
import type { Shop } from "./shops"

type Call = { method: "GET" | "POST"; path: string; body?: unknown }

/** One server under load over keep-alive connections; shops take turns. */
export class Load {
  private readonly agent = new Agent({ keepAlive: true })
  private turn = 0

  constructor(
    readonly name: string,
    private readonly server: ServingChild,
    private readonly shops: Shop[],
  ) {}

  nextShop(): Shop {
    const shop = this.shops[this.turn++ % this.shops.length]
    if (!shop) throw new Error(`${this.name} has no shop`)
    return shop
  }

  /** Milliseconds from sending to the last byte. Throws on anything but 200. */
  async time(shop: Shop, call: Call): Promise<number> {
    const start = performance.now()
    await this.send(shop, call)
    return performance.now() - start
  }

  send(shop: Shop, { method, path, body }: Call): Promise<string> {
    const text = body === undefined ? "" : JSON.stringify(body)
    const headers = { host: shop.host, "x-publishable-api-key": shop.key, ...(text ? { "content-type": "application/json", "content-length": Buffer.byteLength(text) } : {}) }
    return new Promise((resolve, reject) => {
      const request = open(`${this.server.url}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.on("error", reject)
        response.on("end", () => {
          const answer = Buffer.concat(chunks).toString()
          if (response.statusCode === 200) resolve(answer)
          else reject(new Error(`${this.name}: ${method} ${path} → ${String(response.statusCode)} ${answer.slice(0, 300)}`))
        })
      })
      request.on("error", reject)
      request.end(text)
    })
  }

  cpu(): Promise<number> {
    return this.server.cpu()
  }

  close(): void {
    this.agent.destroy()
  }
}

/** Makes one round's requests on a server and returns the time of each. */
export type Scenario = (load: Load, requests: number) => Promise<number[]>

const PRICED = "fields=*variants.calculated_price"
export const listCall = (shop: Shop): Call => ({ method: "GET", path: `/store/products?limit=20&region_id=${shop.region}&${PRICED}` })

/** `connections` shoppers at a time; each asks again as soon as it has its answer. */
async function together(load: Load, requests: number, connections: number, call: (shop: Shop, n: number) => Call): Promise<number[]> {
  const times: number[] = []
  let left = requests
  const shopper = async () => {
    while (left > 0) {
      const shop = load.nextShop()
      times.push(await load.time(shop, call(shop, left--)))
    }
  }
  await Promise.all(Array.from({ length: connections }, shopper))
  return times
}

/** Twenty products with prices, as Medusa's own storefront asks for them. */
export const list = (connections: number): Scenario => (load, requests) => together(load, requests, connections, listCall)

export const byHandle: Scenario = (load, requests) =>
  together(load, requests, 1, (shop, n) => ({ method: "GET", path: `/store/products?handle=${productHandle(n)}&region_id=${shop.region}&${PRICED}` }))

/** One new cart a round, made untimed, into which the round's variants go one by one. */
export const addToCart: Scenario = async (load, requests) => {
  const shop = load.nextShop()
  const { cart } = JSON.parse(await load.send(shop, { method: "POST", path: "/store/carts", body: { region_id: shop.region } })) as { cart: { id: string } }
  const times: number[] = []
  for (const variant_id of shop.variants.slice(0, requests)) {
    times.push(await load.time(shop, { method: "POST", path: `/store/carts/${cart.id}/line-items`, body: { variant_id, quantity: 1 } }))
  }
  return times
}
