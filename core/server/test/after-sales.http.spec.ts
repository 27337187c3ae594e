import type { AfterSale, AfterSaleLine, Role } from "@fangshi/contracts"
import { type Answer, ShopClient, type SignedInMember, buy, createTenant, latestCode, passTime, rowsOf, sharedHost, signIn, stockShop } from "@fangshi/testing"
import sharp from "sharp"

type Shop = Awaited<ReturnType<typeof stockShop>>
type Bought = { order_id: string; line: string; parcel_id: string }

const host = sharedHost()
const ME = "/store/members/me"
const W = "/admin/workbench"
const DAY = 86_400_000
/** Of two boxes of the test's apples, in fen. */
const PAID = 7_980

let phones = 0
const newPhone = () => `136${String(30_000_000 + phones++)}`
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)
const requestOf = (answer: Answer) => answer.body.after_sale as unknown as AfterSale

async function newShop(): Promise<{ client: ShopClient; shop: Shop; me: SignedInMember }> {
  const client = new ShopClient(host, await createTenant("aftersales"))
  return { client, shop: await stockShop(client, "果园"), me: await signIn(client, newPhone()) }
}

/** A member's order of two boxes, in the hands of its buyer. */
async function received(client: ShopClient, shop: Shop, me: SignedInMember, handOver = true): Promise<Bought> {
  const { order } = await buy(client, shop, "buyer", { token: me.token, quantity: 2 })
  await client.ok({ path: `${W}/parcels?state=new` })
  const parcel = (await rowsOf<{ id: string; order_id: string; pick_up_code: string }>(client.tenant.id, "parcel")).find(({ order_id }) => order_id === order.id)
  if (handOver) {
    await client.post(`${W}/parcels/${parcel?.id ?? ""}/accept`, {})
    await client.post(`${W}/parcels/${parcel?.id ?? ""}/pack`, {})
    await client.post(`${W}/hand-over`, { code: parcel?.pick_up_code })
  }
  const { lines } = await client.ok<{ lines: AfterSaleLine[] }>({ path: `/store/orders/${order.id}/after-sales`, token: me.token })
  return { order_id: order.id, line: lines[0]?.line_item_id ?? "", parcel_id: parcel?.id ?? "" }
}

const send = (client: ShopClient, path: string, body: unknown, token: string | null | undefined) => client.call({ method: "POST", path, body, ...(token === undefined ? {} : { token }) })
const ask = (client: ShopClient, { token }: { token: string | null }, { order_id, line }: Bought, more: object = {}) =>
  send(client, `/store/orders/${order_id}/after-sales`, { line_item_id: line, kind: "return", quantity: 2, reason: "damaged", text: "压坏了", asked_amount: PAID, ...more }, token)
const own = (client: ShopClient, { token }: SignedInMember, { order_id }: Bought) => client.ok<{ lines: AfterSaleLine[]; after_sales: AfterSale[] }>({ path: `/store/orders/${order_id}/after-sales`, token })
const step = (client: ShopClient, id: string, what: string, body: object = {}, token?: string) => send(client, `${W}/after-sales/${id}/${what}`, body, token)
const desk = (client: ShopClient, list: string, token?: string) => client.ok<{ after_sales: (AfterSale & { merchant_name: string | null })[]; counts: Record<string, number> }>({ path: `${W}/after-sales?list=${list}`, ...(token ? { token } : {}) })

async function refundsOf(client: ShopClient, { order_id }: Bought): Promise<number[]> {
  const { order } = await client.ok<{ order: { payment_collections: { payments: { refunds: { amount: number }[] }[] }[] } }>({ path: `/admin/orders/${order_id}?fields=id,*payment_collections.payments.refunds` })
  return order.payment_collections.flatMap(({ payments }) => payments).flatMap(({ refunds }) => refunds).map(({ amount }) => Math.round(amount * 100))
}

async function stocked(client: ShopClient, { inventoryItem }: Shop): Promise<number> {
  const { inventory_item } = await client.ok<{ inventory_item: { location_levels: { stocked_quantity: number }[] } }>({ path: `/admin/inventory-items/${inventoryItem}?fields=id,*location_levels` })
  return inventory_item.location_levels[0]?.stocked_quantity ?? -1
}

