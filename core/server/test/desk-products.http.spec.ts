import type { EditedProduct } from "@fangshi/contracts"
import { type Answer, ShopClient, asOwner, createTenant, rowsOf, sharedHost, stockShop } from "@fangshi/testing"
import sharp from "sharp"

type Id = { id: string }
type Tile = Id & { title: string; thumbnail: string | null; variants: { calculated_price: { calculated_amount: number }; inventory_quantity: number }[] }

const host = sharedHost()
const W = "/admin/workbench"
let keys = 0
const newKey = () => (0xabc0000000000000n + BigInt(keys++)).toString(16)
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)

async function newShop(): Promise<ShopClient> {
  const client = new ShopClient(host, await createTenant("goods"))
  await stockShop(client, "果园")
  return client
}

/** The owner of a merchant within the shop. */
async function newMerchant(client: ShopClient, handle: string): Promise<string> {
  const { merchant } = await client.post<{ merchant: Id }>(`${W}/merchants`, { name: handle, handle })
  const { invitation } = await client.post<{ invitation: { token: string } }>(`${W}/invitations`, { role: "owner", merchant_id: merchant.id })
  const email = `${handle}@goods.example`
  await client.post("/store/staff-invitations", { token: invitation.token, name: handle, email, password: "a-long-password" })
  return (await client.post<{ token: string }>("/auth/user/emailpass", { email, password: "a-long-password" })).token
}

const post = (client: ShopClient, path: string, body: unknown, token?: string) => client.call({ method: "POST", path: `${W}/${path}`, body, ...(token ? { token } : {}) })
const fresh = (more: object = {}) => ({ key: newKey(), title: "沃柑 5 斤", title_en: "Mandarins, 2.5 kg", description: "现摘现发", description_en: "Picked today", category_id: null, price_amount: 2_990, stock: 12, ...more })
const add = async (client: ShopClient, more: object = {}, token?: string): Promise<string> => ((await post(client, "products", fresh(more), token)).body.product as unknown as Id).id
const read = async (client: ShopClient, id: string) => (await client.ok<{ product: EditedProduct }>({ path: `${W}/products/${id}` })).product
const change = async (client: ShopClient, id: string, more: object, token?: string) => {
  const { id: _id, handle: _handle, merchant_id: _merchant, pictures, ...as } = await read(client, id)
  return post(client, `products/${id}`, { ...as, picture_ids: pictures.map((picture) => picture.id), ...more }, token)
}
const photo = (background: string) => sharp({ create: { width: 60, height: 40, channels: 3, background } }).jpeg().toBuffer()

async function send(client: ShopClient, id: string, bytes: Buffer, token = client.tenant.adminToken): Promise<Answer> {
  const response = await fetch(`${host.url}${W}/products/${id}/pictures`, { method: "POST", body: new Uint8Array(bytes), headers: { "x-tenant": client.tenant.id, "authorization": `Bearer ${token}`, "content-type": "application/octet-stream" } })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Answer["body"] }
}

async function onSale(client: ShopClient, title: string, locale?: string): Promise<Tile | undefined> {
  const { regions: [region] } = await client.ok<{ regions: Id[] }>({ path: "/store/regions", token: null })
  const { products } = await client.ok<{ products: Tile[] }>({ path: `/store/products?region_id=${region?.id ?? ""}&fields=id,title,thumbnail,*variants,*variants.calculated_price,%2Bvariants.inventory_quantity&limit=50${locale ? `&locale=${locale}` : ""}`, token: null })
  return products.find((product) => product.title === title)
}

