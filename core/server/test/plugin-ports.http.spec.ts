import { type TestTenant, ShopClient, asOwner, buy, control, createTenant, fillCart, registerCustomer, rowsOf, sharedHost, stockShop } from "@fangshi/testing"
import type { PlacedOrder, PortPayment } from "@fangshi/contracts"

type Shop = { tenant: TestTenant; client: ShopClient; stock: Awaited<ReturnType<typeof stockShop>>; customer_id: string; token: string }
type Call = [string, ...unknown[]]

async function openShop(pieces = 100): Promise<Shop> {
  const tenant = await createTenant("pp")
  const client = new ShopClient(sharedHost(), tenant)
  const stock = await stockShop(client, "apfel", pieces)
  const token = await registerCustomer(client, "anna@buyer.example")
  const { customer } = await client.ok<{ customer: { id: string } }>({ path: "/store/customers/me", token })
  return { tenant, client, stock, customer_id: customer.id, token }
}

const all = (shop: Shop, calls: Call[], together = false, plugin = "notes") => control<unknown[]>({ op: "ports", tenant: shop.tenant.id, plugin, calls, together })
const call = async <T>(shop: Shop, ...one: Call): Promise<T> => (await all(shop, [one]))[0] as T
const code = (work: Promise<unknown>) => work.then(() => "done", (error: { code?: string }) => error.code)

let one: Shop
let other: Shop
beforeAll(async () => {
  one = await openShop()
  other = await openShop()
})

const wanted = (shop: Shop, key: string, amount = 3990) => ({ key, amount, currency_code: "cny", customer_id: shop.customer_id })
const begin = (shop: Shop, key: string, amount?: number) => call<PortPayment>(shop, "payments.begin", wanted(shop, key, amount))
const captured = async (shop: Shop, key: string, amount?: number) => {
  const { id } = await begin(shop, key, amount)
  await call(shop, "payments.authorize", id)
  return call<PortPayment>(shop, "payments.capture", id)
}

