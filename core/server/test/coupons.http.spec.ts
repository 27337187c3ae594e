import { type CartCoupon, ERRORS } from "@fangshi/contracts"
import { type Answer, ShopClient, asOwner, createTenant, fillCart, passTime, rowsOf, sharedHost, stockShop } from "@fangshi/testing"

type Id = { id: string }
type Shop = { client: ShopClient; stock: Awaited<ReturnType<typeof stockShop>> }
type Terms = { off?: { type: "percentage" | "fixed"; value: number }; minimum?: number; limit?: number; from?: string; until?: string; only?: string[]; draft?: boolean; excluding_tax?: boolean }

const host = sharedHost()
const DAY = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString()

async function newShop(): Promise<Shop> {
  const client = new ShopClient(host, await createTenant("coupons"))
  return { client, stock: await stockShop(client, "果园") }
}

/** A coupon as the merchant makes it in the console. */
async function offer({ client }: Shop, code: string, { off = { type: "fixed", value: 5 }, minimum, limit, from, until, only, draft, excluding_tax }: Terms = {}): Promise<string> {
  const dated = from ?? until ? { campaign: { name: code, campaign_identifier: code, starts_at: from ?? null, ends_at: until ?? null } } : {}
  const target = only ? { target_type: "items", allocation: "across", target_rules: [{ attribute: "items.product.id", operator: "in", values: only }] } : { target_type: "order" }
  const { promotion } = await client.post<{ promotion: Id }>("/admin/promotions", {
    code, type: "standard", status: draft ? "draft" : "active", is_tax_inclusive: !excluding_tax, ...(limit ? { limit } : {}), ...dated,
    application_method: { ...off, currency_code: "cny", ...target },
    rules: minimum ? [{ attribute: "original_item_total", operator: "gte", values: [String(minimum)] }] : [],
  })
  return promotion.id
}

const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)
const paths = (cart: Id) => `/store/carts/${cart.id}/coupons`
const apply = ({ client }: Shop, cart: Id, code: string) => client.call({ method: "POST", path: paths(cart), body: { code }, token: null })
const couponOf = async ({ client }: Shop, cart: Id) => (await client.ok<{ coupon: CartCoupon | null }>({ path: paths(cart), token: null })).coupon
const complete = ({ client }: Shop, cart: Id) => client.call({ method: "POST", path: `/store/carts/${cart.id}/complete`, body: {}, token: null })
const totals = async ({ client }: Shop, cart: Id) => {
  const { cart: read } = await client.ok<{ cart: { id: string; total: number; original_item_total: number; item_total: number; items: (Id & { total: number })[] } }>({ path: `/store/carts/${cart.id}?fields=id,total,item_total,original_item_total,*items`, token: null })
  return read
}
/** The session of a payment is for an amount: after a change of it there must be a new one. */
async function readyToPay({ client }: Shop, cart: Id): Promise<void> {
  const { payment_collection } = await client.post<{ payment_collection: Id }>("/store/payment-collections", { cart_id: cart.id }, { token: null })
  await client.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" }, { token: null })
}

/** Another product of the shop, with a price of its own. */
async function alsoSells({ client, stock }: Shop, sku: string, amount: number): Promise<string> {
  const { product } = await client.post<{ product: { variants: Id[] } }>("/admin/products", {
    title: sku, handle: sku.toLowerCase(), status: "published", shipping_profile_id: stock.profile.id, options: [{ title: "规格", values: ["一件"] }],
    variants: [{ title: "一件", sku, options: { 规格: "一件" }, manage_inventory: false, prices: [{ amount, currency_code: "cny" }] }], sales_channels: [{ id: stock.channel.id }],
  })
  return product.variants[0]?.id ?? ""
}
const put = ({ client }: Shop, cart: Id, variant_id: string, quantity = 1) => client.post(`/store/carts/${cart.id}/line-items`, { variant_id, quantity }, { token: null })