async function hire(client: ShopClient, role: Role, merchant_id: string | null = null): Promise<string> {
  const email = `staff${++phones}@aftersales.example`
  const { invitation } = await client.post<{ invitation: { token: string } }>(`${W}/invitations`, { role, merchant_id })
  await client.post("/store/staff-invitations", { token: invitation.token, name: "小王", email, password: "a-long-password" })
  return (await client.post<{ token: string }>("/auth/user/emailpass", { email, password: "a-long-password" })).token
}

async function picture(client: ShopClient, { order_id }: Bought, token: string, bytes: Buffer): Promise<Answer> {
  const response = await fetch(`${host.url}/store/orders/${order_id}/after-sales/pictures`, { method: "POST", body: new Uint8Array(bytes), headers: { "x-tenant": client.tenant.id, "x-publishable-api-key": client.tenant.publishable_key, "authorization": `Bearer ${token}`, "content-type": "application/octet-stream" } })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Answer["body"] }
}

describe("a return", () => {
  it("goes from asked over sent back and received to refunded; the goods are for sale again, and nothing more can be asked", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    const before = await stocked(client, shop)
    const request = requestOf(await ask(client, me, bought))
    expect(request).toMatchObject({ state: "asked", kind: "return", asked_amount: PAID, approved_amount: null })
    expect(await client.ok({ path: `${W}/after-sales/counts` })).toMatchObject({ counts: { asked: 1, closed: 0 } })
    expect(told(await step(client, request.id, "refund"))).toBe("409 AFTER_SALE_NOT_NOW")
    expect(told(await step(client, request.id, "approve"))).toBe("200")
    expect((await own(client, me, bought)).after_sales[0]).toMatchObject({ state: "approved", approved_amount: PAID, return_to: "总仓 云南省昆明市人民路1号" })
    expect(told(await step(client, request.id, "refund"))).toBe("409 AFTER_SALE_NOT_NOW")
    const at = `/store/orders/${bought.order_id}/after-sales/${request.id}`
    expect(told(await send(client, `${at}/send-back`, { carrier: "顺丰", tracking_number: "x" }, me.token))).toBe("400 REQUEST_INVALID")
    expect(told(await send(client, `${at}/send-back`, { carrier: "顺丰", tracking_number: "SF123456" }, me.token))).toBe("200")
    expect(told(await send(client, `${at}/withdraw`, {}, me.token))).toBe("409 AFTER_SALE_NOT_NOW")
    expect(told(await step(client, request.id, "receive", { restock: true }))).toBe("200")
    expect(told(await step(client, request.id, "receive", { restock: true }))).toBe("200")
    expect(await stocked(client, shop)).toBe(before + 2)
    expect(told(await step(client, request.id, "refund"))).toBe("200")
    expect(await refundsOf(client, bought)).toEqual([PAID])
    const { lines, after_sales } = await own(client, me, bought)
    expect(after_sales[0]).toMatchObject({ state: "done", refunded_amount: PAID, tracking_number: "SF123456" })
    expect(lines[0]).toMatchObject({ askable: false, pieces: 0, refunded_amount: PAID })
    expect((await client.ok<{ after_sales: AfterSale[] }>({ path: `${ME}/after-sales`, token: me.token })).after_sales).toMatchObject([{ id: request.id }])
    expect((await desk(client, "closed")).after_sales).toMatchObject([{ id: request.id, state: "done" }])
  })

  it("is refunded once, however many press at once, and together with other refunds never beyond what was paid", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    const { id } = requestOf(await ask(client, me, bought, { kind: "refund" }))
    await step(client, id, "approve")
    const answers = await Promise.all([step(client, id, "refund"), step(client, id, "refund"), send(client, `${W}/parcels/${bought.parcel_id}/refunds`, { refund_amount: PAID, idempotency_key: "by-hand-0001" }, undefined)])
    const refunds = await refundsOf(client, bought)
    expect(refunds).toEqual([PAID])
    expect(answers.map(told).filter((answer) => answer === "422 REFUND_TOO_LARGE").length).toBeGreaterThan(0)
    expect((await rowsOf<{ refunded_amount: string }>(client.tenant.id, "parcel")).map(({ refunded_amount }) => Number(refunded_amount))).toEqual([PAID])
  })

  it("gives the money for a part back by its pieces, to the last fen", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    expect(told(await ask(client, me, bought, { quantity: 1, asked_amount: PAID / 2 + 1 }))).toBe("422 REFUND_TOO_LARGE")
    const first = requestOf(await ask(client, me, bought, { quantity: 1, asked_amount: PAID / 2 }))
    await step(client, first.id, "approve")
    await step(client, first.id, "receive", { restock: false })
    await Promise.all([step(client, first.id, "refund"), step(client, first.id, "refund")])
    expect(await refundsOf(client, bought)).toEqual([PAID / 2])
    expect(told(await ask(client, me, bought, { quantity: 2 }))).toBe("400 REQUEST_INVALID")
    expect(told(await ask(client, me, bought, { quantity: 1, asked_amount: PAID / 2 + 1 }))).toBe("422 REFUND_TOO_LARGE")
    expect(told(await ask(client, me, bought, { quantity: 1, asked_amount: PAID / 2 }))).toBe("200")
  })
})