describe("a plugin's payment", () => {
  it("is begun once for a key, also by many at once, and in each shop for itself", async () => {
    const same = await Promise.all(Array.from({ length: 5 }, () => begin(one, "same")))
    const elsewhere = await begin(other, "same")
    expect(new Set(same.map(({ id }) => id)).size).toBe(1)
    expect(same[0]).toMatchObject({ state: "pending", amount: 3990, refunded_amount: 0, currency_code: "cny", provider_id: "pp_system_default" })
    expect(elsewhere.id).not.toBe(same[0]?.id)
    const ids = (await rowsOf<{ payment_collection_id: string }>(one.tenant.id, "plugin_payment")).map((row) => row.payment_collection_id)
    const collections = await rowsOf<{ id: string; amount: string }>(one.tenant.id, "payment_collection")
    expect(collections.map(({ id, amount }) => [id, Number(amount)])).toEqual(ids.map((id) => [id, 39.9]))
  })

  it("refuses a key that stands for another amount, and what makes no sense", async () => {
    await begin(one, "first")
    expect(await code(begin(one, "first", 4000))).toBe("PLUGIN_KEY_USED")
    expect(await code(begin(one, "nothing", 0))).toBe("PLUGIN_CALL_INVALID")
    expect(await code(call(one, "payments.begin", { ...wanted(one, "x"), customer_id: other.customer_id }))).toBe("PLUGIN_CALL_INVALID")
    expect(await code(call(one, "payments.begin", { ...wanted(one, "x"), currency_code: "eur" }))).toBe("PLUGIN_CALL_INVALID")
  })

  it("is authorised, then captured, and each of them twice is once", async () => {
    const { id } = await begin(one, "pay")
    expect(await code(call(one, "payments.capture", id))).toBe("PAYMENT_NOT_AUTHORIZED")
    expect(await Promise.all([1, 2].map(() => call<PortPayment>(one, "payments.authorize", id)))).toMatchObject([{ state: "authorized" }, { state: "authorized" }])
    expect(await Promise.all([1, 2].map(() => call<PortPayment>(one, "payments.capture", id)))).toMatchObject([{ state: "captured" }, { state: "captured" }])
    const { payment_collection_id } = (await rowsOf<Record<string, string>>(one.tenant.id, "plugin_payment")).find((row) => row.id === id) ?? {}
    const collection = (await rowsOf<Record<string, string>>(one.tenant.id, "payment_collection")).find((row) => row.id === payment_collection_id)
    expect([Number(collection?.captured_amount), collection?.status]).toEqual([39.9, "completed"])
    expect(await code(call(one, "payments.release", id))).toBe("NOT_ALLOWED")
  })

  const authorized = async (shop: Shop, key: string) => {
    const { id } = await begin(shop, key)
    await call(shop, "payments.authorize", id)
    return id
  }
  const states = async (shop: Shop, ids: string[]) => (await call<PortPayment[]>(shop, "payments.captureAll", ids)).map(({ id, state }) => [id, state])
  /** Rows of Medusa's payments, without what no two of them share. */
  const books = async (shop: Shop, table: string) => (await rowsOf<Record<string, unknown>>(shop.tenant.id, table)).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, /(?:^|_)(?:id|at)$/.test(name) ? value !== null : value])))
  /** The row without the key it was asked by, and what refers to it. */
  const nameless = ({ key: _key, metadata: _metadata, ...row }: Record<string, unknown>) => row

  it("is captured among many as it is alone, each once, also by two at once, and in its shop alone", async () => {
    const [alone, shop, theirs] = [await openShop(), await openShop(), await authorized(other, "among-many")]
    const [ids, unpaid] = [await Promise.all(["a", "b", "c"].map((key) => authorized(shop, key))), (await begin(shop, "unpaid")).id]
    await captured(alone, "a")
    await begin(alone, "unpaid")
    const asked = [...ids, unpaid, theirs, "plpay_unknown"]
    const wanted_ = [...ids.map((id) => [id, "captured"]), [unpaid, "pending"]]
    expect(await Promise.all([states(shop, asked), states(shop, asked.toReversed()), call<PortPayment>(shop, "payments.capture", ids[1])])).toMatchObject([wanted_, wanted_.toReversed(), { state: "captured" }])
    expect(await call(other, "payments.find", theirs)).toMatchObject({ state: "authorized" })
    for (const table of ["capture", "payment", "payment_collection", "order_transaction"]) {
      const [one_by_one, together] = [await books(alone, table), await books(shop, table)]
      expect([table, together.length]).toEqual([table, one_by_one.length + (table === "order_transaction" ? 0 : 2)])
      for (const row of together) expect(one_by_one).toContainEqual(row)
    }
  })

  it("that its provider does not let us capture stays as it is, and keeps none of its neighbours", async () => {
    const ids = await Promise.all(["with-1", "without", "with-2"].map((key) => authorized(one, key)))
    await asOwner(sharedHost().ownerUrl, "update payment set provider_id = 'pp_gone' where payment_session_id = (select payment_session_id from plugin_payment where id = $1)", [ids[1]])
    expect(await states(one, ids)).toEqual([[ids[0], "captured"], [ids[1], "authorized"], [ids[2], "captured"]])
    expect(await code(call(one, "payments.capture", ids[1]))).not.toBe("done")
    expect(await call(one, "payments.find", ids[1])).toMatchObject({ state: "authorized" })
  })

  it("is captured among many with what it is in: nothing of it is left where that fails", async () => {
    const id = await authorized(one, "with-all")
    expect(await code(all(one, [["payments.captureAll", [id]], ["stock.release", "no such key"]], true))).toBe("NOT_FOUND")
    expect(await call(one, "payments.find", id)).toMatchObject({ state: "authorized" })
    expect(await states(one, [id])).toEqual([[id, "captured"]])
  })

  it("of which staff took a part is left to whoever captures it alone", async () => {
    const id = await authorized(one, "part")
    const [row] = await asOwner<{ id: string }>(sharedHost().ownerUrl, "select pay.id from payment pay join plugin_payment p on p.payment_session_id = pay.payment_session_id where p.id = $1", [id])
    await one.client.ok({ method: "POST", path: `/admin/payments/${row?.id ?? ""}/capture`, body: { amount: 10 } })
    expect(await states(one, [id])).toEqual([[id, "authorized"]])
    expect(await call(one, "payments.capture", id)).toMatchObject({ state: "captured" })
    expect((await rowsOf<{ payment_id: string; amount: string }>(one.tenant.id, "capture")).filter(({ payment_id }) => payment_id === row?.id).map(({ amount }) => Number(amount)).sort((a, b) => a - b)).toEqual([10, 29.9])
  })

  it("is given back among many as it is alone, each key once, also by two at once, and in its shop alone", async () => {
    const [alone, shop, theirs] = [await openShop(), await openShop(), await captured(other, "back-among-many")]
    const ids = await Promise.all(["a", "b", "c"].map((key) => captured(shop, key).then(({ id }) => id)))
    const single = await captured(alone, "a")
    for (const [amount, key] of [[190, "a"], [10, "a2"]] as const) await call(alone, "payments.refund", single.id, amount, key)
    const [refunds, more] = [[190, 10].map((amount) => ids.map((id, i) => ({ id, amount, key: `${"abc"[i] ?? ""}${amount === 10 ? "2" : ""}` }))) , [{ id: theirs.id, amount: 1, key: "t" }, { id: "plpay_unknown", amount: 1, key: "u" }]]
    const back = (all_: object[] = []) => call<string[]>(shop, "payments.refundAll", all_)
    expect(await Promise.all([back([...(refunds[0] ?? []), ...more]), back(refunds[0]?.toReversed()), call<PortPayment>(shop, "payments.refund", ids[1], 190, "b")])).toMatchObject([["a", "b", "c"], ["c", "b", "a"], { refunded_amount: 190 }])
    expect(await back(refunds[1])).toEqual(["a2", "b2", "c2"])
    expect(await call(shop, "payments.find", ids[0])).toMatchObject({ state: "captured", refunded_amount: 200 })
    expect(await call(other, "payments.find", theirs.id)).toMatchObject({ refunded_amount: 0 })
    for (const table of ["plugin_payment", "plugin_refund", "refund", "payment", "payment_collection"]) {
      const [one_by_one, together] = [await books(alone, table), await books(shop, table)]
      expect([table, together.length]).toEqual([table, one_by_one.length * 3])
      for (const row of together) expect(one_by_one.map(nameless)).toContainEqual(nameless(row))
    }
  })

  it("is given back among many no more than was taken, and for no key that stands for something else", async () => {
    const ids = await Promise.all(["much", "used", "fine", "untaken"].map((key) => (key === "untaken" ? authorized(one, key) : captured(one, key).then(({ id }) => id))))
    await call(one, "payments.refund", ids[0], 3000, "much-1")
    await call(one, "payments.refund", ids[1], 5, "used-1")
    const asked = [[ids[0], 991, "much-2"], [ids[1], 6, "used-1"], [ids[2], 3990, "fine-1"], [ids[3], 1, "untaken-1"]].map(([id, amount, key]) => ({ id, amount, key }))
    expect(await call(one, "payments.refundAll", asked)).toEqual(["fine-1"])
    expect(await call(one, "payments.refundAll", asked)).toEqual(["fine-1"])
    expect(await Promise.all(ids.map(async (id) => (await call<PortPayment>(one, "payments.find", id)).refunded_amount))).toEqual([3000, 5, 3990, 0])
    expect(await code(call(one, "payments.refundAll", [asked[2], asked[2]]))).toBe("PLUGIN_CALL_INVALID")
  })

  it("is released before it is captured, paid or not, and cannot be taken afterwards", async () => {
    const begun = await begin(one, "begun")
    expect(await call(one, "payments.release", begun.id)).toMatchObject({ state: "released" })
    expect(await code(call(one, "payments.authorize", begun.id))).toBe("NOT_ALLOWED")
    const paid = await begin(one, "paid")
    await call(one, "payments.authorize", paid.id)
    expect(await call(one, "payments.release", paid.id)).toMatchObject({ state: "released" })
    expect(await call(one, "payments.release", paid.id)).toMatchObject({ state: "released" })
    expect(await code(call(one, "payments.capture", paid.id))).toBe("PAYMENT_NOT_AUTHORIZED")
  })

  it("is given back in parts, each key once and never more than was captured, also at once", async () => {
    const { id } = await captured(one, "parts")
    await Promise.all([1, 2, 3].map(() => call(one, "payments.refund", id, 1000, "parts-a")))
    expect(await call(one, "payments.find", id)).toMatchObject({ refunded_amount: 1000, state: "captured" })
    const outcomes = await Promise.all(["b", "c", "d"].map((key) => code(call(one, "payments.refund", id, 1200, `parts-${key}`))))
    expect(outcomes.map(String).sort()).toEqual(["REFUND_TOO_LARGE", "done", "done"])
    expect(await call(one, "payments.find", id)).toMatchObject({ refunded_amount: 3400 })
    expect(await code(call(one, "payments.refund", id, 590, "parts-a"))).toBe("PLUGIN_KEY_USED")
    expect(await code(call(one, "payments.refund", (await begin(one, "unpaid")).id, 1, "parts-e"))).toBe("REFUND_TOO_LARGE")
  })

  it("is nobody's but its plugin's in its shop", async () => {
    const { id } = await begin(one, "own")
    expect(await call(other, "payments.find", id)).toBeNull()
    expect(await code(call(other, "payments.authorize", id))).toBe("NOT_FOUND")
    expect(await all(one, [["payments.find", id]], false, "others")).toEqual([null])
  })

  it("leaves nothing of what was rolled back with the plugin's own unit of work", async () => {
    const failed = code(all(one, [["payments.begin", wanted(one, "rolled")], ["payments.begin", wanted(one, "rolled", 1)]], true))
    expect(await failed).toBe("PLUGIN_KEY_USED")
    expect((await rowsOf<{ key: string }>(one.tenant.id, "plugin_payment")).filter(({ key }) => key === "rolled")).toEqual([])
    expect(await begin(one, "rolled", 1)).toMatchObject({ amount: 1 })
  })
})

