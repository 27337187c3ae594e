import type { Notice } from "@fangshi/contracts"
import { type Answer, ShopClient, type SignedInMember, asOwner, buy, createTenant, latestCode, passTime, rowsOf, sharedHost, signIn, stockShop } from "@fangshi/testing"

type Shop = { client: ShopClient; stock: Awaited<ReturnType<typeof stockShop>>; me: SignedInMember; phone: string }
type Parcel = { id: string; order_id: string; pick_up_code: string }

const host = sharedHost()
const NOTICES = "/store/members/me/notices"
const W = "/admin/workbench"
const YEAR = 365 * 86_400_000

let phones = 0
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)

async function newShop(): Promise<Shop> {
  const client = new ShopClient(host, await createTenant("notices"))
  const phone = `137${String(40_000_000 + phones++)}`
  return { client, stock: await stockShop(client, "果园"), me: await signIn(client, phone), phone }
}

const read = ({ client }: Pick<Shop, "client">, { token }: { token: string }, page = 1) => client.ok<{ notices: Notice[]; unread_count: number }>({ path: `${NOTICES}?page=${page}`, token })
const kinds = async (shop: Shop) => (await read(shop, shop.me)).notices.map(({ kind }) => kind)
const open = ({ client }: Shop, { token }: { token: string }, body: object) => client.call({ method: "POST", path: `${NOTICES}/read`, body, token })
const twice = async <T>(work: () => Promise<T>): Promise<T[]> => [await work(), await work()]
const step = ({ client }: Shop, { id }: Parcel, what: string, body: object = {}) => client.call({ method: "POST", path: `${W}/parcels/${id}/${what}`, body })

/** An order of two boxes as its merchant finds it; without a member, a guest's. */
async function ordered({ client, stock }: Shop, member: SignedInMember | null): Promise<Parcel> {
  const { order } = await buy(client, stock, "buyer", { quantity: 2, ...(member ? { token: member.token } : {}) })
  await client.ok({ path: `${W}/parcels?state=new` })
  const parcel = (await rowsOf<Parcel>(client.tenant.id, "parcel")).find(({ order_id }) => order_id === order.id)
  if (!parcel) throw new Error("no parcel was opened")
  return parcel
}

async function handedOver(shop: Shop): Promise<Parcel> {
  const parcel = await ordered(shop, shop.me)
  await step(shop, parcel, "accept")
  await step(shop, parcel, "pack")
  await shop.client.post(`${W}/hand-over`, { code: parcel.pick_up_code })
  return parcel
}

describe("a member is told", () => {
  it("of every step of their order, once however often it is pressed, the latest first; a guest and another shop's member of none", async () => {
    const [shop, other] = [await newShop(), await newShop()]
    const [parcel, guests] = [await ordered(shop, shop.me), await ordered(shop, null)]
    expect(await kinds(shop)).toEqual([])
    await Promise.all([step(shop, parcel, "accept"), step(shop, parcel, "accept")])
    await step(shop, guests, "accept")
    await step(shop, parcel, "pack")
    await shop.client.post(`${W}/hand-over`, { code: parcel.pick_up_code })
    await twice(() => step(shop, parcel, "refunds", { refund_amount: 1_990, idempotency_key: "one-apple-was-bad" }))
    const { notices, unread_count } = await read(shop, shop.me)
    expect(notices.map(({ kind }) => kind)).toEqual(["refunded", "parcel_handed_over", "parcel_ready", "parcel_accepted"])
    expect(unread_count).toBe(4)
    const [order] = await asOwner<{ display_id: number }>(host.ownerUrl, `select display_id from "order" where id = $1`, [parcel.order_id])
    expect(notices[0]).toMatchObject({ order_id: parcel.order_id, order_number: order?.display_id, amount: 1_990, currency_code: "cny", read: false, reason: null, after_sale_id: null })
    expect(notices.map(({ title }) => title)).toEqual(Array<string>(4).fill("果园 苹果"))
    expect(await read(other, other.me)).toEqual({ notices: [], unread_count: 0 })
    expect(await rowsOf(shop.client.tenant.id, "notice")).toHaveLength(4)
  })

  it("why the shop refused, and of nothing where the step itself was refused", async () => {
    const shop = await newShop()
    const parcel = await ordered(shop, shop.me)
    expect(told(await step(shop, parcel, "pack"))).toBe("409 PARCEL_NOT_NOW")
    expect(await kinds(shop)).toEqual([])
    expect(told(await step(shop, parcel, "refuse", { reason: "今天没有货了" }))).toBe("200")
    expect(await read(shop, shop.me)).toMatchObject({ notices: [{ kind: "parcel_refused", reason: "今天没有货了", amount: null }], unread_count: 1 })
  })

  it("that an order was cancelled, in the console or by their own hand, once", async () => {
    const shop = await newShop()
    const [byShop, own] = [await ordered(shop, shop.me), await ordered(shop, shop.me)]
    await shop.client.post(`/admin/orders/${byShop.order_id}/cancel`, {})
    await twice(() => shop.client.post(`/store/members/me/orders/${own.order_id}/cancel`, {}, { token: shop.me.token }))
    expect((await read(shop, shop.me)).notices.map(({ kind, order_id, title }) => [kind, order_id, title])).toEqual([own, byShop].map(({ order_id }) => ["order_canceled", order_id, "果园 苹果"]))
  })

  it("of an answer to their review, and of what becomes of an after-sale request, each where it can be seen", async () => {
    const shop = await newShop()
    const parcel = await handedOver(shop)
    const { lines } = await shop.client.ok<{ lines: { line_item_id: string }[] }>({ path: `/store/orders/${parcel.order_id}/after-sales`, token: shop.me.token })
    const line_item_id = lines[0]?.line_item_id
    const { after_sale } = await shop.client.post<{ after_sale: { id: string } }>(`/store/orders/${parcel.order_id}/after-sales`, { line_item_id, kind: "return", quantity: 1, reason: "damaged", text: "", asked_amount: 3_990 }, { token: shop.me.token })
    const desk = (what: string, body: object = {}) => shop.client.post(`${W}/after-sales/${after_sale.id}/${what}`, body)
    await desk("approve", { approved_amount: 3_000, lowered_reason: "只坏了一半" })
    expect((await read(shop, shop.me)).notices[0]).toMatchObject({ kind: "after_sale_approved", after_sale_id: after_sale.id, amount: 3_000, reason: "只坏了一半" })
    await shop.client.post(`/store/orders/${parcel.order_id}/after-sales/${after_sale.id}/send-back`, { carrier: "顺丰", tracking_number: "SF123456" }, { token: shop.me.token })
    await desk("receive", { restock: true })
    await twice(() => desk("refund"))
    const { review } = await shop.client.post<{ review: { id: string } }>("/store/members/me/reviews", { line_item_id, stars: 2, text: "坏了一半" }, { token: shop.me.token })
    for (const text of ["对不起", "对不起，已退款"]) await shop.client.post(`${W}/reviews/${review.id}/reply`, { text })
    expect((await kinds(shop)).slice(0, 4)).toEqual(["review_answered", "refunded", "after_sale_received", "after_sale_approved"])
  })
})

