import { noteShortage, decideClaim, makeClaim } from "../src/modules/group-buy/claims"
import { closeCampaign } from "../src/modules/group-buy/decide"
import { joinCampaign } from "../src/modules/group-buy/join"
import { commissionOf, decideLeader, handOver, issueCode, listPoints, todaysList } from "../src/modules/group-buy/leaders"
import { beginPayment, pay } from "../src/modules/group-buy/pay"
import type { ParticipationRow } from "../src/modules/group-buy/rows"
import { asCsv, asXlsx } from "../src/modules/group-buy/sheet-files"
import { sheetTable } from "../src/modules/group-buy/sheet-tables"
import { feedback, pickingLists, purchaseSummary, runSheet, sortingMatrix } from "../src/modules/group-buy/sheets"
import { workTodos } from "../src/modules/group-buy/work"
import { CONTACT, type Books, type TestShop, approvedLeader, itemsOf, minutes, openBooks, times } from "./books"

let books: Books
beforeAll(async () => void (books = await openBooks()))
afterAll(() => books.close())

type Sold = { shop: TestShop; campaign: string; items: string[]; leaders: string[]; joined: ParticipationRow[] }

/** Two points, two goods, three who ordered: ann 2 + 1 and ben 3 at the first, eve 1 of the second at the other. */
async function sold(): Promise<Sold> {
  const shop = books.open()
  const leaders = [`gblead_${shop.id}`, `gblead_${shop.id}_far`]
  await shop.as(async (ctx) => {
    for (const id of leaders) await approvedLeader(ctx, id)
    await ctx.db.rows("update group_buy_leader set point_name = '西溪二号点', latitude = 30.2, longitude = 120.0 where id = ?", [leaders[1]])
  })
  const campaign = await shop.campaign({ items: [{ variant_id: "variant_1", unit_price_amount: 1_000, stock: 50, steps: [] }, { variant_id: "variant_2", unit_price_amount: 2_000, stock: 20, steps: [] }] })
  const items = (await shop.as((ctx) => itemsOf(ctx, campaign))).map(({ id }) => id)
  const joined: ParticipationRow[] = []
  for (const [customer_id, leader, quantities] of [["ann", 0, [2, 1]], ["ben", 0, [3, 0]], ["eve", 1, [0, 1]]] as const) {
    shop.double.now = minutes(joined.length)
    joined.push(await shop.as(async (ctx) => {
      const basket = quantities.flatMap((quantity, i) => (quantity ? [{ item_id: items[i] ?? "", quantity }] : []))
      const one = await joinCampaign(ctx, { campaign_id: campaign, customer_id, idempotency_key: `key-of-${customer_id}`, items: basket, leader_id: leaders[leader] ?? "", contact: { ...CONTACT, name: customer_id }, open_team: false })
      shop.double.authorise((await beginPayment(ctx, one)).id)
      await pay(ctx, one)
      return one
    }))
  }
  await shop.as(async (ctx) => {
    await closeCampaign(ctx, campaign, { early: true })
    await workTodos(ctx)
  })
  return { shop, campaign, items, leaders, joined }
}

const mine = ({ shop, joined }: Sold, n: number) => ({ shop, id: joined[n]?.id ?? "", customer_id: joined[n]?.customer_id ?? "" })

