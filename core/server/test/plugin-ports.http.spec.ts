import { type TestTenant, ShopClient, control, createTenant, registerCustomer, rowsOf, sharedHost, stockShop } from "@fangshi/testing"
import type { PortPayment } from "@fangshi/contracts"

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

describe("a plugin's payment", () => {
  const wanted = (shop: Shop, key: string, amount = 3990) => ({ key, amount, currency_code: "cny", customer_id: shop.customer_id })
  const begin = (shop: Shop, key: string, amount?: number) => call<PortPayment>(shop, "payments.begin", wanted(shop, key, amount))
  const captured = async (shop: Shop, key: string) => {
    const { id } = await begin(shop, key)
    await call(shop, "payments.authorize", id)
    return call<PortPayment>(shop, "payments.capture", id)
  }

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
    expect(outcomes.sort()).toEqual(["REFUND_TOO_LARGE", "done", "done"])
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
