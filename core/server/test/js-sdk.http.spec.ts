import dns from "node:dns"
import { readFileSync } from "node:fs"
import path from "node:path"
import { seedCatalogue, tenantManifest } from "@fangshi/contracts"
import { type HostProcess, type TestDatabase, address, asOwner, cloneDatabase, startHostProcess } from "@fangshi/testing"
import Medusa from "@medusajs/js-sdk"
import type { HttpTypes } from "@medusajs/framework/types"
import { parse } from "yaml"

const TENANTS = ["community", "village", "ktv", "auto", "bonded"]
const QUANTITY = 2
const PASSWORD = "a-long-password"

let database: TestDatabase
let host: HostProcess
let keys: Map<string, string>

beforeAll(async () => {
  resolveLocalhost()
  database = await cloneDatabase("demoTemplate")
  host = await startHostProcess(database, { FANGSHI_DATA: path.join(process.env.FANGSHI_TEST_DATA ?? "", "demo") })
  const rows = await asOwner<{ tenant_id: string; token: string }>(database.ownerUrl, "select tenant_id, token from public.api_key where type = 'publishable' and revoked_at is null")
  keys = new Map(rows.map((row) => [row.tenant_id, row.token]))
}, 120_000)
afterAll(async () => {
  jest.restoreAllMocks()
  await host?.kill()
  await database?.drop()
})

/** Browsers know that *.localhost is this machine; the resolver under Node's fetch need not. The Host header stays the shop's own. */
function resolveLocalhost() {
  const lookup = dns.lookup as (...args: unknown[]) => unknown
  const local = (name: string, options: { all?: boolean } | number, done: (...args: unknown[]) => void) => {
    if (!name.endsWith(".localhost")) return lookup(name, options, done)
    if (typeof options === "object" && options.all) return done(null, [{ address: "127.0.0.1", family: 4 }])
    return done(null, "127.0.0.1", 4)
  }
  jest.spyOn(dns, "lookup").mockImplementation(local as never)
}

/** The client as its manual sets it up: the shop's own address, its publishable key, nothing else. */
const clientOf = (tenant: string, headers: Record<string, string> = {}) =>
  new Medusa({ baseUrl: `http://${tenant}.localhost:${new URL(host.url).port}`, publishableKey: keys.get(tenant) ?? "", globalHeaders: headers, auth: { type: "jwt", jwtTokenStorageMethod: "memory" } })

const read = (tenant: string, file: string): unknown => parse(readFileSync(path.join(__dirname, "../../../tenants", tenant, file), "utf8"))
const manifestOf = (tenant: string) => tenantManifest.parse(read(tenant, "tenant.yaml"))
const catalogueOf = (tenant: string) => seedCatalogue.parse(read(tenant, manifestOf(tenant).catalogue ?? ""))
const fen = (amount: number | null | undefined) => Math.round(Number(amount) * 100)

async function register(sdk: Medusa, email: string): Promise<void> {
  await sdk.auth.register("customer", "emailpass", { email, password: PASSWORD })
  await sdk.store.customer.create({ email, first_name: "小满", last_name: "张" })
  await sdk.auth.login("customer", "emailpass", { email, password: PASSWORD })
}

const CHINESE = /\p{Script=Han}/u

/** Titles by SKU as the seed has them in English. */
const englishTitles = (tenant: string) =>
  new Map(catalogueOf(tenant).products.flatMap(({ options, variants }) =>
    variants.map(({ sku, values }) => [sku, values.map((value, i) => (options[i]?.english ?? options[i]?.values)?.[options[i]?.values.indexOf(value) ?? -1]).join(" / ")] as const),
  ))

type Ware = { handle: string; variant: HttpTypes.StoreProductVariant; price: number; stock: number }

const FIELDS = "*variants.calculated_price,+variants.inventory_quantity,+variants.manage_inventory"

async function wares(sdk: Medusa, region: string): Promise<Ware[]> {
  const { products } = await sdk.store.product.list({ region_id: region, fields: FIELDS, limit: 100 })
  return products.flatMap((product) =>
    (product.variants ?? []).map((variant) => ({ handle: product.handle, variant, price: fen(variant.calculated_price?.calculated_amount), stock: variant.manage_inventory ? (variant.inventory_quantity ?? 0) : 0 })),
  )
}

/** A whole purchase, step by step as the client's manual has it. */
async function buy(sdk: Medusa, region: string, ware: Ware): Promise<{ order: HttpTypes.StoreOrder; shipping: number }> {
  const { cart } = await sdk.store.cart.create({ region_id: region })
  await sdk.store.cart.createLineItem(cart.id, { variant_id: ware.variant.id, quantity: QUANTITY })
  await sdk.store.cart.update(cart.id, { shipping_address: address("小满"), billing_address: address("小满") })
  const { shipping_options } = await sdk.store.fulfillment.listCartOptions({ cart_id: cart.id })
  const option = [...shipping_options].sort((a, b) => b.amount - a.amount)[0]
  if (!option) throw new Error("nothing ships")
  const { cart: shipped } = await sdk.store.cart.addShippingMethod(cart.id, { option_id: option.id })
  await sdk.store.payment.initiatePaymentSession(shipped, { provider_id: "pp_system_default" })
  const completed = await sdk.store.cart.complete(cart.id)
  if (completed.type !== "order") throw new Error(JSON.stringify(completed.error))
  return { order: completed.order, shipping: fen(option.amount) }
}