describe("a request", () => {
  it("is one a line: of many at once one counts, the same again is the same, another has to wait for a withdrawal", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    const different = await Promise.all([100, 200, 300].map((asked_amount) => ask(client, me, bought, { asked_amount })))
    expect(different.map(told).sort()).toEqual(["200", "409 AFTER_SALE_OPEN", "409 AFTER_SALE_OPEN"])
    const { id, asked_amount } = requestOf(different.find(({ status }) => status === 200) as Answer)
    expect(requestOf(await ask(client, me, bought, { asked_amount })).id).toBe(id)
    const withdraw = () => send(client, `/store/orders/${bought.order_id}/after-sales/${id}/withdraw`, {}, me.token)
    expect((await Promise.all([withdraw(), withdraw()])).map(told)).toEqual(["200", "200"])
    expect(told(await step(client, id, "approve"))).toBe("409 AFTER_SALE_NOT_NOW")
    expect(told(await ask(client, me, bought))).toBe("200")
    expect(await rowsOf(client.tenant.id, "after_sale")).toHaveLength(2)
  })

  it("comes after the goods, and within the shop's days: fewer without a reason", async () => {
    const { client, shop, me } = await newShop()
    const early = await received(client, shop, me, false)
    expect(told(await ask(client, me, early))).toBe("409 AFTER_SALE_TOO_EARLY")
    const bought = await received(client, shop, me)
    await passTime(client.tenant.id, 7 * DAY)
    expect(told(await ask(client, me, bought, { reason: "unwanted" }))).toBe("409 AFTER_SALE_TOO_LATE")
    expect((await own(client, me, bought)).lines[0]?.reasons).not.toContain("unwanted")
    expect(told(await ask(client, me, bought))).toBe("200")
    await send(client, `/store/orders/${bought.order_id}/after-sales/${(await own(client, me, bought)).after_sales[0]?.id ?? ""}/withdraw`, {}, me.token)
    await passTime(client.tenant.id, 8 * DAY)
    expect(told(await ask(client, me, bought))).toBe("409 AFTER_SALE_TOO_LATE")
    expect((await own(client, me, bought)).lines[0]).toMatchObject({ askable: false })
  })

  it("is told what is wrong with it, by the name of the field", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    for (const wrong of [{ kind: "gift" }, { quantity: 0 }, { quantity: 1.5 }, { quantity: 3 }, { reason: "bored" }, { asked_amount: -1 }, { asked_amount: 0 }, { text: "长".repeat(501) }, { picture_ids: ["aftpic_none"] }, { picture_ids: ["a", "a"] }, { state: "done" }]) {
      const answer = await ask(client, me, bought, wrong)
      expect([wrong, told(answer)]).toEqual([wrong, "400 REQUEST_INVALID"])
      expect(answer.text).toContain(Object.keys(wrong)[0] ?? "")
    }
    expect(told(await ask(client, me, { ...bought, line: "ordli_none" }))).toBe("404 NOT_FOUND")
    expect(await rowsOf(client.tenant.id, "after_sale")).toEqual([])
  })

  it("is agreed to for less only with a reason, never for more, and refused with one that the buyer reads", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    const { id } = requestOf(await ask(client, me, bought, { kind: "refund" }))
    expect(told(await step(client, id, "approve", { approved_amount: PAID + 1 }))).toBe("422 REFUND_TOO_LARGE")
    expect(told(await step(client, id, "approve", { approved_amount: 500 }))).toBe("422 AFTER_SALE_REASON_MISSING")
    expect(told(await step(client, id, "approve", { approved_amount: 500, lowered_reason: "只坏了一个" }))).toBe("200")
    expect(told(await step(client, id, "approve", { approved_amount: 500, lowered_reason: "只坏了一个" }))).toBe("200")
    expect(told(await step(client, id, "approve"))).toBe("409 AFTER_SALE_NOT_NOW")
    expect(told(await step(client, id, "refuse", { reason: "" }))).toBe("400 REQUEST_INVALID")
    expect(told(await step(client, id, "refuse", { reason: "照片看不清" }))).toBe("200")
    expect(told(await step(client, id, "refund"))).toBe("409 AFTER_SALE_NOT_NOW")
    expect((await own(client, me, bought)).after_sales[0]).toMatchObject({ state: "refused", refusal_reason: "照片看不清", lowered_reason: "只坏了一个" })
    expect(await refundsOf(client, bought)).toEqual([])
  })

  it("for other goods moves no money", async () => {
    const { client, shop, me } = await newShop()
    const bought = await received(client, shop, me)
    expect(told(await ask(client, me, bought, { kind: "exchange" }))).toBe("422 REFUND_TOO_LARGE")
    const { id } = requestOf(await ask(client, me, bought, { kind: "exchange", asked_amount: 0 }))
    for (const [what, body] of [["approve", {}], ["receive", { restock: false }], ["finish", {}]] as const) expect([what, told(await step(client, id, what, body))]).toEqual([what, "200"])
    expect(await refundsOf(client, bought)).toEqual([])
  })

  it("shows pictures that were sent for its order, cleaned, and no others", async () => {
    const { client, shop, me } = await newShop()
    const [bought, other] = [await received(client, shop, me), await received(client, shop, me)]
    const photo = await sharp({ create: { width: 32, height: 24, channels: 3, background: "#c33" } }).jpeg().toBuffer()
    expect(told(await picture(client, bought, me.token, Buffer.from("<svg/>")))).toBe("422 PICTURE_INVALID")
    const sent = (await picture(client, bought, me.token, photo)).body.picture as unknown as { id: string; url: string }
    expect(told(await ask(client, me, other, { picture_ids: [sent.id] }))).toBe("400 REQUEST_INVALID")
    expect(requestOf(await ask(client, me, bought, { picture_ids: [sent.id] })).pictures).toEqual([{ url: sent.url, width: 32, height: 24 }])
    const stranger = await signIn(client, newPhone())
    expect(told(await picture(client, bought, stranger.token, photo))).toBe("404 NOT_FOUND")
  })
})