describe("a coupon on a cart", () => {
  it("takes off what it promises, whatever the case and width of its letters, shows its own line and comes off again", async () => {
    const shop = await newShop()
    await offer(shop, "SAVE5")
    const cart = await fillCart(shop.client, shop.stock, "buyer")
    expect(await couponOf(shop, cart)).toBeNull()
    const answer = await apply(shop, cart, " ｓave５ ")
    expect([answer.status, answer.body.coupon]).toEqual([200, { code: "SAVE5", applied: true, discount_amount: 500, problem: null }])
    expect(await totals(shop, cart)).toMatchObject({ original_item_total: 39.9, item_total: 34.9 })
    const removed = await shop.client.call({ method: "DELETE", path: paths(cart), token: null })
    expect([removed.status, await couponOf(shop, cart)]).toEqual([200, null])
    expect(await totals(shop, cart)).toMatchObject({ item_total: 39.9 })
    expect(told(await shop.client.call({ method: "DELETE", path: paths(cart), token: null }))).toBe("200")
  })

  it("replaces the one before, and a refused one leaves it in its place", async () => {
    const shop = await newShop()
    await offer(shop, "FIVE")
    await offer(shop, "TENTH", { off: { type: "percentage", value: 10 } })
    await offer(shop, "OTHERS", { only: ["prod_other"] })
    const cart = await fillCart(shop.client, shop.stock, "buyer")
    await apply(shop, cart, "FIVE")
    await apply(shop, cart, "TENTH")
    expect(await couponOf(shop, cart)).toMatchObject({ code: "TENTH", discount_amount: 399 })
    expect(told(await apply(shop, cart, "OTHERS"))).toBe("422 COUPON_NOT_FOR_THESE")
    expect(await couponOf(shop, cart)).toMatchObject({ code: "TENTH", applied: true })
    expect((await totals(shop, cart)).item_total).toBeCloseTo(35.91, 6)
  })

  it("is refused for the reason there is, in both languages", async () => {
    const [shop, other] = [await newShop(), await newShop()]
    await offer(other, "THEIRS")
    await offer(shop, "DRAFT", { draft: true })
    await offer(shop, "SOON", { from: inDays(1) })
    await offer(shop, "PAST", { from: inDays(-2), until: inDays(-1) })
    await offer(shop, "RICH", { minimum: 100 })
    const gone = await offer(shop, "GONE", { limit: 1 })
    await asOwner(host.ownerUrl, "update promotion set used = 1 where id = $1", [gone])
    const cart = await fillCart(shop.client, shop.stock, "buyer")
    const because = async (code: string) => {
      const answer = await apply(shop, cart, code)
      await passTime(shop.client.tenant.id, 11 * 60_000)
      return [told(answer), answer.body.text]
    }
    expect(await because("NONSENSE")).toEqual(["422 COUPON_UNKNOWN", ERRORS.COUPON_UNKNOWN.text])
    expect(await because("THEIRS")).toEqual(["422 COUPON_UNKNOWN", ERRORS.COUPON_UNKNOWN.text])
    expect((await because("DRAFT"))[0]).toBe("422 COUPON_UNKNOWN")
    expect(await because("SOON")).toEqual(["422 COUPON_NOT_YET", { "zh-CN": expect.stringMatching(/^优惠码 SOON 还没到使用时间，20\d\d-\d\d-\d\d \d\d:\d\d 开始。$/) as string, en: expect.stringMatching(/starts at 20/) as string }])
    expect((await because("PAST"))[0]).toBe("422 COUPON_EXPIRED")
    expect((await because("GONE"))[0]).toBe("422 COUPON_USED_UP")
    expect(await because("RICH")).toEqual(["422 COUPON_BELOW_MINIMUM", { "zh-CN": "满 100.00 元可用，还差 60.10 元。", en: "It needs goods of ¥100.00; ¥60.10 are missing." }])
    expect(await couponOf(shop, cart)).toBeNull()
    expect(told(await apply(other, { id: cart.id }, "THEIRS"))).toBe("404 NOT_FOUND")
    expect(await rowsOf(other.client.tenant.id, "guess")).toEqual([])
  })

  it("waits with its reason when the cart shrinks below its minimum, and says that it can be used again when it has grown", async () => {
    const shop = await newShop()
    await offer(shop, "TWO", { minimum: 60 })
    const cart = await fillCart(shop.client, shop.stock, "buyer", { quantity: 2 })
    await apply(shop, cart, "TWO")
    const line = (await totals(shop, cart)).items[0]?.id ?? ""
    await shop.client.post(`/store/carts/${cart.id}/line-items/${line}`, { quantity: 1 }, { token: null })
    expect(await couponOf(shop, cart)).toMatchObject({ code: "TWO", applied: false, discount_amount: 0, problem: { code: "COUPON_BELOW_MINIMUM" } })
    await shop.client.post(`/store/carts/${cart.id}/line-items/${line}`, { quantity: 3 }, { token: null })
    expect(await couponOf(shop, cart)).toMatchObject({ applied: false, problem: null })
    expect(told(await apply(shop, cart, "TWO"))).toBe("200")
  })
})

