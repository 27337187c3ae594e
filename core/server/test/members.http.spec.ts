import { ShopClient, type TestTenant, address, asOwner, buy, createTenant, fillCart, latestCode, messagesTo, passTime, rowsOf, sharedHost, signIn, stockShop, twoTenants } from "@fangshi/testing"

const host = sharedHost()
const CODES = "/store/members/codes"
const SIGN_IN = "/store/members/sign-in"
const MINUTE = 60_000

let phones = 0
/** A number nobody has had before, so that no test meets another one's codes. */
const newPhone = () => `139${String(10_000_000 + phones++)}`

const newShop = async () => new ShopClient(host, await createTenant("members"))
/** As a stranger elsewhere: limits count addresses. */
const from = (address: string) => ({ "x-forwarded-for": address })
const ask = (shop: ShopClient, phone: string, client = "203.0.113.1") => shop.call({ method: "POST", path: CODES, body: { phone }, headers: from(client) })
const present = (shop: ShopClient, phone: string, code: string) => shop.call({ method: "POST", path: SIGN_IN, body: { phone, code } })
const codeFor = async (shop: ShopClient, phone: string) => {
  await ask(shop, phone)
  return latestCode(shop.tenant.id, phone)
}
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0")
const told = ({ status, body }: Awaited<ReturnType<ShopClient["call"]>>) => (status === 200 ? "200" : String(body.code))

