import type { Ctx } from "../src/modules/group-buy/ctx"
import { setRepeats } from "../src/modules/group-buy/campaigns"
import { decideWhatIsDue, refuseCampaign } from "../src/modules/group-buy/decide"
import { openNextCycles } from "../src/modules/group-buy/next-cycle"
import { getShown } from "../src/modules/group-buy/views"
import { workTodos } from "../src/modules/group-buy/work"
import { type Books, type TestShop, itemsOf, minutes, openBooks, times } from "./books"

const DAY = 24 * 60

let books: Books
beforeAll(async () => void (books = await openBooks()))
afterAll(() => books.close())

async function sweep(ctx: Ctx): Promise<void> {
  await decideWhatIsDue(ctx)
  await workTodos(ctx)
  await openNextCycles(ctx)
}
const cycles = (shop: TestShop) => books.rows<{ id: string; status: string; previous_id: string | null; opens_at: Date; closes_at: Date }>("select id, status, previous_id, opens_at, closes_at from group_buy_campaign where tenant_id = $1 order by closes_at, created_at", [shop.id])

describe("a campaign that repeats", () => {
  it("opens the next with the same goods at its cut-off, which names it, and that one the next again", async () => {
    const [shop, other] = [books.open(), books.open()]
    const id = await shop.campaign({ repeats: "daily", arrives_at: minutes(700).toISOString() })
    await other.campaign({ repeats: "daily" })
    await shop.as(sweep)
    expect(await shop.as((ctx) => getShown(ctx, id))).toMatchObject({ repeats: "daily", next_id: null })
    shop.double.now = minutes(601)
    await times(2, () => shop.as(sweep))
    const [, next] = await cycles(shop)
    expect(await shop.as((ctx) => getShown(ctx, next?.id ?? ""))).toMatchObject({ status: "open", repeats: "daily", opens_at: minutes(600).toISOString(), closes_at: minutes(600 + DAY).toISOString(), arrives_at: minutes(700 + DAY).toISOString(), progress: { people: 0 }, items: [{ variant_id: "variant_1", stock: 50, left: 50 }] })
    expect(await shop.as((ctx) => getShown(ctx, id))).toMatchObject({ status: "failed", next_id: next?.id })
    expect(shop.double.variants.get("variant_1")?.available).toBe(9_950)
    shop.double.now = minutes(601 + DAY)
    await shop.as(sweep)
    expect((await cycles(shop)).map(({ status }) => status)).toEqual(["failed", "failed", "open"])
    expect((await cycles(other)).map(({ status }) => status)).toEqual(["open"])
  })

  it("has one next however many sweep at once, and whatever their clocks say", async () => {
    const shop = books.open()
    const id = await shop.campaign({ repeats: "weekly" })
    shop.double.now = minutes(600)
    await shop.as(decideWhatIsDue)
    await Promise.all(Array.from({ length: 8 }, () => shop.as(sweep)))
    for (const wrong of [-3 * DAY, 610, 600 + 6 * DAY]) {
      shop.double.now = minutes(wrong)
      await Promise.all([shop.as(sweep), shop.as(sweep)])
    }
    const [, next, ...more] = await cycles(shop)
    expect(more).toEqual([])
    expect(next).toMatchObject({ status: "open", previous_id: id, closes_at: minutes(600 + 7 * DAY) })
    expect(await shop.as((ctx) => itemsOf(ctx, next?.id ?? ""))).toMatchObject([{ stock: 50, reserved: 0, sold: 0 }])
    expect(shop.double.variants.get("variant_1")?.available).toBe(9_950)
  })

  it("does so no more once the shop says so or takes it back, and never without being asked", async () => {
    const shop = books.open()
    const [once, stopped, refused] = [await shop.campaign(), await shop.campaign({ repeats: "daily" }), await shop.campaign({ repeats: "daily" })]
    await shop.as(async (ctx) => {
      await setRepeats(ctx, stopped, "none")
      await refuseCampaign(ctx, refused)
    })
    shop.double.now = minutes(601)
    await shop.as(sweep)
    expect((await cycles(shop)).map(({ id }) => id).sort()).toEqual([once, stopped, refused].sort())
  })

  it("tells the staff once when there is too little for the next, and opens it when there is enough, for the cycle that is then", async () => {
    const shop = books.open()
    await shop.campaign({ repeats: "daily" })
    const berries = shop.double.variants.get("variant_1")
    shop.double.now = minutes(600)
    await shop.as(async (ctx) => {
      await decideWhatIsDue(ctx)
      await workTodos(ctx)
    })
    if (berries) berries.available = 49
    await times(2, () => shop.as(sweep))
    expect((await cycles(shop)).map(({ status }) => status)).toEqual(["failed", "draft"])
    expect([...shop.double.told.values()].filter(({ news }) => news.title.en === "The next cycle is not open")).toHaveLength(1)
    if (berries) berries.available = 50
    shop.double.now = minutes(600 + DAY)
    await shop.as(sweep)
    expect((await cycles(shop)).at(-1)).toMatchObject({ status: "open", opens_at: minutes(600 + DAY), closes_at: minutes(600 + 2 * DAY) })
  })
})