describe("a discount in money", () => {
  it("is whole fen on every line and adds up to what the coupon promises, also where the merchant counts it without tax", async () => {
    const shop = await newShop()
    await offer(shop, "TEN", { off: { type: "fixed", value: 10 } })
    await offer(shop, "ODD", { off: { type: "percentage", value: 3.3 }, excluding_tax: true })
    const cart = await fillCart(shop.client, shop.stock, "buyer")
    for (const [sku, amount] of [["PEAR-1", 39.9], ["PLUM-1", 39.9], ["NUT-1", 0.01]] as const) await put(shop, cart, await alsoSells(shop, sku, amount))
    for (const [code, most] of [["TEN", 1_000], ["ODD", 395]] as const) {
      await apply(shop, cart, code)
      const read = await totals(shop, cart)
      const fen = read.items.map(({ total }) => total * 100)
      expect(fen.filter((each) => Math.abs(each - Math.round(each)) > 1e-6)).toEqual([])
      expect(fen.reduce((sum, each) => sum + Math.round(each), 0)).toBe(11_971 - most)
      expect((await couponOf(shop, cart))?.discount_amount).toBe(most)
    }
  })

  it("goes with the order, the parcel and the money, and no more than was paid can be given back", async () => {
    const shop = await newShop()
    await offer(shop, "TEN", { off: { type: "fixed", value: 10 } })
    const cart = await fillCart(shop.client, shop.stock, "buyer", { quantity: 2 })
    await put(shop, cart, await alsoSells(shop, "PEAR-1", 10.01))
    await apply(shop, cart, "TEN")
    await readyToPay(shop, cart)
    const { order } = await shop.client.post<{ order: Id & { total: number; discount_total: number } }>(`/store/carts/${cart.id}/complete`, {}, { token: null })
    expect([order.total, order.discount_total].map((each) => Math.round(each * 100))).toEqual([7_981, 1_000])
    const W = "/admin/workbench"
    const { parcels } = await shop.client.ok<{ parcels: (Id & { goods_amount: number; lines: { goods_amount: number; discount_amount: number; discount_codes: string[] }[] })[] }>({ path: `${W}/parcels?state=new` })
    const [parcel] = parcels
    expect(parcel?.goods_amount).toBe(7_981)
    expect(parcel?.lines.map((line) => [line.goods_amount + line.discount_amount, line.discount_codes]).sort()).toEqual([[1_001, ["TEN"]], [7_980, ["TEN"]]])
    expect(parcel?.lines.reduce((sum, line) => sum + line.discount_amount, 0)).toBe(1_000)
    const [row] = await rowsOf<Id & { pick_up_code: string }>(shop.client.tenant.id, "parcel")
    for (const step of ["accept", "pack"]) await shop.client.post(`${W}/parcels/${row?.id ?? ""}/${step}`, {})
    await shop.client.post(`${W}/hand-over`, { code: row?.pick_up_code ?? "" })
    const refund = (refund_amount: number, idempotency_key: string) => shop.client.call({ method: "POST", path: `${W}/parcels/${row?.id ?? ""}/refunds`, body: { refund_amount, idempotency_key } })
    expect(told(await refund(8_981, "whole-price"))).toBe("422 REFUND_TOO_LARGE")
    expect(told(await refund(7_982, "one-too-many"))).toBe("422 REFUND_TOO_LARGE")
    expect(told(await refund(7_981, "what-was-paid"))).toBe("200")
    expect(told(await refund(1, "and-one-more"))).toBe("422 REFUND_TOO_LARGE")
  })
})

