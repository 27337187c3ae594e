import type { CampaignInput } from "../src/contract"
import { copyCampaign, createCampaign, getCampaign, openCampaign } from "../src/modules/group-buy/campaigns"
import { refuseCampaign } from "../src/modules/group-buy/decide"
import { applyAsLeader, decideLeader, findLeaderOf } from "../src/modules/group-buy/leaders"
import { getShown, listOpen } from "../src/modules/group-buy/views"
import { workTodos } from "../src/modules/group-buy/work"
import { type Books, type TestShop, approvedLeader, minutes, openBooks, times } from "./books"

let books: Books
beforeAll(async () => void (books = await openBooks()))
afterAll(() => books.close())

const draft = (more: Partial<CampaignInput> = {}): CampaignInput => ({
  kind: "community",
  opens_at: minutes(0).toISOString(),
  closes_at: minutes(60).toISOString(),
  condition: { by: "people", target: 2 },
  step_by: "people",
  virtual_completion: false,
  items: [{ variant_id: "variant_1", stock: 50, steps: [{ from_count: 2, unit_price_amount: 900 }] }],
  ...more,
})
const create = (shop: TestShop, more: Partial<CampaignInput> = {}) => shop.as((ctx) => createCampaign(ctx, draft(more)))
const codeOf = (work: Promise<unknown>) => work.then(() => "done", ({ code }: { code?: string }) => code)

describe("a campaign", () => {
  it("is drafted from the catalogue, and takes its titles, pictures and prices as they are then", async () => {
    const shop = books.open()
    const id = await create(shop)
    shop.double.variants.clear()
    const { campaign, items, steps } = await shop.as((ctx) => getCampaign(ctx, id))
    expect(campaign).toMatchObject({ status: "draft", title: { "zh-CN": "草莓1", en: "Strawberries 1" }, pictures: ["/static/1.webp"] })
    expect(items).toMatchObject([{ title: { "zh-CN": "草莓1 1 斤装", en: "Strawberries 1 1 jin" }, unit_price: 1_000, stock: 50 }])
    expect(steps).toMatchObject([{ from_count: 2, unit_price_amount: 900 }])
    expect(await codeOf(shop.as((ctx) => getShown(ctx, id)))).toBe("GROUP_BUY_CAMPAIGN_UNKNOWN")
  })

  it("gives its teams the hours that the shop had set when it was drafted", async () => {
    const [shop, other] = [books.open(), books.open()]
    ;(await shop.ctx.ports.settings.get()).team_hours = 6
    const shown = (of: TestShop) => of.campaign({ kind: "team", team_size: 2 }).then((id) => of.as((ctx) => getShown(ctx, id)))
    const before = await shown(shop)
    ;(await shop.ctx.ports.settings.get()).team_hours = 48
    expect([before, await shop.as((ctx) => getShown(ctx, before.id)), await shown(shop), await shown(other)].map(({ team_hours }) => team_hours)).toEqual([6, 6, 48, 24])
  })

  it("is refused with what is wrong with it", async () => {
    const shop = books.open()
    expect(await codeOf(create(shop, { items: [{ variant_id: "variant_9", stock: 1, steps: [] }] }))).toBe("GROUP_BUY_VARIANT_UNKNOWN")
    expect(await codeOf(create(shop, { items: [{ variant_id: "variant_1", stock: 1, steps: [{ from_count: 2, unit_price_amount: 1_000 }] }] }))).toBe("GROUP_BUY_STEPS_WRONG")
    expect(await codeOf(create(shop, { closes_at: minutes(0).toISOString() }))).toBe("GROUP_BUY_TIMES_WRONG")
    shop.double.now = minutes(60)
    expect(await codeOf(create(shop))).toBe("GROUP_BUY_TIMES_WRONG")
    expect(await books.rows("select 1 from group_buy_campaign where tenant_id = $1", [shop.id])).toEqual([])
  })

  it("keeps its stock once when it opens, however often, and none when there is too little, no point, or the shop refuses it", async () => {
    const [shop, other] = [books.open(), books.open()]
    const id = await create(shop)
    expect(await codeOf(shop.as((ctx) => openCampaign(ctx, id)))).toBe("GROUP_BUY_POINTS_MISSING")
    await shop.as((ctx) => approvedLeader(ctx, `gblead_${shop.id}`))
    const huge = await create(shop, { items: [{ variant_id: "variant_2", stock: 10_001, steps: [] }] })
    expect(await codeOf(shop.as((ctx) => openCampaign(ctx, huge)))).toBe("STOCK_INSUFFICIENT")
    expect((await shop.as((ctx) => getCampaign(ctx, huge))).campaign.status).toBe("draft")
    await times(2, () => shop.as((ctx) => openCampaign(ctx, id)))
    expect([shop.double.variants.get("variant_1")?.available, shop.double.variants.get("variant_2")?.available]).toEqual([9_950, 10_000])
    expect(shop.double.scheduled.get(`close:${id}`)).toMatchObject({ due: minutes(60), task: "sweep" })
    expect((await shop.as((ctx) => listOpen(ctx, { page: 1, product_id: "prod_1" }))).map((one) => one.id)).toEqual([id])
    expect(await shop.as((ctx) => listOpen(ctx, { page: 1, product_id: "prod_2" }))).toEqual([])
    expect(await other.as((ctx) => listOpen(ctx, { page: 1 }))).toEqual([])
    await shop.as(async (ctx) => {
      for (const one of [id, huge]) await refuseCampaign(ctx, one)
      await workTodos(ctx)
    })
    expect(shop.double.variants.get("variant_1")?.available).toBe(10_000)
    expect(await books.rows("select 1 from group_buy_todo where tenant_id = $1 and done_at is null", [shop.id])).toEqual([])
  })

  it("is copied with its goods, rules and points for the next cycle, as a draft with nothing sold", async () => {
    const shop = books.open()
    const id = await shop.campaign({ per_person_limit: 4, items: [{ variant_id: "variant_2", unit_price_amount: 1_900, stock: 7, steps: [{ from_count: 3, unit_price_amount: 1_500 }] }] })
    const copy = await shop.as((ctx) => copyCampaign(ctx, id, { opens_at: minutes(700).toISOString(), closes_at: minutes(900).toISOString() }))
    expect(await shop.as((ctx) => getCampaign(ctx, copy))).toMatchObject({
      campaign: { status: "draft", per_person_limit: 4, paid_people: 0, opens_at: minutes(700) },
      items: [{ variant_id: "variant_2", unit_price: 1_900, stock: 7, reserved: 0, sold: 0 }],
      steps: [{ from_count: 3, unit_price_amount: 1_500 }],
      leader_ids: [`gblead_${shop.id}`],
    })
  })
})