describe.each(TENANTS)("the official client, pointed at %s", (tenant) => {
  const next = TENANTS[(TENANTS.indexOf(tenant) + 1) % TENANTS.length] ?? ""

  it("registers a customer and buys: the order is in the customer's own list with the right totals, and the stock went down by it", async () => {
    const sdk = clientOf(tenant)
    const email = `buyer@${tenant}.example`
    await register(sdk, email)
    const { regions } = await sdk.store.region.list()
    const region = regions[0]?.id ?? ""
    expect(regions.map((each) => each.currency_code)).toEqual(["cny"])
    const all = await wares(sdk, region)
    expect(all.filter((ware) => !(ware.price > 0)).map((ware) => ware.handle)).toEqual([])
    const ware = all.find((each) => each.stock >= QUANTITY)
    if (!ware) throw new Error(`${tenant} has nothing in stock`)

    const { order, shipping } = await buy(sdk, region, ware)

    const goods = ware.price * QUANTITY
    const total = goods + shipping
    const { orders, count } = await sdk.store.order.list({ fields: "+email,+item_total,+shipping_total,+tax_total,*items" })
    expect(count).toBe(1)
    const listed = orders[0]
    expect(listed).toMatchObject({ id: order.id, email, currency_code: "cny" })
    expect(listed?.items?.map((item) => [item.variant_id, item.quantity, fen(item.unit_price)])).toEqual([[ware.variant.id, QUANTITY, ware.price]])
    expect({ goods: fen(listed?.item_total), shipping: fen(listed?.shipping_total), total: fen(listed?.total) }).toEqual({ goods, shipping, total })
    // Prices include the tax, so it is a part of the total and not added to it.
    const rate = manifestOf(tenant).tax.rate_percent
    expect(Math.abs(fen(listed?.tax_total) - (total * rate) / (100 + rate))).toBeLessThanOrEqual(1)
    const after = (await wares(sdk, region)).find((each) => each.variant.id === ware.variant.id)
    expect(after?.stock).toBe(ware.stock - QUANTITY)
  })

  it("answers in English with English values and variants, in the list of products and in a cart", async () => {
    const sdk = clientOf(tenant, { "x-medusa-locale": "en-US" })
    const fields = "*options,*options.values,*variants,*variants.options,+variants.inventory_quantity,+variants.manage_inventory"
    const { products, count } = await sdk.store.product.list({ fields, limit: 200 })
    expect(products).toHaveLength(count)
    const variants = products.flatMap((product) => product.variants ?? [])
    const values = [...products.flatMap((product) => product.options ?? []).flatMap((option) => option.values ?? []), ...variants.flatMap((variant) => variant.options ?? [])].map(({ value }) => value)
    expect(values.length).toBeGreaterThan(2 * count)
    expect(values.filter((value) => CHINESE.test(value))).toEqual([])
    expect(new Map(variants.map((variant) => [variant.sku, variant.title]))).toEqual(englishTitles(tenant))

    const chinese = (await clientOf(tenant).store.product.list({ fields: "*variants", limit: 200 })).products.flatMap((product) => product.variants ?? [])
    const named = new Set(chinese.filter(({ title }) => CHINESE.test(title ?? "")).map(({ id }) => id))
    const variant = variants.find(({ id, inventory_quantity, manage_inventory }) => named.has(id) && (!manage_inventory || (inventory_quantity ?? 0) > 0))
    // A cart goes by its own locale, not by the header: the language may change while it lasts.
    const region_id = (await sdk.store.region.list()).regions[0]?.id ?? ""
    for (const locale of ["en-US", "zh-CN"]) {
      const { cart } = await sdk.store.cart.create({ region_id, locale })
      await sdk.store.cart.createLineItem(cart.id, { variant_id: variant?.id ?? "", quantity: 1 })
      const { cart: english } = await sdk.store.cart.update(cart.id, { locale: "en-US" })
      expect(english.items?.map((item) => item.variant_title)).toEqual([variant?.title])
    }
  })

  it(`gives a token that ${next} refuses`, async () => {
    const sdk = clientOf(tenant)
    await register(sdk, `traveller@${tenant}.example`)
    await expect(sdk.store.customer.retrieve()).resolves.toMatchObject({ customer: { email: `traveller@${tenant}.example` } })
    const neighbour = clientOf(next)
    await neighbour.client.setToken((await sdk.client.getToken()) ?? "")
    await expect(neighbour.store.customer.retrieve()).rejects.toMatchObject({ status: 401 })
    await expect(neighbour.store.order.list()).rejects.toMatchObject({ status: 401 })
  })

  it(`is refused with the publishable key of ${next}`, async () => {
    const sdk = new Medusa({ baseUrl: `http://${tenant}.localhost:${new URL(host.url).port}`, publishableKey: keys.get(next) ?? "" })
    expect(keys.get(next)).toMatch(/^pk_/)
    await expect(sdk.store.product.list()).rejects.toMatchObject({ status: 400 })
    await expect(clientOf(tenant).store.product.list({ limit: 1 })).resolves.toMatchObject({ limit: 1 })
  })
})