describe("the sheets of a campaign", () => {
  it("agree with each other: purchase, sorting by point, one picking list a point, the driver's way", async () => {
    const one = await sold()
    const { shop, campaign } = one
    await sold()
    expect(await shop.as((ctx) => purchaseSummary(ctx, campaign))).toMatchObject([{ sku: "SKU-1", pieces: 5, amount: 5_000, shortage: 0 }, { sku: "SKU-2", pieces: 2, amount: 4_000 }])
    const matrix = await shop.as((ctx) => sortingMatrix(ctx, campaign))
    const near = matrix.points.findIndex(({ name }) => name === "良渚一号点")
    expect(matrix.points).toHaveLength(2)
    expect(matrix.rows.map(({ pieces, total }) => [pieces[near], pieces[1 - near], total])).toEqual([[5, 0, 5], [1, 1, 2]])
    const lists = await shop.as((ctx) => pickingLists(ctx, campaign))
    expect(lists.find(({ point }) => point === "良渚一号点")).toMatchObject({ lines: [{ pieces: 5 }, { pieces: 1 }], parcels: [{ name: "ann", lines: [{ pieces: 2 }, { pieces: 1 }] }, { name: "ben", lines: [{ pieces: 3 }] }] })
    expect((await shop.as((ctx) => runSheet(ctx, campaign))).map(({ parcels, pieces }) => `${parcels} parcels, ${pieces} pieces`)).toEqual(expect.arrayContaining(["1 parcels, 1 pieces", "2 parcels, 6 pieces"]))
    expect(await shop.as((ctx) => feedback(ctx, campaign))).toMatchObject([{ sell_through: 1_000, claim_rate: 0, repeat_rate: 0 }, { sell_through: 1_000 }])
  })

  it("come as CSV that no customer's name turns into a formula, and as a workbook", async () => {
    const { shop, campaign, joined } = await sold()
    await shop.as(({ db }) => db.rows("update group_buy_participation set ship_name = '=1+1,\"x\"' where id = ?", [joined[0]?.id]))
    const { table } = await shop.as((ctx) => sheetTable(ctx, "picking", campaign, "zh-CN"))
    const csv = asCsv(table)
    expect(csv.startsWith("\uFEFF自提点,顾客,商品,编码,件数\r\n")).toBe(true)
    expect(csv).toContain(`"'=1+1,""x"""`)
    expect((await asXlsx(table)).subarray(0, 2).toString()).toBe("PK")
  })
})