describe("who", () => {
  it("only knows an order's id sees and asks nothing: no stranger, no guest without the order's page, no other shop", async () => {
    const [a, b] = [await newShop(), await newShop()]
    const bought = await received(a.client, a.shop, a.me)
    const { id } = requestOf(await ask(a.client, a.me, bought))
    const stranger = await signIn(a.client, newPhone())
    for (const [client, who] of [[a.client, { token: null }], [a.client, stranger], [b.client, b.me]] as const) {
      expect(told(await client.call({ path: `/store/orders/${bought.order_id}/after-sales`, token: who.token }))).toBe("404 NOT_FOUND")
      expect(told(await ask(client, who, bought))).toBe("404 NOT_FOUND")
      expect(told(await send(client, `/store/orders/${bought.order_id}/after-sales/${id}/withdraw`, {}, who.token))).toBe("404 NOT_FOUND")
    }
    const theirs = await received(b.client, b.shop, b.me)
    expect(told(await send(b.client, `/store/orders/${theirs.order_id}/after-sales/${id}/withdraw`, {}, b.me.token))).toBe("404 NOT_FOUND")
    for (const [what, body] of [["approve", {}], ["refuse", { reason: "不行" }], ["receive", { restock: true }], ["refund", {}], ["finish", {}]] as const) expect([what, told(await step(b.client, id, what, body))]).toEqual([what, "404 NOT_FOUND"])
    expect((await desk(b.client, "asked")).after_sales).toEqual([])
    expect((await own(a.client, a.me, bought)).after_sales).toMatchObject([{ id, state: "asked" }])
  })

  it("works for one merchant decides about its goods only, and a clerk looks without deciding", async () => {
    const { client, shop, me } = await newShop()
    const { merchant } = await client.post<{ merchant: { id: string } }>(`${W}/merchants`, { name: "果摊", handle: "stall" })
    const { merchant: other } = await client.post<{ merchant: { id: string } }>(`${W}/merchants`, { name: "茶摊", handle: "tea" })
    await client.post(`${W}/merchants/${merchant.id}/products`, { product_ids: [shop.product.id] })
    const bought = await received(client, shop, me)
    const { id } = requestOf(await ask(client, me, bought))
    const [mine, theirs, clerk] = [await hire(client, "owner", merchant.id), await hire(client, "owner", other.id), await hire(client, "clerk", merchant.id)]
    expect((await desk(client, "asked", theirs)).after_sales).toEqual([])
    expect(told(await step(client, id, "approve", {}, theirs))).toBe("404 NOT_FOUND")
    expect((await desk(client, "asked", clerk)).after_sales).toMatchObject([{ id, merchant_name: "果摊" }])
    for (const [what, body] of [["approve", {}], ["refuse", { reason: "不行" }], ["receive", { restock: true }], ["refund", {}], ["finish", {}]] as const) expect([what, told(await step(client, id, what, body, clerk))]).toEqual([what, "403 FORBIDDEN"])
    expect(told(await step(client, id, "approve", {}, mine))).toBe("200")
    expect((await desk(client, "approved", mine)).counts).toMatchObject({ asked: 0, approved: 1 })
  })

  it("leaves takes everything personal along: first the open requests end, then words, numbers and pictures go, and the money stays written", async () => {
    const { client, shop, me } = await newShop()
    const phone = `136${String(30_000_000 + phones++)}`
    const member = await signIn(client, phone)
    const bought = await received(client, shop, member)
    const photo = await sharp({ create: { width: 32, height: 24, channels: 3, background: "#c33" } }).jpeg().toBuffer()
    const sent = (await picture(client, bought, member.token, photo)).body.picture as unknown as { id: string; url: string }
    const { id } = requestOf(await ask(client, member, bought, { kind: "refund", text: "箱子都湿了", picture_ids: [sent.id] }))
    expect(await client.ok({ path: `${ME}/export`, token: member.token })).toMatchObject({ after_sales: [{ id, text: "箱子都湿了", pictures: [{ url: sent.url }] }] })
    const erase = async () => {
      // Of two codes the second may be asked for a minute later.
      await passTime(client.tenant.id, 60_001)
      await client.post("/store/members/erasure/code", {}, { token: member.token })
      return send(client, "/store/members/erasure", { code: await latestCode(client.tenant.id, phone) }, member.token)
    }
    expect(told(await erase())).toBe("409 ACCOUNT_HAS_OPEN_AFTER_SALES")
    await step(client, id, "approve")
    await step(client, id, "refund")
    expect(told(await erase())).toBe("200")
    expect(await rowsOf(client.tenant.id, "after_sale")).toMatchObject([{ customer_id: null, text: "", picture_count: 0, refunded_amount: String(PAID) }])
    expect(await rowsOf(client.tenant.id, "after_sale_picture")).toEqual([])
    expect((await fetch(`${host.url}${sent.url}`, { headers: { "x-tenant": client.tenant.id } })).status).toBe(404)
    expect(told(await client.call({ path: `/store/orders/${bought.order_id}/after-sales`, token: member.token }))).toBe("404 NOT_FOUND")
    expect((await client.ok<{ after_sales: unknown[] }>({ path: `${ME}/after-sales`, token: me.token })).after_sales).toEqual([])
  })
})
