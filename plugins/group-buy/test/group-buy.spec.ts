import { closeCampaign, decideWhatIsDue, refuseCampaign } from "../src/modules/group-buy/decide"
import { joinCampaign } from "../src/modules/group-buy/join"
import { beginPayment, leaveCampaign, pay } from "../src/modules/group-buy/pay"
import type { ParticipationRow } from "../src/modules/group-buy/rows"
import { workTodos } from "../src/modules/group-buy/work"
import { CONTACT, HOME, type Books, type TestShop, itemsOf, minutes, openBooks, times } from "./books"

let books: Books
beforeAll(async () => void (books = await openBooks()))
afterAll(() => books.close())

let keys = 0
async function join(shop: TestShop, campaign_id: string, customer_id: string, more: { quantity?: number; team_id?: string; open_team?: boolean } = {}): Promise<ParticipationRow> {
  const team = more.team_id !== undefined || more.open_team === true
  return shop.as(async (ctx) => {
    const [item] = await itemsOf(ctx, campaign_id)
    return joinCampaign(ctx, {
      campaign_id,
      customer_id,
      idempotency_key: `key-${String(keys++).padStart(6, "0")}`,
      items: [{ item_id: item?.id ?? "", quantity: more.quantity ?? 1 }],
      open_team: more.open_team ?? false,
      ...(team ? { ship_to: HOME, ...(more.team_id ? { team_id: more.team_id } : {}) } : { leader_id: `gblead_${shop.id}`, contact: CONTACT }),
    })
  })
}

/** The shopper pays at the provider, and their page comes back. */
async function paid(shop: TestShop, { id, customer_id }: Pick<ParticipationRow, "id" | "customer_id">, state: "authorized" | "captured" = "authorized") {
  return shop.as(async (ctx) => {
    const begun = await beginPayment(ctx, (await pay(ctx, { id, customer_id })).participation)
    shop.double.authorise(begun.id, state)
    return pay(ctx, { id, customer_id })
  })
}
const work = (shop: TestShop) => shop.as((ctx) => workTodos(ctx))
const row = async (shop: TestShop, id: string) => (await books.rows<{ status: string; due_amount: string; refunded_amount: string; order_id: string | null; payment_id: string | null }>("select * from group_buy_participation where tenant_id = $1 and id = $2", [shop.id, id]))[0]
const statusOf = async (shop: TestShop, id: string) => (await row(shop, id))?.status
const campaignOf = async (shop: TestShop, id: string) => (await books.rows<{ status: string; paid_people: string; paid_amount: string }>("select * from group_buy_campaign where tenant_id = $1 and id = $2", [shop.id, id]))[0]
const paymentOf = async (shop: TestShop, id: string) => shop.double.payments.get((await row(shop, id))?.payment_id ?? "")