describe("notices", () => {
  it("are read one by one or all at once, and only by whom they are for", async () => {
    const shop = await newShop()
    const stranger = await signIn(shop.client, `138${String(40_000_000 + phones++)}`)
    await handedOver(shop)
    const [latest] = (await read(shop, shop.me)).notices
    expect(told(await open(shop, stranger, { id: latest?.id }))).toBe("404 NOT_FOUND")
    expect(told(await open(shop, stranger, {}))).toBe("200")
    expect((await read(shop, shop.me)).unread_count).toBe(3)
    const readOnce = { notice: { id: latest?.id, read: true }, unread_count: 2 }
    expect((await twice(() => open(shop, shop.me, { id: latest?.id }))).map(({ body }) => body)).toMatchObject([readOnce, readOnce])
    expect((await shop.client.ok<object>({ path: `${NOTICES}/count`, token: shop.me.token }))).toEqual({ unread_count: 2 })
    expect((await open(shop, shop.me, {})).body).toEqual({ unread_count: 0 })
    expect((await read(shop, shop.me)).notices.map((notice) => notice.read)).toEqual([true, true, true])
    for (const path of [NOTICES, `${NOTICES}/count`]) expect((await shop.client.call({ path, token: null })).status).toBe(401)
  })

  it("come twenty to a page, and go after a year", async () => {
    const shop = await newShop()
    const parcel = await ordered(shop, shop.me)
    await asOwner(host.ownerUrl, "insert into notice (id, customer_id, kind, cause, order_id, title, created_at, tenant_id) select 'notice_' || n, $1, 'refunded', 'old ' || n, $2, '苹果', now() - n * interval '1 minute', $3 from generate_series(1, 21) n", [shop.me.customer_id, parcel.order_id, shop.client.tenant.id])
    expect((await read(shop, shop.me)).notices).toHaveLength(20)
    expect((await read(shop, shop.me, 2)).notices.map(({ id }) => id)).toEqual(["notice_21"])
    await passTime(shop.client.tenant.id, YEAR + 1)
    await step(shop, parcel, "accept")
    expect(await kinds(shop)).toEqual(["parcel_accepted"])
  })

  it("are part of what a member takes along, and are forgotten with the account", async () => {
    const shop = await newShop()
    await handedOver(shop)
    expect(await shop.client.ok({ path: "/store/members/me/export", token: shop.me.token })).toMatchObject({ notices: [{ kind: "parcel_handed_over" }, { kind: "parcel_ready" }, { kind: "parcel_accepted" }] })
    await passTime(shop.client.tenant.id, 60_001)
    await shop.client.post("/store/members/erasure/code", {}, { token: shop.me.token })
    await shop.client.post("/store/members/erasure", { code: await latestCode(shop.client.tenant.id, shop.phone) }, { token: shop.me.token })
    expect(await rowsOf(shop.client.tenant.id, "notice")).toEqual([])
  })
})
