import { asOwner, fillCart, stockShop } from "@fangshi/testing"
import { audit, ordersOf } from "../kills/audit"
import type { Report } from "./report"
import type { Shop, Site } from "./site"

const SHOPPERS = 20
const PIECES = 13
/** So many are under way in each shop. */
const AT_ONCE = 5

type Bought = { cart: string; order: string | null; code: string }

/** Twenty shoppers in each shop want one piece each of too few; each fills the cart at one process and completes it at the other. */
export async function proveCheckouts(site: Site, report: Report): Promise<string> {
  const results = await Promise.all(site.shops.map((shop) => sellOut(site, shop)))
  for (const [i, shop] of site.shops.entries()) {
    const { item, bought } = results[i] ?? { item: "", bought: [] }
    const orders = bought.filter(({ order }) => order)
    report.equal(`${shop.tenant.id} sells what it has`, orders.length, PIECES)
    report.equal(`${shop.tenant.id} tells the others that nothing is left`, bought.filter(({ order }) => !order).map(({ code }) => code), Array(SHOPPERS - PIECES).fill("STOCK_INSUFFICIENT"))
    for (const { cart, order } of bought) report.equal(`${cart} of ${shop.tenant.id} has the order its shopper was told of`, await ordersOf(site.ownerUrl, cart), order ? [order] : [])
    const [level] = await asOwner<{ stocked: number; reserved: number }>(site.ownerUrl, "select stocked_quantity::int as stocked, reserved_quantity::int as reserved from inventory_level where tenant_id = $1 and inventory_item_id = $2", [shop.tenant.id, item])
    report.equal(`every piece of ${shop.tenant.id} is reserved`, level, { stocked: PIECES, reserved: PIECES })
    report.equal(`the books of ${shop.tenant.id} agree`, await audit(site.ownerUrl, shop.tenant.id), [])
  }
  return `${results.map(({ bought }) => bought.filter(({ order }) => order).length).join("+")} orders of ${2 * SHOPPERS} carts`
}

async function sellOut(site: Site, shop: Shop): Promise<{ item: string; bought: Bought[] }> {
  const stock = await stockShop(site.client(shop, 0), shop.word, PIECES)
  const shoppers = Array.from({ length: SHOPPERS }, (_, i) => i)
  const carts = await inWaves(shoppers, async (i) => (await fillCart(site.client(shop, i % 2), stock, `${shop.word}-${i}`)).id)
  const bought = await inWaves(shoppers, async (i) => {
    const cart = carts[i] ?? ""
    const { body } = await site.client(shop, (i + 1) % 2).call({ method: "POST", path: `/store/carts/${cart}/complete`, body: {}, token: null })
    return { cart, order: (body.order as { id: string } | undefined)?.id ?? null, code: String(body.code) }
  })
  return { item: stock.inventoryItem, bought }
}

async function inWaves<T, R>(list: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let i = 0; i < list.length; i += AT_ONCE) done.push(...(await Promise.all(list.slice(i, i + AT_ONCE).map(work))))
  return done
}