describe("a community purchase", () => {
  it("becomes orders at the cut-off when enough have paid: the price of the last step for all, the difference back, unsold stock free again", async () => {
    const [shop, other] = [books.open(), books.open()]
    const item = { variant_id: "variant_1", unit_price_amount: 1_000, stock: 50, steps: [{ from_count: 2, unit_price_amount: 900 }, { from_count: 3, unit_price_amount: 801 }] }
    const [campaign, others] = [await shop.campaign({ items: [item] }), await other.campaign({ items: [item] })]
    expect(shop.double.variants.get("variant_1")?.available).toBe(9_950)
    const joined = []
    for (const customer of ["ann", "ben", "eve"]) {
      const one = await join(shop, campaign, customer, { quantity: 2 })
      expect((await paid(shop, one)).outcome).toBe("paid")
      joined.push(one)
    }
    const theirs = await join(other, others, "ann")
    await paid(other, theirs)
    expect(joined.map(({ amount }) => amount)).toEqual([2_000, 2_000, 1_800])
    shop.double.now = minutes(600)
    await times(2, () => shop.as((ctx) => decideWhatIsDue(ctx)))
    expect((await campaignOf(shop, campaign))?.status).toBe("succeeded")
    await times(2, () => work(shop))
    expect(await Promise.all(joined.map(({ id }) => statusOf(shop, id)))).toEqual(["confirmed", "confirmed", "confirmed"])
    expect([...shop.double.orders.values()].map(({ order }) => order.lines)).toEqual(Array(3).fill([{ variant_id: "variant_1", quantity: 2, unit_price_amount: 801 }]))
    expect(shop.double.takings()).toBe(3 * 2 * 801)
    expect(shop.double.balance(`leader:gblead_${shop.id}`)).toBe(3 * 80)
    // The double's orders take nothing: what the campaign kept is all back.
    expect(shop.double.variants.get("variant_1")?.available).toBe(10_000)
    expect([...shop.double.told.keys()].sort()).toEqual([...joined.map(({ id, customer_id }) => `${customer_id}:${id}:success`), `staff:${campaign}:succeeded`].sort())
    expect(await statusOf(other, theirs.id)).toBe("paid")
    expect(other.double.orders.size).toBe(0)
  })

  it("fails at the cut-off when too few have: authorised money is released, taken money refunded, once, however often it is worked", async () => {
    const shop = books.open()
    const campaign = await shop.campaign({ condition: { by: "people", target: 3 } })
    const [kept, taken, unpaid] = [await join(shop, campaign, "ann"), await join(shop, campaign, "ben"), await join(shop, campaign, "eve")]
    await paid(shop, kept)
    await paid(shop, taken, "captured")
    await shop.as((ctx) => pay(ctx, unpaid))
    shop.double.now = minutes(600)
    await shop.as((ctx) => decideWhatIsDue(ctx))
    await times(3, () => work(shop))
    expect((await campaignOf(shop, campaign))?.status).toBe("failed")
    expect(await Promise.all([kept, taken, unpaid].map(({ id }) => statusOf(shop, id)))).toEqual(["refunded", "refunded", "refunded"])
    expect(await Promise.all([kept, taken, unpaid].map(async ({ id }) => [(await paymentOf(shop, id))?.state, (await paymentOf(shop, id))?.refunded_amount]))).toEqual([["released", 0], ["captured", 1_000], ["released", 0]])
    expect(await shop.as((ctx) => itemsOf(ctx, campaign))).toMatchObject([{ reserved: 0, sold: 0 }])
    expect(shop.double.variants.get("variant_1")?.available).toBe(10_000)
  })

  it("counts a person once, however often they join, and takes them off with the last that they leave", async () => {
    const shop = books.open()
    const campaign = await shop.campaign()
    const [one, two] = [await join(shop, campaign, "ann"), await join(shop, campaign, "ann")]
    await paid(shop, one)
    await paid(shop, two)
    expect(await campaignOf(shop, campaign)).toMatchObject({ paid_people: "1", paid_amount: "2000" })
    await shop.as((ctx) => leaveCampaign(ctx, one))
    expect((await campaignOf(shop, campaign))?.paid_people).toBe("1")
    await shop.as((ctx) => leaveCampaign(ctx, two))
    expect(await campaignOf(shop, campaign)).toMatchObject({ paid_people: "0", paid_amount: "0" })
    await work(shop)
    expect(shop.double.takings()).toBe(0)
  })

  it.each(["authorized", "captured"] as const)("sends money that is %s after the hold ended back, once, and sells the piece to somebody else", async (state) => {
    const shop = books.open()
    const campaign = await shop.campaign()
    const late = await join(shop, campaign, "late")
    await shop.as((ctx) => pay(ctx, late))
    shop.double.now = minutes(15)
    shop.double.authorise((await row(shop, late.id))?.payment_id ?? "", state)
    const answers = await Promise.all([1, 2, 3].map(() => shop.as((ctx) => pay(ctx, late))))
    expect(answers.map(({ outcome }) => outcome)).toEqual(["late", "late", "late"])
    await times(2, () => work(shop))
    await shop.as((ctx) => pay(ctx, late))
    await work(shop)
    expect(await statusOf(shop, late.id)).toBe("refunded")
    expect([(await paymentOf(shop, late.id))?.state, shop.double.takings()]).toEqual([state === "captured" ? "captured" : "released", 0])
    expect(await shop.as((ctx) => itemsOf(ctx, campaign))).toMatchObject([{ reserved: 0, sold: 0 }])
  })

  it("lets in who pays a moment before the cut-off, and nobody at it", async () => {
    const shop = books.open()
    const campaign = await shop.campaign()
    shop.double.now = minutes(599)
    const [inTime, late] = [await join(shop, campaign, "ann"), await join(shop, campaign, "ben")]
    expect(inTime.hold_expires_at).toEqual(minutes(600))
    expect((await paid(shop, inTime)).outcome).toBe("paid")
    await shop.as((ctx) => pay(ctx, late))
    shop.double.now = minutes(600)
    expect((await paid(shop, late)).outcome).toBe("late")
    await expect(join(shop, campaign, "eve")).rejects.toMatchObject({ code: "GROUP_BUY_CAMPAIGN_CLOSED" })
  })

  it("lets nobody begin to pay for what is no longer theirs", async () => {
    const shop = books.open()
    const late = await join(shop, await shop.campaign(), "late")
    shop.double.now = minutes(15)
    await expect(shop.as((ctx) => pay(ctx, late))).rejects.toMatchObject({ code: "GROUP_BUY_NOT_NOW", params: { state: "expired" } })
    expect(shop.double.payments.size).toBe(0)
  })

  it("gives all money back when the shop refuses it, and is never decided again", async () => {
    const shop = books.open()
    const campaign = await shop.campaign()
    for (const customer of ["ann", "ben"]) await paid(shop, await join(shop, campaign, customer), "captured")
    await shop.as((ctx) => refuseCampaign(ctx, campaign))
    await shop.as((ctx) => closeCampaign(ctx, campaign, { early: true }))
    await work(shop)
    expect((await campaignOf(shop, campaign))?.status).toBe("refused")
    expect([shop.double.takings(), shop.double.orders.size]).toEqual([0, 0])
    await expect(join(shop, campaign, "eve")).rejects.toMatchObject({ code: "GROUP_BUY_CAMPAIGN_CLOSED" })
  })
})