describe("a product from the workbench", () => {
  it("is unseen until it is published, then sold at its price in both languages, and unseen again once it is taken off", async () => {
    const client = await newShop()
    const id = await add(client)
    expect(await read(client, id)).toMatchObject({ title: "沃柑 5 斤", title_en: "Mandarins, 2.5 kg", status: "draft", pictures: [], category_id: null })
    expect(await onSale(client, "沃柑 5 斤")).toBeUndefined()
    expect(told(await change(client, id, { status: "published" }))).toBe("200")
    expect(await onSale(client, "沃柑 5 斤")).toMatchObject({ id, variants: [{ calculated_price: { calculated_amount: 29.9 }, inventory_quantity: 12 }] })
    expect(await onSale(client, "Mandarins, 2.5 kg", "en-US")).toMatchObject({ id })
    expect(told(await change(client, id, { status: "draft" }))).toBe("200")
    expect(await onSale(client, "沃柑 5 斤")).toBeUndefined()
  })

  it("is one product however often the form is sent, also at once", async () => {
    const client = await newShop()
    const body = fresh()
    const answers = await Promise.all([post(client, "products", body), post(client, "products", body), post(client, "products", body)])
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect((await rowsOf<{ handle: string }>(client.tenant.id, "product")).filter(({ handle }) => handle === `p-${body.key}`)).toHaveLength(1)
  })

  it("has the pictures it was given in the order that is asked for, the first as its cover; a strange one changes nothing", async () => {
    const client = await newShop()
    const id = await add(client)
    const sent = await Promise.all(["#c00", "#0c0", "#00c"].map(async (colour) => (await send(client, id, await photo(colour))).body.picture as unknown as { id: string; url: string }))
    const { pictures } = await read(client, id)
    expect(new Set(pictures.map((picture) => picture.id))).toEqual(new Set(sent.map((picture) => picture.id)))
    const [a, b, c] = pictures
    expect(told(await change(client, id, { status: "published", picture_ids: [c?.id, a?.id] }))).toBe("200")
    expect((await read(client, id)).pictures).toEqual([c, a])
    expect((await onSale(client, "沃柑 5 斤"))?.thumbnail).toBe(c?.url)
    for (const picture_ids of [[b?.id], [a?.id, a?.id], ["img_other"]]) expect(told(await change(client, id, { title: "别的", picture_ids }))).toBe("400 REQUEST_INVALID")
    expect((await read(client, id)).title).toBe("沃柑 5 斤")

    // Orders show what was bought as it looked.
    expect((await fetch(`${host.url}${b?.url ?? ""}`, { headers: { "x-tenant": client.tenant.id } })).status).toBe(200)
    expect(told(await change(client, id, { picture_ids: [] }))).toBe("200")
    expect((await onSale(client, "沃柑 5 斤"))?.thumbnail).toBeNull()
  })

  it("takes nine pictures and nothing that is none; a file that is refused is not kept", async () => {
    const client = await newShop()
    const id = await add(client)
    expect(told(await send(client, id, Buffer.from("<svg/>")))).toBe("422 PICTURE_INVALID")
    const bytes = await photo("#fc0")
    for (let n = 0; n < 9; n++) expect(told(await send(client, id, bytes))).toBe("200")
    expect(told(await send(client, id, bytes))).toBe("422 PRODUCT_PICTURES_FULL")
    expect(told(await send(client, "prod_none", bytes))).toBe("404 NOT_FOUND")
    expect((await read(client, id)).pictures).toHaveLength(9)
  })

  it("keeps what the console said of it: further categories, and English it does not show", async () => {
    const client = await newShop()
    const [one, two] = await Promise.all(["水果", "礼盒"].map(async (name) => (await client.post<{ product_category: Id }>("/admin/product-categories", { name, is_active: true })).product_category.id))
    const id = await add(client, { category_id: one })
    await client.post(`/admin/product-categories/${two ?? ""}/products`, { add: [id] })
    await asOwner(host.ownerUrl, `update translation set translations = translations || '{"subtitle":"Sweet"}' where reference_id = $1`, [id])
    await change(client, id, { title_en: "", description_en: "Fresh" })
    expect((await rowsOf<{ reference_id: string; translations: object }>(client.tenant.id, "translation")).find(({ reference_id }) => reference_id === id)?.translations).toEqual({ title: "", description: "Fresh", subtitle: "Sweet" })
    expect((await client.ok<{ product: { categories: Id[] } }>({ path: `/admin/products/${id}?fields=id,*categories` })).product.categories.map((each) => each.id)).toEqual(expect.arrayContaining([one, two]))
    expect(await read(client, id)).toMatchObject({ title_en: "", description_en: "Fresh" })
    expect((await client.ok<{ categories: { name: string }[] }>({ path: `${W}/categories` })).categories.map(({ name }) => name)).toEqual(expect.arrayContaining(["水果", "礼盒"]))
    expect(told(await post(client, "products", fresh({ category_id: "pcat_none" })))).toBe("400 REQUEST_INVALID")
  })

  it.each([["title", { title: " " }], ["price_amount", { price_amount: 0 }], ["stock", { stock: -1 }], ["key", { key: "x" }], ["price_amount", { price_amount: 1.5 }]])("with a wrong %s is refused with the field named", async (field, more) => {
    const client = await newShop()
    const answer = await post(client, "products", fresh(more))
    expect([told(answer), JSON.stringify(answer.body.text)]).toEqual(["400 REQUEST_INVALID", expect.stringContaining(field)])
  })
})