describe("a leader's application", () => {
  const application = { leader_name: "李姐", phone: "13900001111", point_name: "一号点", province: "浙江省", city: "杭州市", district: "余杭区", address: "古墩路 1 号", latitude: 30.3, longitude: 120.1 }

  it("is made once, may be made again after a refusal, and is each shop's own", async () => {
    const [shop, other] = [books.open(), books.open()]
    const { leader_id } = await shop.as((ctx) => applyAsLeader(ctx, "cus_1", application))
    await other.as((ctx) => applyAsLeader(ctx, "cus_1", application))
    expect(await codeOf(shop.as((ctx) => applyAsLeader(ctx, "cus_1", application)))).toBe("GROUP_BUY_LEADER_EXISTS")
    expect(await codeOf(other.as((ctx) => decideLeader(ctx, leader_id, { decision: "approve", level: 1 })))).toBe("GROUP_BUY_LEADER_UNKNOWN")
    await shop.as((ctx) => decideLeader(ctx, leader_id, { decision: "refuse", reason: "太远了" }))
    expect(await shop.as((ctx) => findLeaderOf(ctx, "cus_1"))).toMatchObject({ status: "refused", refusal_reason: "太远了" })
    expect(await shop.as((ctx) => applyAsLeader(ctx, "cus_1", { ...application, point_name: "近一点" }))).toMatchObject({ leader_id, status: "pending", name: "近一点", commission_basis_points: 500 })
    expect(await shop.as((ctx) => decideLeader(ctx, leader_id, { decision: "approve", level: 3, commission_basis_points: 800 }))).toMatchObject({ status: "approved", level: 3, commission_basis_points: 800 })
  })
})