describe("a code", () => {
  it("opens an account for an unknown number and the same account afterwards, and the asker cannot tell the two apart", async () => {
    const shop = await newShop()
    const phone = newPhone()
    const unknown = await ask(shop, `+86 ${phone.slice(0, 3)} ${phone.slice(3)}`)
    const first = await present(shop, phone, await latestCode(shop.tenant.id, phone))
    expect(first.body).toMatchObject({ created: true })
    await passTime(shop.tenant.id, MINUTE)
    const known = await ask(shop, phone)
    expect(known.text).toBe(unknown.text)
    const second = await present(shop, phone, await latestCode(shop.tenant.id, phone))
    expect(second.body).toMatchObject({ created: false, customer_id: first.body.customer_id })
    expect(await shop.ok({ path: "/store/customers/me", token: String(second.body.token) })).toMatchObject({ customer: { phone } })
  })

  it("is redeemed by one of two at once, and by nobody afterwards", async () => {
    const shop = await newShop()
    const phone = newPhone()
    const code = await codeFor(shop, phone)
    expect((await Promise.all([1, 2].map(() => present(shop, phone, code)))).map(told).sort()).toEqual(["200", "CODE_EXPIRED"])
    expect(told(await present(shop, phone, code))).toBe("CODE_EXPIRED")
    expect(await rowsOf(shop.tenant.id, "customer")).toHaveLength(1)
  })

  it("is worth nothing after five wrong tries, also when they come at once", async () => {
    const shop = await newShop()
    const phone = newPhone()
    const code = await codeFor(shop, phone)
    const tries = await Promise.all(Array.from({ length: 7 }, () => present(shop, phone, wrongFor(code))))
    expect(tries.map(told).sort()).toEqual([...Array<string>(2).fill("CODE_EXPIRED"), ...Array<string>(5).fill("CODE_WRONG")])
    expect(tries.flatMap(({ body }) => (told({ status: 0, text: "", body }) === "CODE_WRONG" ? Number((body.params as unknown as { left: number }).left) : [])).sort((x, y) => x - y)).toEqual([0, 1, 2, 3, 4])
    expect(told(await present(shop, phone, code))).toBe("CODE_EXPIRED")
  })

  it("lives five minutes and not a moment longer", async () => {
    const shop = await newShop()
    const [early, late] = [newPhone(), newPhone()]
    const codes = [await codeFor(shop, early), await codeFor(shop, late)]
    await passTime(shop.tenant.id, 5 * MINUTE - 10_000)
    expect(told(await present(shop, early, codes[0] ?? ""))).toBe("200")
    await passTime(shop.tenant.id, 10_000)
    expect(told(await present(shop, late, codes[1] ?? ""))).toBe("CODE_EXPIRED")
  })

  it("ends with the next one, which comes after a minute at the earliest", async () => {
    const shop = await newShop()
    const phone = newPhone()
    const first = await codeFor(shop, phone)
    const soon = await ask(shop, phone)
    expect([soon.status, told(soon)]).toEqual([429, "CODE_TOO_SOON"])
    expect(Number((soon.body.params as unknown as { seconds: number }).seconds)).toBeGreaterThan(50)
    await passTime(shop.tenant.id, MINUTE)
    const second = await codeFor(shop, phone)
    if (first !== second) expect(told(await present(shop, phone, first))).toBe("CODE_WRONG")
    expect(told(await present(shop, phone, second))).toBe("200")
  })

  it("is sent once to a number that asks twice at the same moment", async () => {
    const shop = await newShop()
    const phone = newPhone()
    expect((await Promise.all([1, 2, 3].map(() => ask(shop, phone)))).map(told).sort()).toEqual(["200", "CODE_TOO_SOON", "CODE_TOO_SOON"])
    expect(await messagesTo(shop.tenant.id, phone)).toHaveLength(1)
  })

  it("is refused the eleventh time in a day, and given again a day later", async () => {
    const shop = await newShop()
    const phone = newPhone()
    for (let i = 0; i < 10; i++) {
      expect(told(await ask(shop, phone, `203.0.113.${i + 1}`))).toBe("200")
      await passTime(shop.tenant.id, MINUTE)
    }
    expect(told(await ask(shop, phone))).toBe("CODE_TOO_MANY")
    await passTime(shop.tenant.id, 24 * 60 * MINUTE)
    expect(told(await ask(shop, phone))).toBe("200")
  })

  it("is refused to an address that asked thirty times within the hour, for whatever numbers and however fast, and to no other address or shop", async () => {
    const [a, b] = (await twoTenants(host)).map((tenant) => new ShopClient(host, tenant)) as [ShopClient, ShopClient]
    const answers = await Promise.all(Array.from({ length: 33 }, () => ask(a, newPhone(), "198.51.100.7")))
    expect(answers.map(told).filter((each) => each === "200")).toHaveLength(30)
    expect(new Set(answers.map(told))).toEqual(new Set(["200", "CODE_TOO_MANY"]))
    expect(told(await ask(a, newPhone(), "198.51.100.8"))).toBe("200")
    expect(told(await ask(b, newPhone(), "198.51.100.7"))).toBe("200")
    await passTime(a.tenant.id, 60 * MINUTE)
    expect(told(await ask(a, newPhone(), "198.51.100.7"))).toBe("200")
  })

  it("of a neighbour's shop opens nothing here, and the customer it opens there is nobody here", async () => {
    const [a, b] = (await twoTenants(host)).map((tenant) => new ShopClient(host, tenant)) as [ShopClient, ShopClient]
    const phone = newPhone()
    const [ofA, ofB] = [await codeFor(a, phone), await codeFor(b, phone)]
    if (ofA !== ofB) expect(told(await present(b, phone, ofA))).toBe("CODE_WRONG")
    const member = (await present(a, phone, ofA)).body
    expect((await b.call({ path: "/store/customers/me", token: String(member.token) })).status).toBe(401)
    expect(await rowsOf(b.tenant.id, "customer")).toHaveLength(0)
    expect((await present(b, phone, ofB)).body.customer_id).not.toBe(member.customer_id)
  })

  it("is kept in no form that could be read: neither code nor number nor address", async () => {
    const shop = await newShop()
    const phone = newPhone()
    const code = await codeFor(shop, phone)
    const [row] = await rowsOf<Record<string, unknown>>(shop.tenant.id, "member_code")
    const { phone_key, client_key, code_hash } = row ?? {}
    expect([phone_key, client_key, code_hash].every((each) => /^[0-9a-f]{64}$/.test(String(each)))).toBe(true)
    expect(code).toMatch(/^\d{6}$/)
    expect(JSON.stringify(row)).not.toContain(phone)
  })

  it.each([["12345678901"], ["1390000"], [""], ["１３９００００００００"]])("is not sent to %s, which is no mobile number", async (phone) => {
    const answer = await ask(await newShop(), phone)
    expect([answer.status, told(answer)]).toEqual([400, "REQUEST_INVALID"])
  })
})