describe("whose product it is", () => {
  it("a merchant adds their own, which neither another merchant nor another shop nor a clerk can read, change or show", async () => {
    const [client, other] = [await newShop(), await newShop()]
    const [mine, theirs] = [await newMerchant(client, "orchard"), await newMerchant(client, "bakery")]
    const id = await add(client, {}, mine)
    expect((await client.call({ path: `${W}/products/${id}`, token: mine })).status).toBe(200)
    expect(told(await change(client, id, { status: "published" }, mine))).toBe("200")
    const { invitation } = await client.post<{ invitation: { token: string } }>(`${W}/invitations`, { role: "clerk", merchant_id: null })
    await client.post("/store/staff-invitations", { token: invitation.token, name: "小李", email: "clerk@goods.example", password: "a-long-password" })
    const { token: clerk } = await client.post<{ token: string }>("/auth/user/emailpass", { email: "clerk@goods.example", password: "a-long-password" })
    for (const [token, answer] of [[theirs, "404 NOT_FOUND"], [clerk, "403 FORBIDDEN"]] as const) {
      expect(told(await client.call({ path: `${W}/products/${id}`, token }))).toBe(answer)
      expect(told(await change(client, id, { title: "抢来的" }, token))).toBe(answer)
      expect(told(await send(client, id, await photo("#000"), token))).toBe(answer)
    }
    expect(told(await other.call({ path: `${W}/products/${id}` }))).toBe("404 NOT_FOUND")
    expect(told(await change(client, id, { merchant_id: null }, mine))).toBe("403 FORBIDDEN")
    expect(told(await send(other, id, await photo("#000")))).toBe("404 NOT_FOUND")
    expect(await read(client, id)).toMatchObject({ title: "沃柑 5 斤", pictures: [] })
  })

  it("the shop's owner gives it to a merchant, to another one, and back to the shop", async () => {
    const client = await newShop()
    const tokens = { orchard: await newMerchant(client, "orchard"), bakery: await newMerchant(client, "bakery") }
    const { merchants } = await client.ok<{ merchants: { id: string; handle: string }[] }>({ path: `${W}/merchants` })
    const id = await add(client)
    for (const handle of ["orchard", "bakery", null]) {
      const merchant_id = merchants.find((each) => each.handle === handle)?.id ?? null
      expect(told(await change(client, id, { merchant_id }))).toBe("200")
      expect((await read(client, id)).merchant_id).toBe(merchant_id)
      for (const [name, token] of Object.entries(tokens)) expect((await client.call({ path: `${W}/products/${id}`, token })).status).toBe(name === handle ? 200 : 404)
    }
    expect(told(await change(client, id, { merchant_id: "merch_none" }))).toBe("404 NOT_FOUND")
  })
})
