import type { CatalogueList } from "@fangshi/contracts"
import { ShopClient, control, createTenant, sharedHost, stockShop } from "@fangshi/testing"

const host = sharedHost()
type Made = { product: { id: string; handle: string } }

/** A shop with apples in stock at 39.90 and whatever else is asked for. */
async function newShop() {
  const client = new ShopClient(host, await createTenant("list"))
  const shop = await stockShop(client, "红", 5)
  const names = new Map([[shop.product.id, "apple"]])
  const add = async (handle: string, { fen, stock = null, former, origin, title = handle, status = "published", channel = true }: { fen: number; stock?: number | null; former?: number; origin?: string; title?: string; status?: string; channel?: boolean }) => {
    const sku = handle.toUpperCase()
    const { product } = await client.post<Made>("/admin/products", {
      title, handle, status, shipping_profile_id: shop.profile.id, options: [{ title: "规格", values: ["一份"] }], ...(origin ? { origin_country: origin } : {}),
      variants: [{ title: "一份", sku, options: { 规格: "一份" }, manage_inventory: stock !== null, prices: [{ amount: fen / 100, currency_code: "cny" }], metadata: former ? { original_price_amount: former } : {} }],
      sales_channels: channel ? [{ id: shop.channel.id }] : [],
    })
    names.set(product.id, handle)
    if (!stock) return product
    const { inventory_items } = await client.ok<{ inventory_items: { id: string }[] }>({ path: `/admin/inventory-items?sku=${sku}` })
    await client.post(`/admin/inventory-items/${inventory_items[0]?.id ?? ""}/location-levels`, { location_id: shop.location.id, stocked_quantity: stock })
    return product
  }
  const list = async (query = "", headers: Record<string, string> = {}) => {
    const found = await client.ok<CatalogueList>({ path: `/store/catalogue?${query}`, headers })
    return { handles: found.product_ids.map((id) => names.get(id) ?? id), ...found }
  }
  return { client, shop, add, list }
}

describe("a list of products", () => {
  it("is filtered by stock, former price, origin and price, and counts for each filter what it would leave beside the others", async () => {
    const { add, list } = await newShop()
    await add("pear", { fen: 1_000, stock: 0, origin: "NZ" })
    await add("tea", { fen: 2_000, former: 3_000, origin: "cn" })
    await add("wine", { fen: 30_000, former: 30_000, stock: 2, origin: "nz" })
    const whole = await list()
    expect(whole).toMatchObject({ count: 4, handles: ["apple", "pear", "tea", "wine"], facets: { in_stock: 3, reduced: 1, origins: [{ code: "nz", count: 2 }, { code: "cn", count: 1 }], price: { least: 1_000, most: 30_000 } } })
    expect((await list("in_stock=true")).handles).toEqual(["apple", "tea", "wine"])
    expect((await list("reduced=true")).handles).toEqual(["tea"])
    expect(await list("origin=nz&in_stock=true")).toMatchObject({ handles: ["wine"], count: 1, facets: { in_stock: 1, reduced: 0, origins: [{ code: "cn", count: 1 }, { code: "nz", count: 1 }], price: { least: 30_000, most: 30_000 } } })
    expect((await list("origin=nz&origin=cn")).handles).toEqual(["pear", "tea", "wine"])
    expect(await list("price_min=2000&price_max=3990")).toMatchObject({ handles: ["apple", "tea"], facets: { price: { least: 1_000, most: 30_000 } } })
  })

  it("is sorted by price, by day and by name, page by page without a gap", async () => {
    const { add, list } = await newShop()
    await add("pear", { fen: 5_000, title: "阿 pear" })
    await add("tea", { fen: 1_000, title: "乙 tea" })
    expect((await list("sort=cheapest")).handles).toEqual(["tea", "apple", "pear"])
    expect((await list("sort=dearest")).handles).toEqual(["pear", "apple", "tea"])
    expect((await list("sort=newest")).handles).toEqual(["tea", "pear", "apple"])
    expect((await list("sort=cheapest&limit=2")).handles).toEqual(["tea", "apple"])
    expect(await list("sort=cheapest&limit=2&offset=2")).toMatchObject({ handles: ["pear"], count: 3 })
    expect(await list("limit=2&offset=10")).toMatchObject({ handles: [], count: 3 })
  })

  it("shows the price of a price list while it runs for everybody, and not before", async () => {
    const { client, shop, list } = await newShop()
    const day = 86_400_000
    const variant = shop.variant.id
    await client.post("/admin/price-lists", { title: "周末", description: "周末", type: "sale", status: "active", starts_at: new Date(Date.now() + day).toISOString(), prices: [{ amount: 9.9, currency_code: "cny", variant_id: variant }] })
    expect((await list()).facets.price).toEqual({ least: 3_990, most: 3_990 })
    await control({ op: "pass-time", id: client.tenant.id, ms: 2 * day })
    expect((await list()).facets.price).toEqual({ least: 990, most: 990 })
  })

  it("finds a word in a title, in its English one, and a number of goods; a sign of the pattern language is a sign", async () => {
    const { client, add, list } = await newShop()
    const tea = await add("tea", { fen: 100, title: "100% 山里茶" })
    await client.post("/admin/translations/batch", { create: [{ reference: "product", reference_id: tea.id, locale_code: "en-US", translations: { title: "Mountain tea" } }] })
    for (const q of ["山里", "mountain", "TEA", "%"]) expect([q, (await list(`q=${encodeURIComponent(q)}`)).handles]).toEqual([q, ["tea"]])
    expect((await list("q=_")).handles).toEqual([])
  })

  it("has no draft, nothing from another sales channel, and nothing of another shop", async () => {
    const [a, b] = [await newShop(), await newShop()]
    await a.add("draft", { fen: 100, status: "draft" })
    await a.add("wholesale", { fen: 100, channel: false })
    const { product_categories } = await b.client.ok<{ product_categories: { id: string }[] }>({ path: "/admin/product-categories" })
    const { product_category } = await b.client.post<{ product_category: { id: string } }>("/admin/product-categories", { name: "水果", is_active: true })
    await b.client.post(`/admin/products/${b.shop.product.id}`, { categories: [{ id: product_category.id }] })
    expect(product_categories).toEqual([])
    expect((await a.list()).handles).toEqual(["apple"])
    expect((await b.list(`category_id=${product_category.id}`)).handles).toEqual(["apple"])
    expect(await a.list(`category_id=${product_category.id}`)).toMatchObject({ handles: [], count: 0, facets: { origins: [], price: null } })
  })

  it.each(["sort=fastest", "origin=nzl", "price_min=-1", "price_max=1.5", "limit=1000", "in_stock=1"])("refuses %s with the field named", async (query) => {
    const { client } = await newShop()
    const { status, body } = await client.call({ path: `/store/catalogue?${query}` })
    expect([status, body.code]).toEqual([400, "REQUEST_INVALID"])
    expect(JSON.stringify(body)).toContain(query.split("=")[0])
  })
})