describe("a member", () => {
  const stocked = async () => {
    const shop = await newShop()
    return { shop, goods: await stockShop(shop, "apfel", 20) }
  }
  const available = async (tenant: TestTenant) => {
    const [level] = await asOwner<{ free: string }>(host.ownerUrl, "select (stocked_quantity - reserved_quantity)::text as free from inventory_level where tenant_id = $1 and deleted_at is null", [tenant.id])
    return Number(level?.free)
  }
  type Order = { order: { id: string; status: string; cancellable: boolean; canceled_at: string | null } }

  it("cancels an order once of twice at once, gets the goods back on the shelf, and no stranger or neighbour can", async () => {
    const { shop, goods } = await stocked()
    const [me, stranger] = [await signIn(shop, newPhone()), await signIn(shop, newPhone())]
    const { order } = await buy(shop, goods, "mine", { token: me.token, quantity: 3 })
    expect(await available(shop.tenant)).toBe(17)
    const path = `/store/members/me/orders/${order.id}`
    const foreign = await shop.call({ method: "POST", path: `${path}/cancel`, body: {}, token: stranger.token })
    const unknown = await shop.call({ method: "POST", path: "/store/members/me/orders/order_none/cancel", body: {}, token: stranger.token })
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text])
    expect((await shop.call({ path, token: stranger.token })).status).toBe(404)
    expect(await shop.ok<Order>({ path, token: me.token })).toMatchObject({ order: { status: "pending", cancellable: true } })
    const answers = await Promise.all([1, 2].map(() => shop.call({ method: "POST", path: `${path}/cancel`, body: {}, token: me.token })))
    expect(answers.map(({ status, body }) => [status, (body as unknown as Order).order?.status])).toEqual([[200, "canceled"], [200, "canceled"]])
    expect(await available(shop.tenant)).toBe(20)
    expect((await shop.ok<Order>({ path, token: me.token })).order).toMatchObject({ cancellable: false, canceled_at: expect.any(String) as string })
  })

  it("cancels what is packed, and no more what is on its way", async () => {
    const { shop, goods } = await stocked()
    const me = await signIn(shop, newPhone())
    const packed = async () => {
      const { order } = await buy(shop, goods, "mine", { token: me.token, quantity: 2 })
      const { order: detail } = await shop.ok<{ order: { items: { id: string }[] } }>({ path: `/admin/orders/${order.id}` })
      await shop.post(`/admin/orders/${order.id}/fulfillments`, { items: detail.items.map(({ id }) => ({ id, quantity: 2 })), location_id: goods.location.id })
      const { order: done } = await shop.ok<{ order: { fulfillments: { id: string }[] } }>({ path: `/admin/orders/${order.id}?fields=id,*fulfillments` })
      return { order, fulfillment: done.fulfillments[0]?.id ?? "", items: detail.items }
    }
    const first = await packed()
    expect(await shop.post<Order>(`/store/members/me/orders/${first.order.id}/cancel`, {}, { token: me.token })).toMatchObject({ order: { status: "canceled" } })
    expect(await available(shop.tenant)).toBe(20)
    const second = await packed()
    await shop.post(`/admin/orders/${second.order.id}/fulfillments/${second.fulfillment}/shipments`, { items: second.items.map(({ id }) => ({ id, quantity: 2 })) })
    const late = await shop.call({ method: "POST", path: `/store/members/me/orders/${second.order.id}/cancel`, body: {}, token: me.token })
    expect([late.status, told(late)]).toEqual([409, "ORDER_NOT_CANCELLABLE"])
    expect(await available(shop.tenant)).toBe(18)
  })

  it("keeps a favourite once, however often and fast it is added, and nobody else sees it", async () => {
    const { shop, goods } = await stocked()
    const [me, other] = [await signIn(shop, newPhone()), await signIn(shop, newPhone())]
    const path = "/store/members/me/favourites"
    await Promise.all([1, 2, 3].map(() => shop.post(path, { product_id: goods.product.id }, { token: me.token })))
    const list = async ({ token }: { token: string }) => (await shop.ok<{ product_ids: string[] }>({ path, token })).product_ids
    expect(await list(me)).toEqual([goods.product.id])
    expect(await list(other)).toEqual([])
    expect((await shop.call({ method: "POST", path, body: { product_id: "prod_none" }, token: me.token })).status).toBe(404)
    await shop.ok({ method: "DELETE", path: `${path}/${goods.product.id}`, token: other.token })
    expect(await list(me)).toHaveLength(1)
    for (let i = 0; i < 2; i++) await shop.ok({ method: "DELETE", path: `${path}/${goods.product.id}`, token: me.token })
    expect(await list(me)).toEqual([])
  })

  it("goes on with the goods chosen as a guest and those of the cart left behind elsewhere, and takes no other member's cart", async () => {
    const { shop, goods } = await stocked()
    const [me, other] = [await signIn(shop, newPhone()), await signIn(shop, newPhone())]
    const take = async (cart_id?: string, token = me.token) => (await shop.post<{ cart_id: string | null }>("/store/members/me/cart", cart_id ? { cart_id } : {}, { token })).cart_id
    const pieces = async (id: string) => (await shop.ok<{ cart: { items: { quantity: number }[] } }>({ path: `/store/carts/${id}` })).cart.items.reduce((sum, { quantity }) => sum + quantity, 0)
    expect(await take()).toBeNull()
    const left = await fillCart(shop, goods, "left", { token: me.token, quantity: 2 })
    expect(await take()).toBe(left.id)
    const guests = await fillCart(shop, goods, "guest", { quantity: 3 })
    expect(await take(guests.id)).toBe(guests.id)
    expect([await pieces(guests.id), await pieces(left.id)]).toEqual([5, 0])
    expect(await take(guests.id)).toBe(guests.id)
    expect(await pieces(guests.id)).toBe(5)
    expect(await take(guests.id, other.token)).toBeNull()
    expect(await take()).toBe(guests.id)
  })

  it("changes name and address, but not to an address of somebody else's account", async () => {
    const shop = await newShop()
    const [me, other] = [await signIn(shop, newPhone()), await signIn(shop, newPhone())]
    const save = (token: string, body: object) => shop.call({ method: "POST", path: "/store/members/me", body, token })
    expect((await save(me.token, { first_name: "小满", email: "Man@Example.com" })).body).toMatchObject({ customer: { first_name: "小满", email: "man@example.com" } })
    expect(told(await save(other.token, { email: "man@example.com" }))).toBe("EMAIL_TAKEN")
    expect(told(await save(other.token, { phone: "13900000000" }))).toBe("REQUEST_INVALID")
  })
})