const shelf = async (shop: Shop) => {
  const [level] = await rowsOf<{ stocked_quantity: string; reserved_quantity: string; raw_reserved_quantity: { value: string } }>(shop.tenant.id, "inventory_level")
  return { stocked: Number(level?.stocked_quantity), reserved: Number(level?.reserved_quantity), raw: level?.raw_reserved_quantity.value }
}

describe("pieces a plugin keeps", () => {
  it("are kept from carts, once for a key, and can be given back in parts", async () => {
    const shop = await openShop(10)
    await Promise.all([1, 2].map(() => call(shop, "stock.reserve", "keep", shop.stock.variant.id, 8)))
    expect(await shelf(shop)).toEqual({ stocked: 10, reserved: 8, raw: "8" })
    const cart = await fillCart(shop.client, shop.stock, "greedy", { quantity: 2 })
    const more = await shop.client.call({ method: "POST", path: `/store/carts/${cart.id}/line-items`, body: { variant_id: shop.stock.variant.id, quantity: 1 }, token: null })
    expect(more.body.code).toBe("STOCK_INSUFFICIENT")
    await call(shop, "stock.release", "keep", 3)
    expect(await shelf(shop)).toEqual({ stocked: 10, reserved: 5, raw: "5" })
    const { reservations } = await shop.client.ok<{ reservations: { description: string; quantity: number }[] }>({ path: "/admin/reservations" })
    expect(reservations).toMatchObject([{ description: "notes: keep", quantity: 5 }])
    expect(await code(call(shop, "stock.release", "keep", 6))).toBe("NOT_ALLOWED")
    await call(shop, "stock.release", "keep")
    await call(shop, "stock.release", "keep")
    expect(await shelf(shop)).toEqual({ stocked: 10, reserved: 0, raw: "0" })
    expect((await shop.client.ok<{ count: number }>({ path: "/admin/reservations" })).count).toBe(0)
    expect(await code(call(other, "stock.release", "keep"))).toBe("NOT_FOUND")
    expect(await code(call(other, "stock.reserve", "keep", shop.stock.variant.id, 1))).toBe("PLUGIN_CALL_INVALID")
  })

  it("are never more than there are, when plugin and carts take the last ones at once", async () => {
    const shop = await openShop(5)
    const carts = await Promise.all([1, 2, 3, 4].map((i) => fillCart(shop.client, shop.stock, `w${i}`)))
    const bought = carts.map(async ({ id }) => (await shop.client.call({ method: "POST", path: `/store/carts/${id}/complete`, body: {}, token: null })).status === 200)
    const kept = ["a", "b", "c", "d"].map(async (key) => (await code(call(shop, "stock.reserve", key, shop.stock.variant.id, 1))) === "done")
    const taken = (await Promise.all([...bought, ...kept])).filter(Boolean)
    expect(taken.length).toBe(5)
    expect((await shelf(shop)).reserved).toBe(5)
  })
})

