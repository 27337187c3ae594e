import { type Role } from "@fangshi/contracts"
import { type Answer, type Call, ShopClient, asOwner, buy, createTenant, rowsOf, sharedHost, stockShop } from "@fangshi/testing"

type Parcel = { id: string; order_id: string; state: string; number: number; goods_amount: number; pieces: number; refunded_amount: number; shipping_amount: number | null; customer: { phone: string }; lines: { title: string; quantity: number }[] }
type Shop = Awaited<ReturnType<typeof stockShop>>
type Who = Role | "merchant owner" | "merchant clerk"

const host = sharedHost()
const W = "/admin/workbench"
const PASSWORD = "a-long-password"

const newShop = async () => {
  const client = new ShopClient(host, await createTenant("desk"))
  return { client, shop: await stockShop(client, "果园") }
}
const codeOf = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)
const post = (client: ShopClient, path: string, body: unknown = {}, token?: string) => client.call({ method: "POST", path, body, ...(token ? { token } : {}) })

async function invitation(client: ShopClient, body: { role: Role; merchant_id?: string }, token?: string): Promise<string> {
  return (await client.post<{ invitation: { token: string } }>(`${W}/invitations`, body, token ? { token } : {})).invitation.token
}

let people = 0
const accept = (client: ShopClient, token: string, email = `staff${++people}@shop.example`) => post(client, "/store/staff-invitations", { token, name: "小王", email, password: PASSWORD })

/** Somebody of the staff, signed in. */
async function hire(client: ShopClient, role: Role, merchant_id?: string): Promise<string> {
  const email = `hired${++people}@shop.example`
  expect(codeOf(await accept(client, await invitation(client, { role, ...(merchant_id ? { merchant_id } : {}) }), email))).toBe("200")
  return (await client.post<{ token: string }>("/auth/user/emailpass", { email, password: PASSWORD })).token
}

async function merchantWith(client: ShopClient, handle: string, product_ids: string[]): Promise<string> {
  const { merchant } = await client.post<{ merchant: { id: string } }>(`${W}/merchants`, { name: handle, handle })
  if (product_ids.length) await client.post(`${W}/merchants/${merchant.id}/products`, { product_ids })
  return merchant.id
}

const parcels = async (client: ShopClient, state = "new", token?: string) => (await client.ok<{ parcels: Parcel[] }>({ path: `${W}/parcels?state=${state}`, ...(token ? { token } : {}) })).parcels
const pickUpCode = async (client: ShopClient, parcel: string) => (await rowsOf<{ id: string; pick_up_code: string }>(client.tenant.id, "parcel")).find(({ id }) => id === parcel)?.pick_up_code ?? ""
const stocked = async (client: ShopClient) => (await rowsOf<{ stocked_quantity: string; reserved_quantity: string }>(client.tenant.id, "inventory_level")).map((row) => [Number(row.stocked_quantity), Number(row.reserved_quantity)])

async function newParcel(client: ShopClient, shop: Shop, quantity = 2): Promise<Parcel> {
  const { order } = await buy(client, shop, "guest", { quantity })
  const parcel = (await parcels(client)).find(({ order_id }) => order_id === order.id)
  if (!parcel) throw new Error("the order has no parcel")
  return parcel
}

async function readyParcel(client: ShopClient, shop: Shop, quantity = 2): Promise<{ parcel: Parcel; code: string }> {
  const parcel = await newParcel(client, shop, quantity)
  await client.post(`${W}/parcels/${parcel.id}/accept`, {})
  await client.post(`${W}/parcels/${parcel.id}/pack`, {})
  return { parcel, code: await pickUpCode(client, parcel.id) }
}