describe("an erased account", () => {
  it("is gone for good after a code of its own: no name, number, address or way in is left, the order stays masked, and others are untouched", async () => {
    const shop = await newShop()
    const goods = await stockShop(shop, "apfel", 20)
    const [phone, bystander] = [newPhone(), newPhone()]
    const [me, other] = [await signIn(shop, phone), await signIn(shop, bystander)]
    const erase = (code: string, token = me.token) => shop.call({ method: "POST", path: "/store/members/erasure", body: { code }, token })
    await shop.post("/store/members/me", { first_name: "顾清欢", email: "gu@example.com" }, { token: me.token })
    for (const [{ token }, name] of [[me, "顾清欢"], [other, "何晏"]] as const) {
      await shop.post("/store/customers/me/addresses", { ...address(name), phone: "13800138000" }, { token })
      await shop.post("/store/members/me/favourites", { product_id: goods.product.id }, { token })
    }
    const { order } = await buy(shop, goods, "guqinghuan", { token: me.token })
    await buy(shop, goods, "bystander", { token: other.token })
    const exported = await shop.ok<{ profile: object; addresses: unknown[]; orders: unknown[]; favourites: unknown[] }>({ path: "/store/members/me/export", token: me.token })
    expect(exported).toMatchObject({ profile: { first_name: "顾清欢", email: "gu@example.com", phone }, addresses: [{ city: "昆明市" }], orders: [{ display_id: order.display_id }], favourites: [{ product_id: goods.product.id }] })

    await passTime(shop.tenant.id, MINUTE)
    await shop.post(CODES, { phone })
    expect(told(await erase(await latestCode(shop.tenant.id, phone)))).toBe("CODE_EXPIRED")
    await passTime(shop.tenant.id, MINUTE)
    await shop.post("/store/members/erasure/code", {}, { token: me.token })
    expect(told(await erase(await latestCode(shop.tenant.id, phone)))).toBe("ACCOUNT_HAS_OPEN_ORDERS")
    await shop.post(`/store/members/me/orders/${order.id}/cancel`, {}, { token: me.token })

    // Refused before, the code is not spent: nothing was done for it.
    const code = await latestCode(shop.tenant.id, phone)
    expect((await Promise.all([erase(code), erase(code)])).map(told)).toEqual(["200", "200"])
    expect(told(await erase("000000"))).toBe("200")

    for (const path of ["/store/customers/me", "/store/members/me/export", "/store/members/me/favourites", "/store/orders"]) expect((await shop.call({ path, token: me.token })).status).toBe(401)
    const [customer] = (await rowsOf<Record<string, unknown>>(shop.tenant.id, "customer")).filter(({ id }) => id === me.customer_id)
    expect(customer).toMatchObject({ first_name: null, email: null, phone: null, has_account: false })
    const left: string[] = []
    const tables = await asOwner<{ name: string }>(host.ownerUrl, "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and tenancy.class_of(c.oid::regclass) = 'tenant'")
    for (const { name } of tables) {
      const found = await asOwner(host.ownerUrl, `select 1 from public."${name}" x where tenant_id = $1 and to_jsonb(x)::text ~ $2`, [shop.tenant.id, `顾清欢|guqinghuan|gu@example.com|${phone}`])
      if (found.length) left.push(name)
    }
    expect(left).toEqual([])
    expect(await rowsOf(shop.tenant.id, "customer_address")).toHaveLength(1)
    expect(await rowsOf(shop.tenant.id, "member_favourite")).toMatchObject([{ customer_id: other.customer_id }])
    const { order: kept } = await shop.ok<{ order: object }>({ path: `/admin/orders/${order.id}?fields=*shipping_address,total,email` })
    expect(kept).toMatchObject({ email: null, shipping_address: { first_name: "g**", phone: "138****0000", address_1: "***", province: "云南省", city: "昆明市" } })
    expect((await shop.call({ path: "/store/customers/me", token: other.token })).status).toBe(200)

    await passTime(shop.tenant.id, MINUTE)
    expect((await signIn(shop, phone)).created).toBe(true)
  })
})
