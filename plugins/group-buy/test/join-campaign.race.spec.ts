import { joinCampaign } from "../src/modules/group-buy/join"
import { CONTACT, HOME, type Books, type TestShop, itemsOf, minutes, openBooks } from "./books"

let books: Books
beforeAll(async () => void (books = await openBooks(24)))
afterAll(() => books.close())

type Basket = { key: string; customer?: string; items?: { item_id: string; quantity: number }[] }
const join = (shop: TestShop, campaign_id: string, { key, customer = key, items }: Basket) =>
  shop.as(async (ctx) => joinCampaign(ctx, { campaign_id, customer_id: customer, idempotency_key: `key-${key}`, items: items ?? [{ item_id: (await itemsOf(ctx, campaign_id))[0]?.id ?? "", quantity: 1 }], leader_id: `gblead_${shop.id}`, contact: CONTACT, open_team: false }))
const code = (settled: PromiseSettledResult<unknown>) => (settled.status === "fulfilled" ? "in" : (settled.reason as { code?: string }).code ?? String(settled.reason))
const tally = (all: PromiseSettledResult<unknown>[]) => all.map(code).reduce<Record<string, number>>((seen, one) => ({ ...seen, [one]: (seen[one] ?? 0) + 1 }), {})

describe("joining", () => {
  it("lets exactly 50 of 200 at once in for 50 pieces, in each of two shops, and tells the others why not", async () => {
    const shops = [books.open("a"), books.open("b")]
    const campaigns = await Promise.all(shops.map((shop) => shop.campaign()))
    const items = await Promise.all(shops.map(async (shop, i) => (await shop.as((ctx) => itemsOf(ctx, campaigns[i] ?? "")))[0]?.id ?? ""))
    const answers = await Promise.all(shops.map((shop, i) => Promise.allSettled(Array.from({ length: 200 }, (_, n) => join(shop, campaigns[i] ?? "", { key: `same-in-both-${n}`, items: [{ item_id: items[i] ?? "", quantity: 1 }] })))))
    for (const all of answers) expect(tally(all)).toEqual({ in: 50, GROUP_BUY_SOLD_OUT: 150 })
    for (const [i, shop] of shops.entries()) {
      expect(await shop.as((ctx) => itemsOf(ctx, campaigns[i] ?? ""))).toMatchObject([{ stock: 50, reserved: 50, sold: 0 }])
      const rows = await books.rows("select count(*)::int as n, sum(pieces)::int as pieces from group_buy_participation where tenant_id = $1", [shop.id])
      expect(rows).toEqual([{ n: 50, pieces: 50 }])
    }
  })

  it("gives one key one participation, also when it is sent ten times at once", async () => {
    const [shop, other] = [books.open(), books.open()]
    const [campaign, others] = [await shop.campaign(), await other.campaign()]
    const joined = await Promise.all(Array.from({ length: 10 }, () => join(shop, campaign, { key: "once" })))
    expect(new Set(joined.map(({ id }) => id)).size).toBe(1)
    expect((await shop.as((ctx) => itemsOf(ctx, campaign)))[0]?.reserved).toBe(1)
    await expect(join(shop, campaign, { key: "once", customer: "somebody-else" })).rejects.toMatchObject({ code: "GROUP_BUY_KEY_REUSED" })
    expect((await join(other, others, { key: "once" })).id).not.toBe(joined[0]?.id)
  })

  it("takes baskets of several items whole or not at all, in whatever order they name them", async () => {
    const shop = books.open()
    const campaign = await shop.campaign({ items: [{ variant_id: "variant_1", unit_price_amount: 1_000, stock: 60, steps: [] }, { variant_id: "variant_2", unit_price_amount: 2_000, stock: 30, steps: [] }] })
    const [first, second] = await shop.as((ctx) => itemsOf(ctx, campaign))
    const basket = [{ item_id: first?.id ?? "", quantity: 1 }, { item_id: second?.id ?? "", quantity: 1 }]
    const all = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => join(shop, campaign, { key: `basket-${n}`, items: n % 2 ? basket : [...basket].reverse() })))
    expect(tally(all)).toEqual({ in: 30, GROUP_BUY_SOLD_OUT: 70 })
    expect(await shop.as((ctx) => itemsOf(ctx, campaign))).toMatchObject([{ reserved: 30 }, { reserved: 30 }])
    const [lines] = await books.rows<{ n: number }>("select count(*)::int as n from group_buy_line where tenant_id = $1", [shop.id])
    expect(lines?.n).toBe(60)
  })

  it("keeps a person to their limit, however many of their joins arrive at once", async () => {
    const shop = books.open()
    const campaign = await shop.campaign({ per_person_limit: 3 })
    const all = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => join(shop, campaign, { key: `mine-${n}`, customer: "greedy" })))
    expect(tally(all)).toEqual({ in: 3, GROUP_BUY_LIMIT: 5 })
    expect((await shop.as((ctx) => itemsOf(ctx, campaign)))[0]?.reserved).toBe(3)
  })

  it("gives the places of a team to as many as it has, once to each", async () => {
    const shop = books.open()
    const campaign = await shop.campaign({ kind: "team", team_size: 5, condition: { by: "people", target: 5 } })
    const [item] = await shop.as((ctx) => itemsOf(ctx, campaign))
    const basket = { campaign_id: campaign, items: [{ item_id: item?.id ?? "", quantity: 2 }], ship_to: HOME }
    const head = await shop.as((ctx) => joinCampaign(ctx, { ...basket, customer_id: "head", idempotency_key: "key-head", open_team: true }))
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => shop.as((ctx) => joinCampaign(ctx, { ...basket, customer_id: `member-${n % 10}`, idempotency_key: `key-member-${n}`, team_id: head.team_id ?? "", open_team: false }))))
    const seen = tally(all)
    expect(seen.in).toBe(4)
    expect((seen.GROUP_BUY_TEAM_FULL ?? 0) + (seen.GROUP_BUY_TEAM_TWICE ?? 0)).toBe(16)
    expect((await shop.as((ctx) => itemsOf(ctx, campaign)))[0]?.reserved).toBe(10)
    const [members] = await books.rows<{ n: number }>("select count(distinct customer_id)::int as n from group_buy_participation where tenant_id = $1", [shop.id])
    expect(members?.n).toBe(5)
  })

  it("says for each its own reason", async () => {
    const shop = books.open()
    const campaign = await shop.campaign()
    const [item] = await shop.as((ctx) => itemsOf(ctx, campaign))
    const base = { campaign_id: campaign, customer_id: "me", idempotency_key: "key-reasons", items: [{ item_id: item?.id ?? "", quantity: 1 }], leader_id: `gblead_${shop.id}`, contact: CONTACT, open_team: false }
    const refused = async (more: object) => shop.as((ctx) => joinCampaign(ctx, { ...base, ...more })).then(() => "in", ({ code: why }: { code?: string }) => why)
    expect(await refused({ campaign_id: "gbcamp_none" })).toBe("GROUP_BUY_CAMPAIGN_UNKNOWN")
    expect(await refused({ items: [{ item_id: "gbitem_none", quantity: 1 }] })).toBe("GROUP_BUY_ITEM_UNKNOWN")
    expect(await refused({ items: [...base.items, { item_id: "gbitem_none", quantity: 1 }] })).toBe("GROUP_BUY_ITEM_UNKNOWN")
    expect(await refused({ leader_id: "gblead_none" })).toBe("GROUP_BUY_POINT_UNKNOWN")
    expect(await refused({ leader_id: undefined, team_id: "gbteam_none", ship_to: HOME })).toBe("GROUP_BUY_WRONG_KIND")
    expect(await refused({ items: [{ item_id: item?.id ?? "", quantity: 51 }] })).toBe("GROUP_BUY_SOLD_OUT")
    shop.double.now = minutes(-1)
    expect(await refused({})).toBe("GROUP_BUY_CAMPAIGN_NOT_OPEN")
    shop.double.now = minutes(600)
    expect(await refused({})).toBe("GROUP_BUY_CAMPAIGN_CLOSED")
    shop.double.now = minutes(599)
    expect(await refused({})).toBe("in")
  })

  it("sells again what nobody paid for in time, though nothing has swept", async () => {
    const shop = books.open()
    const campaign = await shop.campaign({ items: [{ variant_id: "variant_1", unit_price_amount: 1_000, stock: 1, steps: [] }] })
    await join(shop, campaign, { key: "sleeper" })
    shop.double.now = minutes(14)
    await expect(join(shop, campaign, { key: "too-early" })).rejects.toMatchObject({ code: "GROUP_BUY_SOLD_OUT" })
    shop.double.now = minutes(15)
    expect((await join(shop, campaign, { key: "in-time" })).status).toBe("held")
  })
})