describe("a team", () => {
  const team = { kind: "team" as const, team_size: 3, condition: { by: "people" as const, target: 3 }, items: [{ variant_id: "variant_1", unit_price_amount: 1_000, stock: 50, steps: [{ from_count: 3, unit_price_amount: 700 }] }] }

  it("succeeds with the last of its members who pays, and is then closed to others", async () => {
    const shop = books.open()
    const campaign = await shop.campaign(team)
    const head = await join(shop, campaign, "head", { open_team: true })
    const members = [await join(shop, campaign, "ann", { team_id: head.team_id ?? "" }), await join(shop, campaign, "ben", { team_id: head.team_id ?? "" })]
    await paid(shop, head)
    await paid(shop, members[0] ?? head)
    await work(shop)
    expect(shop.double.orders.size).toBe(0)
    await paid(shop, members[1] ?? head)
    await work(shop)
    expect(shop.double.orders.size).toBe(3)
    expect(shop.double.takings()).toBe(3 * 700)
    await expect(join(shop, campaign, "eve", { team_id: head.team_id ?? "" })).rejects.toMatchObject({ code: "GROUP_BUY_COMPLETE" })
    expect((await campaignOf(shop, campaign))?.status).toBe("open")
  })

  it.each([[false, "refunded", 0], [true, "confirmed", 700]] as const)("that is not complete at its deadline, with virtual completion %s, ends %s", async (virtual_completion, status, takings) => {
    const shop = books.open()
    const campaign = await shop.campaign({ ...team, closes_at: minutes(6_000).toISOString(), virtual_completion })
    const head = await join(shop, campaign, "head", { open_team: true })
    await paid(shop, head)
    shop.double.now = minutes(24 * 60 - 1)
    await shop.as((ctx) => decideWhatIsDue(ctx))
    expect(await statusOf(shop, head.id)).toBe("paid")
    shop.double.now = minutes(24 * 60)
    await shop.as((ctx) => decideWhatIsDue(ctx))
    await work(shop)
    expect([await statusOf(shop, head.id), shop.double.takings()]).toEqual([status, takings])
  })

  it("gives a place free that was not paid for", async () => {
    const shop = books.open()
    const campaign = await shop.campaign({ ...team, team_size: 2, condition: { by: "people", target: 2 } })
    const head = await join(shop, campaign, "head", { open_team: true })
    await paid(shop, head)
    await join(shop, campaign, "sleeper", { team_id: head.team_id ?? "" })
    await expect(join(shop, campaign, "ben", { team_id: head.team_id ?? "" })).rejects.toMatchObject({ code: "GROUP_BUY_TEAM_FULL" })
    shop.double.now = minutes(15)
    const ben = await join(shop, campaign, "ben", { team_id: head.team_id ?? "" })
    await paid(shop, ben)
    await work(shop)
    expect(await Promise.all([head, ben].map(({ id }) => statusOf(shop, id)))).toEqual(["confirmed", "confirmed"])
  })
})

describe("work that is cut off", () => {
  it.each(["payments.capture", "payments.refund", "orders.place"])("at %s is done by whoever comes after the lease, once", async (call) => {
    const shop = books.open()
    const campaign = await shop.campaign({ items: [{ variant_id: "variant_1", unit_price_amount: 1_000, stock: 50, steps: [{ from_count: 2, unit_price_amount: 900 }] }] })
    for (const customer of ["ann", "ben"]) await paid(shop, await join(shop, campaign, customer))
    shop.double.now = minutes(600)
    await shop.as((ctx) => closeCampaign(ctx, campaign))
    shop.double.before = (asked) => {
      if (asked === call) throw new Error("the process died")
    }
    await work(shop)
    expect(shop.double.orders.size).toBe(0)
    shop.double.before = () => undefined
    await work(shop)
    expect(shop.double.orders.size).toBe(0)
    shop.double.now = minutes(601)
    await work(shop)
    expect([shop.double.orders.size, shop.double.takings()]).toEqual([2, 1_800])
    const open = await books.rows("select 1 from group_buy_todo where tenant_id = $1 and done_at is null and kind = 'order'", [shop.id])
    expect(open).toEqual([])
  })

  it("is taken up also when the clock was put back in between", async () => {
    const shop = books.open()
    const campaign = await shop.campaign()
    for (const customer of ["ann", "ben"]) await paid(shop, await join(shop, campaign, customer))
    shop.double.now = minutes(10_000)
    await shop.as((ctx) => closeCampaign(ctx, campaign))
    shop.double.before = () => {
      throw new Error("the process died")
    }
    await work(shop)
    shop.double.before = () => undefined
    shop.double.now = minutes(700)
    await work(shop)
    expect(shop.double.orders.size).toBe(2)
  })
})