const anotherProduct = async (client: ShopClient, shop: Shop): Promise<Shop> => {
  const { product } = await client.post<{ product: { id: string; variants: { id: string }[] } }>("/admin/products", {
    title: "梨", handle: "pear", status: "published", shipping_profile_id: shop.profile.id, options: [{ title: "规格", values: ["一箱"] }], sales_channels: [{ id: shop.channel.id }],
    variants: [{ title: "一箱", sku: "PEAR-1", options: { 规格: "一箱" }, manage_inventory: true, prices: [{ amount: 20, currency_code: "cny" }] }],
  })
  const { inventory_items } = await client.ok<{ inventory_items: { id: string }[] }>({ path: "/admin/inventory-items?sku=PEAR-1" })
  await client.post(`/admin/inventory-items/${inventory_items[0]?.id ?? ""}/location-levels`, { location_id: shop.location.id, stocked_quantity: 50 })
  return { ...shop, product, variant: product.variants[0] ?? { id: "" }, inventoryItem: inventory_items[0]?.id ?? "" }
}

/** One order with two pieces of one merchant's and one of another's. */
async function orderFromBoth(client: ShopClient, apples: Shop, pears: Shop): Promise<string> {
  const open = { token: null }
  const { cart } = await client.post<{ cart: { id: string } }>("/store/carts", { region_id: apples.region.id, email: "guest@buyer.example" }, open)
  await client.post(`/store/carts/${cart.id}/line-items`, { variant_id: apples.variant.id, quantity: 2 }, open)
  await client.post(`/store/carts/${cart.id}/line-items`, { variant_id: pears.variant.id, quantity: 1 }, open)
  await client.post(`/store/carts/${cart.id}`, { shipping_address: { first_name: "张", phone: "13800138000", address_1: "人民路1号", city: "昆明市", country_code: "cn" } }, open)
  await client.post(`/store/carts/${cart.id}/shipping-methods`, { option_id: apples.shippingOption }, open)
  const { payment_collection } = await client.post<{ payment_collection: { id: string } }>("/store/payment-collections", { cart_id: cart.id }, open)
  await client.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" }, open)
  return (await client.post<{ order: { id: string } }>(`/store/carts/${cart.id}/complete`, {}, open)).order.id
}