describe("orders a plugin places", () => {
  const ship_to = { name: "王芳", phone: "13900000000", province: "云南省", city: "昆明市", district: "五华区", address: "学府路3号" }
  const delivery = { "zh-CN": "王阿姨的自提点", en: "Aunt Wang's point" }
  type Detail = { order: Record<string, number> & { id: string; status: string; payment_status: string; fulfillment_status: string; items: { id: string; quantity: number; tax_lines: { rate: number }[] }[]; summary: Record<string, number> } }
  const order = (shop: Shop, key: string, payment: PortPayment, quantity = 1, unit_price_amount = 3990) => ({ key, customer_id: shop.customer_id, lines: [{ variant_id: shop.stock.variant.id, quantity, unit_price_amount }], payment_id: payment.id, ship_to, delivery })
  const place = async (shop: Shop, ...orders: object[]) => (await call<PlacedOrder[]>(shop, "orders.place", orders))
  const detail = async (shop: Shop, id: string) => (await shop.client.ok<Detail>({ path: `/admin/orders/${id}` })).order
  const one_ = async (shop: Shop, key: string, paid = 7980, quantity = 2) => {
    const payment = await captured(shop, key, paid)
    const [placed] = await place(shop, order(shop, key, payment, quantity))
    return { payment, placed: placed as PlacedOrder }
  }

  it("cost in Medusa what the same cart costs, with its taxes, and are paid", async () => {
    const { order: bought } = await buy(one.client, one.stock, "same", { quantity: 2, token: one.token })
    const { placed } = await one_(one, "order-same")
    const [theirs, ours] = [await detail(one, bought.id), await detail(one, placed.order_id)]
    for (const figure of ["total", "subtotal", "tax_total", "item_total", "item_tax_total", "shipping_total", "original_total", "discount_total"]) expect([figure, ours[figure]]).toEqual([figure, theirs[figure]])
    expect(ours.items.map(({ quantity, tax_lines }) => [quantity, tax_lines.map(({ rate }) => rate)])).toEqual([[2, [13]]])
    expect([ours.status, ours.payment_status, ours.fulfillment_status, theirs.payment_status]).toEqual(["pending", "captured", "not_fulfilled", "authorized"])
    expect(ours.summary).toMatchObject({ paid_total: 79.8, pending_difference: 0, current_order_total: 79.8, accounting_total: 79.8 })
    expect(placed.display_id).toBe(bought.display_id + 1)
    const mine = await one.client.ok<{ order: { id: string; total: number } }>({ path: `/store/orders/${placed.order_id}`, token: one.token })
    expect(mine.order).toMatchObject({ total: 79.8 })
    expect(await call(one, "orders.find", [placed.order_id])).toMatchObject([{ id: placed.order_id, status: "pending", total_amount: 7980 }])
    expect((await other.client.call({ path: `/admin/orders/${placed.order_id}` })).status).toBe(404)
    expect(await call(other, "orders.find", [placed.order_id])).toEqual([])
  })

  it("are paid in their own account, too, where the money is taken and given back after them", async () => {
    const { id } = await begin(one, "order-first")
    const payment = await call<PortPayment>(one, "payments.authorize", id)
    const [placed] = await place(one, order(one, "order-first", payment))
    expect(await call(one, "payments.captureAll", [id])).toMatchObject([{ id, state: "authorized" }])
    expect(await call(one, "payments.capture", id)).toMatchObject({ state: "captured" })
    expect((await detail(one, placed?.order_id ?? "")).summary).toMatchObject({ paid_total: 39.9, pending_difference: 0 })
    expect(await call(one, "payments.refundAll", [{ id, amount: 90, key: "order-first-90" }])).toEqual([])
  })

  it("are sent by Medusa's own way, and taken back by it", async () => {
    const { placed } = await one_(one, "order-sent")
    const before = await shelf(one)
    const { items } = await detail(one, placed.order_id)
    const lines = [{ id: items[0]?.id ?? "", quantity: 2 }]
    const { order: packed } = await one.client.post<{ order: { fulfillments: { id: string }[] } }>(`/admin/orders/${placed.order_id}/fulfillments?fields=*fulfillments`, { items: lines })
    expect(await shelf(one)).toMatchObject({ stocked: before.stocked - 2, reserved: before.reserved - 2 })
    await one.client.post(`/admin/orders/${placed.order_id}/fulfillments/${packed.fulfillments[0]?.id ?? ""}/shipments`, { items: lines })
    const { return: made } = await one.client.post<{ return: { id: string } }>("/admin/returns", { order_id: placed.order_id, location_id: one.stock.location.id })
    await one.client.post(`/admin/returns/${made.id}/request-items`, { items: lines })
    await one.client.post(`/admin/returns/${made.id}/request`, {})
    expect(await detail(one, placed.order_id)).toMatchObject({ fulfillment_status: "shipped", total: 79.8 })
  })

  it("are cancelled with the money left alone, which the plugin gives back itself", async () => {
    const before = await shelf(one)
    const { placed, payment } = await one_(one, "order-off")
    expect(await shelf(one)).toMatchObject({ reserved: before.reserved + 2 })
    await call(one, "orders.cancel", placed.order_id, "off")
    await call(one, "orders.cancel", placed.order_id, "off")
    expect(await shelf(one)).toMatchObject({ reserved: before.reserved })
    expect(await call(one, "payments.find", payment.id)).toMatchObject({ state: "captured", refunded_amount: 0 })
    expect(await detail(one, placed.order_id)).toMatchObject({ status: "canceled", payment_status: "captured" })
    expect(await call(one, "payments.refund", payment.id, 7980, "off")).toMatchObject({ refunded_amount: 7980 })
    expect(await detail(one, placed.order_id)).toMatchObject({ status: "canceled", payment_status: "refunded" })
    expect(await code(call(other, "orders.cancel", placed.order_id, "off"))).toBe("NOT_FOUND")
  })

  it("are cancelled in the console as any other, with the money given back", async () => {
    const { placed, payment } = await one_(one, "order-console")
    await one.client.post(`/admin/orders/${placed.order_id}/cancel`, {})
    expect(await call(one, "payments.find", payment.id)).toMatchObject({ refunded_amount: 7980 })
  })

  it("say what was given back before and after they were placed", async () => {
    const payment = await captured(one, "order-cheaper", 10_000)
    await call(one, "payments.refund", payment.id, 1000, "cheaper-1")
    const [placed] = await place(one, order(one, "order-cheaper", payment, 2))
    expect((await detail(one, placed?.order_id ?? "")).summary).toMatchObject({ paid_total: 100, refunded_total: 10, pending_difference: -10.2 })
    await call(one, "payments.refund", payment.id, 1020, "cheaper-2")
    const after = await detail(one, placed?.order_id ?? "")
    expect([after.total, after.summary.pending_difference]).toEqual([79.8, 0])
  })

  it("are placed once for a key, also at once, and never for a payment that has paid or is not paid", async () => {
    const payment = await captured(one, "order-once", 7980)
    const same = await Promise.all([1, 2, 3].map(() => place(one, order(one, "order-once", payment, 2))))
    expect(new Set(same.flat().map(({ order_id }) => order_id)).size).toBe(1)
    expect(await code(place(one, order(one, "order-again", payment)))).toBe("PLUGIN_CALL_INVALID")
    expect(await code(place(one, order(one, "order-once", await captured(one, "another"))))).toBe("PLUGIN_KEY_USED")
    expect(await code(place(one, order(one, "order-unpaid", await begin(one, "order-unpaid"))))).toBe("PAYMENT_NOT_AUTHORIZED")
    expect(await code(place(one, order(one, "order-dear", await captured(one, "order-dear", 3989))))).toBe("PAYMENT_NOT_AUTHORIZED")
    expect(await code(place(other, { ...order(other, "order-once", payment), customer_id: other.customer_id }))).toBe("PLUGIN_CALL_INVALID")
  })

  it("take the pieces the plugin kept, with nobody else in between, or leave everything as it was", async () => {
    const shop = await openShop(3)
    await call(shop, "stock.reserve", "lot", shop.stock.variant.id, 3)
    const payment = await captured(shop, "lot", 11970)
    expect(await code(place(shop, order(shop, "lot", payment, 3)))).toBe("STOCK_INSUFFICIENT")
    await all(shop, [["stock.release", "lot", 3], ["orders.place", [order(shop, "lot", payment, 3)]]], true)
    expect(await shelf(shop)).toMatchObject({ stocked: 3, reserved: 3 })
    expect((await shop.client.ok<{ count: number }>({ path: "/admin/orders" })).count).toBe(1)
  })

  it("are work for the workbench at once, and one piece of it each", async () => {
    const { placed } = await one_(one, "order-parcel")
    const parcels = (await rowsOf<{ order_id: string; goods_amount: string; pieces: number; state: string }>(one.tenant.id, "parcel")).filter(({ order_id }) => order_id === placed.order_id)
    expect(parcels.map(({ goods_amount, pieces, state }) => [Number(goods_amount), pieces, state])).toEqual([[7980, 2, "new"]])
  })
})

