import { localizedText } from "@fangshi/contracts"
import { listOpen } from "../src/modules/group-buy/views"
import { CAMPAIGNS, LEADERS } from "../src/seed/demo-shop"
import { seedDemo } from "../src/seed/seed-demo"
import { type Books, type TestShop, openBooks, times } from "./books"

let books: Books
beforeAll(async () => void (books = await openBooks()))
afterAll(() => books.close())

/** Eight products as the catalogue has them. */
async function stocked(): Promise<TestShop> {
  const shop = books.open()
  const [known] = [...shop.double.variants.values()]
  for (let n = 1; n <= 8; n++) {
    const [product, variant] = [`prod_${shop.id}_${n}`, `variant_${shop.id}_${n}`]
    await books.rows("insert into product (tenant_id, id, title, handle, status) values ($1, $2, '草莓', $3, 'published')", [shop.id, product, `p${n}`])
    await books.rows("insert into product_variant (tenant_id, id, title, product_id) values ($1, $2, '一箱', $3)", [shop.id, variant, product])
    if (known) shop.double.variants.set(variant, { ...known, id: variant, product_id: product, price_amount: n === 8 ? null : 1_990, available: 100 })
  }
  return shop
}

/** Medusa's customers, as far as the seed asks for them. */
const customersIn = (made: string[]) => ({ resolve: () => ({ createCustomers: async ({ first_name }: { first_name: string }) => ({ id: `cus_${made.push(first_name)}` }) }) }) as never

describe("the demo's seed", () => {
  it("speaks both languages", () => {
    for (const { title, description } of CAMPAIGNS) for (const words of [title, description]) expect(localizedText.safeParse(words).success).toBe(true)
  })

  it("opens campaigns of both kinds with leaders, points and people, once, in this shop alone", async () => {
    const [shop, other] = [await stocked(), await stocked()]
    const made: string[] = []
    await times(2, () => shop.as((ctx) => seedDemo(ctx, customersIn(made))))
    const open = await shop.as((ctx) => listOpen(ctx, { page: 1 }))
    expect(open.map(({ kind }) => kind).sort()).toEqual(["community", "community", "team"])
    expect(open.every(({ items }) => items.every(({ steps, stock, left }) => steps.length > 0 && left <= stock && stock <= 50))).toBe(true)
    const joined = CAMPAIGNS.reduce((sum, plan) => sum + plan.joined.length, 0)
    expect(made).toHaveLength(LEADERS.length + joined)
    const [rows] = await books.rows<{ n: number; points: number }>("select (select count(*)::int from group_buy_participation where tenant_id = $1) as n, (select count(*)::int from group_buy_campaign_point where tenant_id = $1) as points", [shop.id])
    expect(rows).toEqual({ n: joined, points: 2 * LEADERS.length })
    expect(await other.as((ctx) => listOpen(ctx, { page: 1 }))).toEqual([])
  })
})