describe("money after the order", () => {
  it("comes back for what is missing to whoever joined last, once, and so does the leader's commission", async () => {
    const one = await sold()
    const { shop, campaign, items, leaders } = one
    expect(await shop.as((ctx) => commissionOf(ctx, leaders[0] ?? ""))).toEqual({ pending_amount: 200 + 150, withdrawable_amount: 0, clawed_back_amount: 0 })
    const missing = { idempotency_key: "shortage-1", item_id: items[0] ?? "", pieces: 4 }
    await times(2, async () => expect(await shop.as((ctx) => noteShortage(ctx, campaign, missing))).toEqual([{ participation_id: one.joined[1]?.id, pieces: 3 }, { participation_id: one.joined[0]?.id, pieces: 1 }]))
    await times(2, () => shop.as((ctx) => workTodos(ctx)))
    expect(shop.double.takings()).toBe(9_000 - 4_000)
    expect(await shop.as((ctx) => commissionOf(ctx, leaders[0] ?? ""))).toMatchObject({ pending_amount: 150, clawed_back_amount: 200 })
    expect(shop.double.balance(`leader:${leaders[0] ?? ""}`)).toBe(150)
    await expect(shop.as((ctx) => noteShortage(ctx, campaign, { ...missing, idempotency_key: "shortage-2", pieces: 2 }))).rejects.toMatchObject({ code: "GROUP_BUY_SHORTAGE_TOO_LARGE" })
    expect((await shop.as((ctx) => sortingMatrix(ctx, campaign))).rows[0]?.total).toBe(1)
  })

  it("comes back for a claim that is granted, never more than was paid, however many are granted at once", async () => {
    const one = await sold()
    const { shop } = one
    const ann = mine(one, 0)
    await expect(shop.as((ctx) => makeClaim(ctx, ann, { amount: 4_001, reason: "坏了" }))).rejects.toMatchObject({ code: "GROUP_BUY_CLAIM_TOO_LARGE" })
    const claim = await shop.as((ctx) => makeClaim(ctx, ann, { amount: 3_000, reason: "坏了" }))
    await expect(shop.as((ctx) => makeClaim(ctx, ann, { amount: 1, reason: "还有" }))).rejects.toMatchObject({ code: "GROUP_BUY_CLAIM_OPEN" })
    const granted = await Promise.allSettled([1, 2, 3].map(() => shop.as((ctx) => decideClaim(ctx, claim.id, { decision: "approve", amount: 3_000 }))))
    expect(granted.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    await times(2, () => shop.as((ctx) => workTodos(ctx)))
    expect(shop.double.takings()).toBe(6_000)
    expect(shop.double.balance(`leader:${one.leaders[0] ?? ""}`)).toBe(350 - 150)
    await expect(shop.as((ctx) => makeClaim(ctx, ann, { amount: 1_001, reason: "又坏" }))).rejects.toMatchObject({ code: "GROUP_BUY_CLAIM_TOO_LARGE", params: { most: 1_000 } })
  })
})

describe("a leader", () => {
  it("hands over by code once, at their own point alone; a new code voids the old; the commission is then theirs", async () => {
    const one = await sold()
    const { shop, leaders } = one
    const old = await shop.as((ctx) => issueCode(ctx, mine(one, 0)))
    const code = await shop.as((ctx) => issueCode(ctx, mine(one, 0)))
    const [kept] = await books.rows<{ code_hash: string }>("select code_hash from group_buy_participation where id = $1", [one.joined[0]?.id])
    expect(kept?.code_hash).not.toContain(code)
    const codeOf = (leader: number, shown: string) => shop.as((ctx) => handOver(ctx, leaders[leader] ?? "", shown)).then(({ id }) => id, ({ code: why }: { code: string }) => why)
    if (old !== code) expect(await codeOf(0, old)).toBe("GROUP_BUY_CODE_WRONG")
    expect(await codeOf(1, code)).toBe("GROUP_BUY_CODE_WRONG")
    expect((await Promise.all([1, 2, 3].map(() => codeOf(0, code)))).filter((end) => end !== "GROUP_BUY_CODE_WRONG")).toEqual([one.joined[0]?.id])
    expect(await shop.as((ctx) => commissionOf(ctx, leaders[0] ?? ""))).toMatchObject({ pending_amount: 150, withdrawable_amount: 200 })
    expect((await shop.as((ctx) => todaysList(ctx, leaders[0] ?? ""))).map(({ name, status, phone }) => [name, status, phone])).toEqual([["ben", "confirmed", "*******1111"], ["ann", "handed_over", "*******1111"]])
  })

  it("has ten wrong codes a minute, also when they come at once, and the right one is then not looked at", async () => {
    const one = await sold()
    const { shop, leaders } = one
    const code = await shop.as((ctx) => issueCode(ctx, mine(one, 0)))
    const wrong = code === "000000" ? "000001" : "000000"
    const tries = await Promise.allSettled(Array.from({ length: 15 }, () => shop.as((ctx) => handOver(ctx, leaders[0] ?? "", wrong))))
    const codes = tries.map((each) => (each.status === "rejected" ? (each.reason as { code: string }).code : "in"))
    expect([codes.filter((why) => why === "GROUP_BUY_CODE_WRONG").length, codes.filter((why) => why === "GROUP_BUY_CODE_TRIES").length]).toEqual([10, 5])
    await expect(shop.as((ctx) => handOver(ctx, leaders[0] ?? "", code))).rejects.toMatchObject({ code: "GROUP_BUY_CODE_TRIES" })
    shop.double.now = new Date(shop.double.now.getTime() + 60_001)
    expect((await shop.as((ctx) => handOver(ctx, leaders[0] ?? "", code))).name).toBe("ann")
  })

  it("who is suspended takes part in nothing more, and the nearest point is named first", async () => {
    const { shop, campaign, leaders } = await sold()
    const from = { latitude: 30.2, longitude: 120.0 }
    expect((await shop.as((ctx) => listPoints(ctx, campaign, from))).map(({ leader_id }) => leader_id)).toEqual([leaders[1], leaders[0]])
    await shop.as((ctx) => decideLeader(ctx, leaders[1] ?? "", { decision: "suspend", reason: "搬走了" }))
    expect((await shop.as((ctx) => listPoints(ctx, campaign, from))).map(({ leader_id }) => leader_id)).toEqual([leaders[0]])
    await expect(shop.as((ctx) => decideLeader(ctx, leaders[1] ?? "", { decision: "refuse", reason: "x" }))).rejects.toMatchObject({ code: "GROUP_BUY_NOT_NOW" })
  })
})