describe("what a plugin reads and tells", () => {
  it("shows goods as the shop does, with what can be sold, and leaves other shops' out", async () => {
    const shop = await openShop(7)
    await call(shop, "stock.reserve", "some", shop.stock.variant.id, 2)
    expect(await call(shop, "catalogue.findVariants", ["variant_unknown", other.stock.variant.id, shop.stock.variant.id])).toEqual([
      { id: shop.stock.variant.id, title: { "zh-CN": "一箱", en: "一箱" }, product_id: shop.stock.product.id, product_title: { "zh-CN": "apfel 苹果", en: "apfel 苹果" }, product_handle: "apple", thumbnail: "/static/apfel.webp", sku: "APPLE-1", price_amount: 3990, currency_code: "cny", available: 5 },
    ])
    expect(await call(shop, "customers.find", [other.customer_id, shop.customer_id])).toMatchObject([{ id: shop.customer_id, name: "anna@buyer.example", email: "anna@buyer.example" }])
  })

  const news = (key: string, link?: string) => ({ key, title: { "zh-CN": "好消息", en: "Good news" }, text: { "zh-CN": "到货了", en: "It is here" }, ...(link ? { link } : {}) })

  it("tells a member and the staff once for each key, each in their shop", async () => {
    const shop = await openShop()
    await Promise.all([1, 2].map(() => call(shop, "notifications.tellCustomer", shop.customer_id, news("k", "/p/apple"))))
    await call(shop, "notifications.tellCustomer", other.customer_id, news("k"))
    const told = await shop.client.ok<{ notices: object[]; unread_count: number }>({ path: "/store/members/me/notices", token: shop.token })
    expect(told.notices).toMatchObject([{ kind: "plugin", order_id: null, order_number: null, read: false, news: { title: { en: "Good news" }, text: { "zh-CN": "到货了" }, link: "/p/apple" } }])
    expect((await other.client.ok<{ unread_count: number }>({ path: "/store/members/me/notices", token: other.token })).unread_count).toBe(0)

    await Promise.all([1, 2].map(() => call(shop, "notifications.tellStaff", news("k"))))
    const { notices, unread_count } = await shop.client.ok<{ notices: { id: string }[]; unread_count: number }>({ path: "/admin/workbench/notices" })
    expect([notices, unread_count]).toMatchObject([[{ source: "plugin:notes", title: { en: "Good news" }, read: false }], 1])
    const read = { method: "POST", path: "/admin/workbench/notices", body: { id: notices[0]?.id } }
    expect((await other.client.call(read)).status).toBe(404)
    expect(await shop.client.ok(read)).toMatchObject({ unread_count: 0, notices: [{ read: true }] })
    expect(await other.client.ok({ path: "/admin/workbench/notices" })).toEqual({ notices: [], unread_count: 0 })
  })

  it("tells many members at once what telling each would have told, each once", async () => {
    const shop = await openShop()
    const told = [{ customer_id: shop.customer_id, news: news("k") }, { customer_id: shop.customer_id, news: news("l") }, { customer_id: other.customer_id, news: news("many") }]
    await call(shop, "notifications.tellCustomer", shop.customer_id, news("k"))
    await Promise.all([1, 2].map(() => call(shop, "notifications.tellCustomers", told)))
    const notices = await rowsOf<{ customer_id: string; cause: string }>(shop.tenant.id, "notice")
    expect(notices.map(({ customer_id, cause }) => [customer_id, cause]).sort(([, a = ""], [, b = ""]) => (a < b ? -1 : 1))).toEqual(["k", "l"].map((key) => [shop.customer_id, `plugin:notes ${shop.customer_id} ${key}`]))
    expect(await rowsOf<{ cause: string }>(other.tenant.id, "notice").then((all_) => all_.filter(({ cause }) => cause.endsWith(" many")))).toEqual([])
    expect(await code(call(shop, "notifications.tellCustomers", [{ customer_id: shop.customer_id, news: news("bad", "//evil.example") }]))).toBe("PLUGIN_CALL_INVALID")
  })

  it("leads a member to no other host", async () => {
    for (const link of ["https://evil.example", "//evil.example", "/\\evil.example", "p/apple"]) expect([link, await code(call(one, "notifications.tellCustomer", one.customer_id, news("bad", link)))]).toEqual([link, "PLUGIN_CALL_INVALID"])
  })

  it("posts to the ledger once for a key, and only what balances, whoever writes it", async () => {
    const posting = (credit: number) => ({ currency_code: "cny", memo: { "zh-CN": "佣金", en: "Commission" }, entries: [{ account: "commission:1", debit_amount: 500 }, { account: "partner:1", credit_amount: credit }] })
    await Promise.all([1, 2].map(() => call(one, "ledger.post", "p", posting(500))))
    await call(other, "ledger.post", "p", posting(500))
    expect(await rowsOf(one.tenant.id, "plugin_posting")).toMatchObject([{ plugin: "notes", key: "p", posted_at: null }])
    expect(await code(call(one, "ledger.post", "q", posting(499)))).toBe("PLUGIN_CALL_INVALID")
    expect(await code(call(one, "ledger.post", "p", { ...posting(500), memo: { "zh-CN": "别的", en: "Other" } }))).toBe("PLUGIN_KEY_USED")
    const by_hand = asOwner(sharedHost().ownerUrl, `insert into plugin_posting (tenant_id, id, plugin, key, currency_code, memo, entries) values ($1, 'x', 'x', 'x', 'cny', '{}', '[{"debit_amount": 5, "credit_amount": 0}, {"debit_amount": 0, "credit_amount": 4}]')`, [one.tenant.id])
    await expect(by_hand).rejects.toThrow("plugin_posting_balanced_check")
  })

  it("posts many to the ledger, all of them or none, each once", async () => {
    const shop = await openShop()
    const posting = (key: string, amount = 500) => ({ key, currency_code: "cny", memo: { "zh-CN": "佣金", en: "Commission" }, entries: [{ account: "commission", debit_amount: amount }, { account: "partner:1", credit_amount: amount }] })
    const keys = async () => (await rowsOf<{ key: string }>(shop.tenant.id, "plugin_posting")).map(({ key }) => key).sort()
    const { key: _key, ...first } = posting("a")
    await call(shop, "ledger.post", "a", first)
    await call(other, "ledger.postAll", [posting("c", 7)])
    await Promise.all([1, 2].map(() => call(shop, "ledger.postAll", [posting("b"), posting("a")])))
    expect(await keys()).toEqual(["a", "b"])
    expect(await code(call(shop, "ledger.postAll", [posting("c"), posting("a", 501)]))).toBe("PLUGIN_KEY_USED")
    expect(await code(call(shop, "ledger.postAll", [posting("c"), posting("c")]))).toBe("PLUGIN_CALL_INVALID")
    expect(await keys()).toEqual(["a", "b"])
    await call(shop, "ledger.postAll", [])
    await call(shop, "ledger.postAll", [posting("c")])
    expect(await keys()).toEqual(["a", "b", "c"])
  })

  it("notes in the audit what stays there as it is, under its own name", async () => {
    await call(one, "audit.note", "notes.cleared", { count: 3, by: "user_1" })
    expect(await rowsOf(one.tenant.id, "audit_entry")).toMatchObject([{ actor: "plugin:notes", action: "notes.cleared", facts: { count: 3, by: "user_1" }, refused: false }])
    expect(await rowsOf(other.tenant.id, "audit_entry")).toEqual([])
    for (const change of ["update audit_entry set actor = 'nobody'", "delete from audit_entry"]) await expect(asOwner(sharedHost().ownerUrl, change)).rejects.toThrow("an audit entry is never changed")
  })

  it("tells where the clocks of the own shop stand, and of no shop nothing", async () => {
    const inCairo = await createTenant("pp")
    await asOwner(sharedHost().ownerUrl, `update tenancy.tenant set manifest = jsonb_set(manifest, '{time_zone}', '"Africa/Cairo"') where id = $1`, [inCairo.id])
    expect(await call(one, "clock.timeZone")).toBe("Asia/Shanghai")
    expect(await call({ ...one, tenant: inCairo }, "clock.timeZone")).toBe("Africa/Cairo")
    expect(await code(call({ ...one, tenant: { ...inCairo, id: "nobody" } }, "clock.timeZone"))).toBe("TENANT_UNKNOWN")
  })
})