describe("the uses of a coupon", () => {
  it("are never more than its limit, however many buy at once, and who comes too late can order without it", async () => {
    const shop = await newShop()
    const id = await offer(shop, "LASTTWO", { limit: 2 })
    const carts = await Promise.all(Array.from({ length: 5 }, (_, i) => fillCart(shop.client, shop.stock, `wants-${i}`)))
    for (const cart of carts) {
      expect(told(await apply(shop, cart, "LASTTWO"))).toBe("200")
      await readyToPay(shop, cart)
    }
    const answers = await Promise.all(carts.map((cart) => complete(shop, cart)))
    const refusals = answers.filter(({ status }) => status !== 200).map((answer) => `${told(answer)}: ${String(answer.body.message)}`)
    expect(refusals).toEqual(Array(3).fill(expect.stringMatching(/^422 COUPON_USED_UP:/)))
    expect(await rowsOf(shop.client.tenant.id, "promotion")).toMatchObject([{ id, used: 2, limit: 2 }])
    const late = carts[answers.findIndex(({ status }) => status !== 200)] ?? { id: "" }
    await shop.client.call({ method: "DELETE", path: paths(late), token: null })
    await readyToPay(shop, late)
    const answer = await complete(shop, late)
    expect([told(answer), Math.round(Number((answer.body.order as unknown as { total: number }).total) * 100)]).toEqual(["200", 3_990])
  })

  it("end with it: a cart that carries a coupon which has run out is not sold at its price", async () => {
    const shop = await newShop()
    await offer(shop, "TODAY", { until: inDays(1) })
    const cart = await fillCart(shop.client, shop.stock, "slow")
    await apply(shop, cart, "TODAY")
    await readyToPay(shop, cart)
    await asOwner(host.ownerUrl, "update promotion_campaign set ends_at = now() where tenant_id = $1", [shop.client.tenant.id])
    expect(told(await complete(shop, cart))).toBe("422 COUPON_EXPIRED")
    expect(await rowsOf(shop.client.tenant.id, "order")).toEqual([])
  })
})

describe("guessing codes", () => {
  const guess = (shop: Shop, cart: Id, n: number) => apply(shop, cart, `GUESS-${n}`)

  it("ends after five in a cart, also all at once, even for a right one, and begins anew after ten minutes", async () => {
    const [shop, other] = [await newShop(), await newShop()]
    await offer(shop, "RIGHT")
    const cart = await fillCart(shop.client, shop.stock, "guesser")
    const answers = await Promise.all(Array.from({ length: 9 }, (_, n) => guess(shop, cart, n)))
    expect(answers.map(told).sort()).toEqual([...Array<string>(5).fill("422 COUPON_UNKNOWN"), ...Array<string>(4).fill("429 COUPON_TRIES")])
    const refused = await apply(shop, cart, "RIGHT")
    expect([told(refused), refused.body.hint]).toEqual(["429 COUPON_TRIES", ERRORS.COUPON_TRIES.hint])
    const theirs = await fillCart(other.client, other.stock, "neighbour")
    expect(told(await guess(other, theirs, 1))).toBe("422 COUPON_UNKNOWN")
    expect(told(await apply(shop, await fillCart(shop.client, shop.stock, "honest"), "RIGHT"))).toBe("200")
    await passTime(shop.client.tenant.id, 10 * 60_000 + 1)
    expect(told(await apply(shop, cart, "RIGHT"))).toBe("200")
  })

  it("ends after twenty from an address, whatever the cart and through whichever of the routes that take codes", async () => {
    const shop = await newShop()
    await offer(shop, "RIGHT")
    const made = (promo_codes: string[]) => shop.client.call({ method: "POST", path: "/store/carts", body: { region_id: shop.stock.region.id, promo_codes }, token: null })
    const carts = await Promise.all(Array.from({ length: 3 }, (_, i) => fillCart(shop.client, shop.stock, `many-${i}`)))
    for (const cart of carts) for (let n = 0; n < 4; n++) expect(told(await shop.client.call({ method: "POST", path: `/store/carts/${cart.id}/promotions`, body: { promo_codes: [`A-${n}`] }, token: null }))).toBe("422 COUPON_UNKNOWN")
    for (let n = 0; n < 4; n++) expect(told(await made([`B-${n}`]))).toBe("422 COUPON_UNKNOWN")
    for (let n = 0; n < 4; n++) expect(told(await shop.client.call({ method: "POST", path: `/store/carts/${(await fillCart(shop.client, shop.stock, `c-${n}`)).id}`, body: { promo_codes: [`C-${n}`] }, token: null }))).toBe("422 COUPON_UNKNOWN")
    expect(told(await made(["RIGHT"]))).toBe("429 COUPON_TRIES")
    expect(told(await made([]))).toBe("200")
    expect(told(await complete(shop, carts[0] ?? { id: "" }))).toBe("200")
  })
})