describe("who may do what", () => {
  const TABLE: [method: string, path: string, body: unknown, allowed: Who[]][] = [
    ["GET", `${W}/me`, undefined, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["GET", `${W}/today`, undefined, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["GET", `${W}/parcels`, undefined, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["GET", `${W}/products`, undefined, ["owner", "manager", "merchant owner"]],
    ["GET", `${W}/reviews`, undefined, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["POST", `${W}/reviews/none/reply`, { text: "x" }, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["POST", `${W}/reviews/none/hide`, { reason: "abuse" }, ["owner", "manager", "merchant owner"]],
    ["GET", `${W}/after-sales`, undefined, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["POST", `${W}/after-sales/none/refund`, {}, ["owner", "manager", "merchant owner"]],
    ["GET", `${W}/staff-members`, undefined, ["owner", "manager", "merchant owner"]],
    ["POST", `${W}/invitations`, { role: "clerk" }, ["owner", "manager", "merchant owner"]],
    ["POST", `${W}/invitations`, { role: "manager" }, ["owner", "merchant owner"]],
    ["GET", `${W}/merchants`, undefined, ["owner"]],
    ["GET", "/admin/users/me", undefined, ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]],
    ["GET", "/admin/orders", undefined, ["owner", "manager"]],
    ["GET", "/ADMIN/orders", undefined, ["owner", "manager"]],
    ["GET", "/admin/customers", undefined, ["owner", "manager"]],
    ["POST", "/admin/uploads", {}, ["owner", "manager"]],
    ["GET", "/admin/users", undefined, ["owner"]],
    ["POST", "/admin/invites", { email: "friend@shop.example" }, ["owner"]],
    ["GET", "/admin/api-keys", undefined, ["owner"]],
    ["GET", "/admin/workflows-executions", undefined, ["owner"]],
  ]
  const everybody: Who[] = ["owner", "manager", "clerk", "merchant owner", "merchant clerk"]

  it("is as the table says, for every role and every call", async () => {
    const { client } = await newShop()
    const merchant = await merchantWith(client, "stall", [])
    const tokens: Record<Who, string> = {
      "owner": await hire(client, "owner"), "manager": await hire(client, "manager"), "clerk": await hire(client, "clerk"),
      "merchant owner": await hire(client, "owner", merchant), "merchant clerk": await hire(client, "clerk", merchant),
    }
    const wrong: string[] = []
    for (const [method, path, body, allowed] of TABLE) {
      for (const who of everybody) {
        const call: Call = { method, path, token: tokens[who], ...(body === undefined ? {} : { body }) }
        const answer = await client.call(call)
        const refused = answer.status === 403 && answer.body.code === "FORBIDDEN"
        if (refused === allowed.includes(who) || answer.status === 401 || answer.status >= 500) wrong.push(`${method} ${path} by ${who}: ${codeOf(answer)}`)
      }
      const stranger = await client.call({ method, path, token: null, ...(body === undefined ? {} : { body }) })
      if (stranger.status !== 401) wrong.push(`${method} ${path} by nobody: ${codeOf(stranger)}`)
    }
    expect(wrong).toEqual([])
  })

  it("is checked before what is asked: a clerk neither changes stock or price, nor refunds, nor opens merchants", async () => {
    const { client, shop } = await newShop()
    const token = await hire(client, "clerk")
    const { parcel } = await readyParcel(client, shop)
    for (const path of [`${W}/variants/${shop.variant.id}/stock`, `${W}/variants/${shop.variant.id}/price`, `${W}/parcels/${parcel.id}/refunds`, `${W}/merchants`, `${W}/merchants/none/products`]) {
      expect([path, codeOf(await post(client, path, {}, token))]).toEqual([path, "403 FORBIDDEN"])
    }
  })

  it("ends with the next request once somebody is sent away, and a manager sends only clerks away", async () => {
    const { client } = await newShop()
    const [manager, clerk] = [await hire(client, "manager"), await hire(client, "clerk")]
    const { staff_members } = await client.ok<{ staff_members: { id: string; role: Role }[] }>({ path: `${W}/staff-members` })
    const idOf = (role: Role) => staff_members.find((each) => each.role === role)?.id ?? ""
    expect(codeOf(await post(client, `${W}/staff-members/${idOf("manager")}`, { active: false }, manager))).toBe("403 FORBIDDEN")
    expect(codeOf(await post(client, `${W}/staff-members/${idOf("clerk")}`, { active: false }, manager))).toBe("200")
    for (const path of [`${W}/me`, "/admin/users/me"]) expect(codeOf(await client.call({ path, token: clerk }))).toBe("403 FORBIDDEN")
  })
})

describe("an invitation", () => {
  it("is taken up once, also by two at the same moment, and makes one user", async () => {
    const { client } = await newShop()
    const token = await invitation(client, { role: "clerk" })
    const both = await Promise.all([accept(client, token), accept(client, token)])
    expect(both.map(codeOf).sort()).toEqual(["200", "410 STAFF_INVITATION_USED"])
    expect(codeOf(await accept(client, token))).toBe("410 STAFF_INVITATION_USED")
    expect(await rowsOf(client.tenant.id, "staff_member")).toHaveLength(1)
    expect(await rowsOf(client.tenant.id, "user")).toHaveLength(2)
    expect(JSON.stringify(await rowsOf(client.tenant.id, "staff_invitation"))).not.toContain(token)
  })

  it("is nothing in another shop, and nothing after seven days", async () => {
    const [{ client: a }, { client: b }] = [await newShop(), await newShop()]
    const token = await invitation(a, { role: "owner" })
    expect(codeOf(await accept(b, token))).toBe("404 STAFF_INVITATION_UNKNOWN")
    expect(codeOf(await b.call({ path: `/store/staff-invitations?token=${token}` }))).toBe("404 STAFF_INVITATION_UNKNOWN")
    expect(codeOf(await a.call({ path: `/store/staff-invitations?token=${token}` }))).toBe("200")
    const [row] = await rowsOf<{ expires_at: Date; created_at: Date }>(a.tenant.id, "staff_invitation")
    expect(Math.round((Number(row?.expires_at) - Number(row?.created_at)) / 3_600_000)).toBe(7 * 24)
    await asOwner(host.ownerUrl, "update staff_invitation set expires_at = now() - interval '1 second' where tenant_id = $1", [a.tenant.id])
    expect(codeOf(await accept(a, token))).toBe("410 STAFF_INVITATION_EXPIRED")
    expect(await rowsOf(a.tenant.id, "staff_member")).toEqual([])
  })

  it("whose e-mail address has an account stays unused, and nothing is left half made", async () => {
    const { client } = await newShop()
    const token = await invitation(client, { role: "clerk" })
    expect(codeOf(await accept(client, token, client.tenant.email))).toBe("409 STAFF_EMAIL_TAKEN")
    expect(codeOf(await accept(client, token))).toBe("200")
    expect(await rowsOf(client.tenant.id, "auth_identity")).toHaveLength(2)
  })

  it("by a merchant's owner leads into that merchant, whatever they ask for", async () => {
    const { client } = await newShop()
    const [mine, other] = [await merchantWith(client, "mine", []), await merchantWith(client, "other", [])]
    const token = await hire(client, "owner", mine)
    await accept(client, await invitation(client, { role: "owner", merchant_id: other }, token))
    expect(new Set((await rowsOf<{ merchant_id: string }>(client.tenant.id, "staff_member")).map((row) => row.merchant_id))).toEqual(new Set([mine]))
  })
})

describe("an order", () => {
  it("goes from new to handed over; its goods leave the shelf when packed, and its money is recorded when handed over", async () => {
    const { client, shop } = await newShop()
    const parcel = await newParcel(client, shop)
    expect(parcel).toMatchObject({ state: "new", goods_amount: 7980, pieces: 2, shipping_amount: 0, lines: [{ title: "果园 苹果", quantity: 2 }] })
    expect(parcel.customer.phone).toBe("138****0000")
    expect(JSON.stringify(parcel)).not.toContain("pick_up_code")
    const step = (what: string) => post(client, `${W}/parcels/${parcel.id}/${what}`)
    expect(codeOf(await step("pack"))).toBe("409 PARCEL_NOT_NOW")
    expect((await Promise.all([step("accept"), step("accept")])).map(codeOf).sort()).toEqual(["200", "409 PARCEL_NOT_NOW"])
    expect(await stocked(client)).toEqual([[100, 2]])
    expect((await Promise.all([step("pack"), step("pack")])).map(codeOf).sort()).toEqual(["200", "409 PARCEL_NOT_NOW"])
    expect(await stocked(client)).toEqual([[98, 0]])
    const code = await pickUpCode(client, parcel.id)
    expect(code).toMatch(/^\d{6}$/)
    const both = await Promise.all([1, 2].map(() => post(client, `${W}/hand-over`, { code })))
    expect(both.map(codeOf).sort()).toEqual(["200", "409 PARCEL_HANDED_OVER"])
    expect(codeOf(await post(client, `${W}/hand-over`, { code }))).toBe("409 PARCEL_HANDED_OVER")
    expect((await rowsOf<{ amount: string }>(client.tenant.id, "capture")).map(({ amount }) => Number(amount))).toEqual([79.8])
    expect(await client.ok({ path: `/admin/orders/${parcel.order_id}` })).toMatchObject({ order: { fulfillment_status: "delivered", payment_status: "captured" } })
  })

  it("that is refused gives its goods back, and is cancelled", async () => {
    const { client, shop } = await newShop()
    const parcel = await newParcel(client, shop)
    expect(await stocked(client)).toEqual([[100, 2]])
    expect(codeOf(await post(client, `${W}/parcels/${parcel.id}/refuse`, { reason: "" }))).toBe("400 REQUEST_INVALID")
    expect(codeOf(await post(client, `${W}/parcels/${parcel.id}/refuse`, { reason: "今天休息" }))).toBe("200")
    expect(await stocked(client)).toEqual([[100, 0]])
    expect(await client.ok({ path: `/admin/orders/${parcel.order_id}` })).toMatchObject({ order: { status: "canceled" } })
    expect(codeOf(await post(client, `${W}/parcels/${parcel.id}/accept`))).toBe("409 PARCEL_NOT_NOW")
  })

  it("of one shop is unknown in another, and so is its pick-up code", async () => {
    const [a, b] = [await newShop(), await newShop()]
    const { parcel, code } = await readyParcel(a.client, a.shop)
    expect(codeOf(await b.client.call({ path: `${W}/parcels/${parcel.id}` }))).toBe("404 NOT_FOUND")
    expect(codeOf(await post(b.client, `${W}/hand-over`, { code }))).toBe("404 PICK_UP_CODE_WRONG")
    expect(await parcels(b.client, "ready")).toEqual([])
    expect(codeOf(await post(a.client, `${W}/hand-over`, { code }))).toBe("200")
  })

  it("shows its pick-up code to whoever bought it, not to whoever knows its id", async () => {
    const { client, shop } = await newShop()
    const { order_id } = await newParcel(client, shop)
    expect(codeOf(await client.call({ path: `/store/orders/${order_id}/parcels` }))).toBe("404 NOT_FOUND")
  })
})

describe("a wrong pick-up code", () => {
  it("can be tried five times a minute by one person, however many tries come at once, and does not stop a colleague", async () => {
    const { client, shop } = await newShop()
    const { code } = await readyParcel(client, shop)
    const token = await hire(client, "clerk")
    const wrong = code === "000000" ? "000001" : "000000"
    const tries = await Promise.all(Array.from({ length: 7 }, () => post(client, `${W}/hand-over`, { code: wrong }, token)))
    expect(tries.map(codeOf).sort()).toEqual([...Array<string>(5).fill("404 PICK_UP_CODE_WRONG"), ...Array<string>(2).fill("429 PICK_UP_CODE_TRIES")])
    expect(codeOf(await post(client, `${W}/hand-over`, { code }, token))).toBe("429 PICK_UP_CODE_TRIES")
    expect(codeOf(await post(client, `${W}/hand-over`, { code }))).toBe("200")
    await asOwner(host.ownerUrl, "update parcel_miss set missed_at = missed_at - interval '1 minute' where tenant_id = $1", [client.tenant.id])
    expect(codeOf(await post(client, `${W}/hand-over`, { code }, token))).toBe("409 PARCEL_HANDED_OVER")
  })
})

describe("two merchants in one shop", () => {
  it("each see and fulfil their own part of one order: own lines, own total, own code", async () => {
    const { client, shop: apples } = await newShop()
    const pears = await anotherProduct(client, apples)
    const [one, two] = [await merchantWith(client, "apples", [apples.product.id]), await merchantWith(client, "pears", [pears.product.id])]
    const [clerkOne, clerkTwo] = [await hire(client, "clerk", one), await hire(client, "clerk", two)]
    const order = await orderFromBoth(client, apples, pears)
    const [mine] = await parcels(client, "new", clerkOne)
    const [theirs] = await parcels(client, "new", clerkTwo)
    expect(mine).toMatchObject({ goods_amount: 7980, shipping_amount: null, lines: [{ title: "果园 苹果" }] })
    expect(theirs).toMatchObject({ goods_amount: 2000, lines: [{ title: "梨" }] })
    expect([mine?.lines.length, theirs?.lines.length, (await parcels(client)).length]).toEqual([1, 1, 2])
    for (const what of ["accept", "pack"]) expect(codeOf(await post(client, `${W}/parcels/${theirs?.id ?? ""}/${what}`, {}, clerkOne))).toBe("404 NOT_FOUND")
    for (const what of ["accept", "pack"]) {
      const answers = await Promise.all([post(client, `${W}/parcels/${mine?.id ?? ""}/${what}`, {}, clerkOne), post(client, `${W}/parcels/${theirs?.id ?? ""}/${what}`, {}, clerkTwo)])
      expect(answers.map(codeOf)).toEqual(["200", "200"])
    }
    const [codeOne, codeTwo] = [await pickUpCode(client, mine?.id ?? ""), await pickUpCode(client, theirs?.id ?? "")]
    expect(codeOne).not.toBe(codeTwo)
    expect(codeOf(await post(client, `${W}/hand-over`, { code: codeTwo }, clerkOne))).toBe("404 PICK_UP_CODE_WRONG")
    expect(codeOf(await post(client, `${W}/hand-over`, { code: codeOne }, clerkOne))).toBe("200")
    expect(await client.ok({ path: `/admin/orders/${order}` })).toMatchObject({ order: { fulfillments: [{}, {}], fulfillment_status: "partially_delivered" } })
    expect(codeOf(await post(client, `${W}/hand-over`, { code: codeTwo }, clerkTwo))).toBe("200")
    expect(await client.ok({ path: `/admin/orders/${order}` })).toMatchObject({ order: { fulfillment_status: "delivered", payment_status: "captured" } })
  })

  it("are named to shoppers on their goods, in each language, and nothing is said of a neighbour's or of the shop's own", async () => {
    const [{ client, shop: apples }, neighbour] = [await newShop(), await newShop()]
    const pears = await anotherProduct(client, apples)
    const { merchant } = await client.post<{ merchant: { id: string } }>(`${W}/merchants`, { name: "果农", name_en: "Fruit Growers", handle: "growers" })
    await client.post(`${W}/merchants/${merchant.id}/products`, { product_ids: [pears.product.id] })
    const sellerOf = (of: ShopClient, id: string) => of.call({ path: `/store/products/${id}/merchant` })
    expect((await sellerOf(client, pears.product.id)).body).toEqual({ merchant: { handle: "growers", name: { "zh-CN": "果农", en: "Fruit Growers" } } })
    expect((await sellerOf(client, apples.product.id)).body).toEqual({ merchant: null })
    for (const id of [pears.product.id, "prod_none"]) expect(codeOf(await sellerOf(neighbour.client, id))).toBe("404 NOT_FOUND")
    await client.post(`/admin/products/${pears.product.id}`, { status: "draft" })
    expect(codeOf(await sellerOf(client, pears.product.id))).toBe("404 NOT_FOUND")
    const nameless = await client.call({ method: "POST", path: `${W}/merchants`, body: { name: "x", name_en: " ", handle: "xx" } })
    expect([codeOf(nameless), JSON.stringify(nameless.body.params)]).toEqual(["400 REQUEST_INVALID", expect.stringContaining("name_en：")])
  })

  it("refuse alone: the other part of the order goes on, and only the refused goods come back", async () => {
    const { client, shop: apples } = await newShop()
    const pears = await anotherProduct(client, apples)
    const clerk = await hire(client, "clerk", await merchantWith(client, "pears", [pears.product.id]))
    const order = await orderFromBoth(client, apples, pears)
    const [theirs] = await parcels(client, "new", clerk)
    expect(codeOf(await post(client, `${W}/parcels/${theirs?.id ?? ""}/refuse`, { reason: "卖完了" }, clerk))).toBe("200")
    expect((await stocked(client)).sort(([a = 0], [b = 0]) => b - a)).toEqual([[100, 2], [50, 0]])
    expect(await client.ok({ path: `/admin/orders/${order}` })).toMatchObject({ order: { status: "pending" } })
    expect(await parcels(client)).toMatchObject([{ lines: [{ title: "果园 苹果" }] }])
  })

  it("change only their own goods, and nobody's once the merchant is closed", async () => {
    const { client, shop: apples } = await newShop()
    const pears = await anotherProduct(client, apples)
    const merchant = await merchantWith(client, "pears", [pears.product.id])
    const token = await hire(client, "manager", merchant)
    expect(await client.ok({ path: `${W}/products`, token })).toMatchObject({ products: [{ title: "梨", stocked: 50, price_amount: 2000 }] })
    expect(codeOf(await post(client, `${W}/variants/${apples.variant.id}/stock`, { change: 1 }, token))).toBe("404 NOT_FOUND")
    expect(codeOf(await post(client, `${W}/variants/${pears.variant.id}/stock`, { change: 1 }, token))).toBe("200")
    await client.post(`${W}/merchants/${merchant}`, { active: false })
    expect(codeOf(await client.call({ path: `${W}/me`, token }))).toBe("403 FORBIDDEN")
  })
})

describe("goods", () => {
  it("changed by many at once lose no piece, and never fall below what is sold", async () => {
    const { client, shop } = await newShop()
    await newParcel(client, shop, 3)
    const change = (pieces: number) => post(client, `${W}/variants/${shop.variant.id}/stock`, { change: pieces })
    expect((await Promise.all([5, 5, 5, -2, -2].map(change))).map(codeOf)).toEqual(Array(5).fill("200"))
    expect(await stocked(client)).toEqual([[111, 3]])
    expect(codeOf(await change(-109))).toBe("400 STOCK_INSUFFICIENT")
    expect(codeOf(await change(-108))).toBe("200")
  })

  it("get a new price from one of two who set it at once, and the shop shows it", async () => {
    const { client, shop } = await newShop()
    const set = (price_amount: number) => post(client, `${W}/variants/${shop.variant.id}/price`, { price_amount, seen_amount: 3990 })
    expect((await Promise.all([set(2500), set(2600)])).map(codeOf).sort()).toEqual(["200", "409 CONFLICT"])
    const { products } = await client.ok<{ products: { variants: { calculated_price: { calculated_amount: number } }[] }[] }>({ path: `/store/products?region_id=${shop.region.id}&fields=*variants.calculated_price` })
    expect([25, 26]).toContain(products[0]?.variants[0]?.calculated_price.calculated_amount)
  })
})

describe("a refund", () => {
  it("is never more than was paid, and one key gives it once", async () => {
    const { client, shop } = await newShop()
    const { parcel, code } = await readyParcel(client, shop)
    const refund = (refund_amount: number, idempotency_key: string) => post(client, `${W}/parcels/${parcel.id}/refunds`, { refund_amount, idempotency_key })
    expect(codeOf(await refund(1, "before-pay"))).toBe("422 REFUND_TOO_LARGE")
    await client.post(`${W}/hand-over`, { code })
    expect((await Promise.all([1, 2].map(() => refund(5000, "same-key")))).map(codeOf)).toEqual(["200", "200"])
    expect((await Promise.all([refund(2000, "key-two-1"), refund(2000, "key-two-2")])).map(codeOf).sort()).toEqual(["200", "422 REFUND_TOO_LARGE"])
    expect((await rowsOf<{ amount: string }>(client.tenant.id, "refund")).map(({ amount }) => Number(amount)).sort((a, b) => a - b)).toEqual([20, 50])
    expect(codeOf(await refund(981, "key-three"))).toBe("422 REFUND_TOO_LARGE")
    expect(codeOf(await refund(980, "key-four"))).toBe("200")
  })
})

describe("today's figures", () => {
  it("count the day of the shop's own time zone, and leave out what was refused", async () => {
    const { client, shop } = await newShop()
    const [kept, refused] = [await newParcel(client, shop, 1), await newParcel(client, shop, 1)]
    await client.post(`${W}/parcels/${refused.id}/refuse`, { reason: "没货了" })
    type Today = { week: { day: string; orders: number; goods_amount: number }[]; counts: Record<string, number> }
    const today = await client.ok<Today>({ path: `${W}/today` })
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date())
    expect(today.week).toHaveLength(7)
    expect(today.week.at(-1)).toEqual({ day, orders: 1, goods_amount: 3990 })
    expect(today.counts).toMatchObject({ new: 1, refused: 1 })
    await asOwner(host.ownerUrl, "update parcel set ordered_at = ($3::date::timestamp at time zone 'Asia/Shanghai') - interval '1 second' where tenant_id = $1 and id = $2", [client.tenant.id, kept.id, day])
    const later = await client.ok<Today>({ path: `${W}/today` })
    expect([later.week.at(-1)?.orders, later.week.at(-2)?.orders]).toEqual([0, 1])
  })
})
