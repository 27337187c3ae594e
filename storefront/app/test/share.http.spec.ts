import { mkdirSync, writeFileSync } from "node:fs"
import { request as open } from "node:http"
import path from "node:path"
import { type SharedShops, ShopClient, type TestTenant, buy, createTenant, sharedShops, stockShop } from "@fangshi/testing"
import jsQR from "jsqr"
import sharp from "sharp"

let host: SharedShops
let port: string
let a: Shop
let b: Shop

type Shop = { tenant: TestTenant; client: ShopClient; goods: Awaited<ReturnType<typeof stockShop>>; origin: string }

async function newShop(word: string, stock = 100): Promise<Shop> {
  const tenant = await createTenant("shared", host)
  const client = new ShopClient(host, tenant)
  return { tenant, client, goods: await stockShop(client, word, stock), origin: `http://${tenant.host}:${port}` }
}

beforeAll(async () => {
  host = await sharedShops("demo")
  port = new URL(host.url).port
  a = await newShop("甲")
  b = await newShop("乙")
}, 120_000)

const ENGLISH = `fs_locale=${encodeURIComponent(Buffer.from('"en"').toString("base64"))}`

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; bytes: Buffer; text: string }

/** Asks as a browser does, by Host. */
const visit = ({ tenant }: Pick<Shop, "tenant">, to: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname } = new URL(host.url)
    open({ hostname, port, path: to, headers: { host: `${tenant.host}:${port}`, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks), text: Buffer.concat(chunks).toString() }))
    })
      .on("error", reject)
      .end()
  })

const unescape = (text: string) => text.replaceAll("&amp;", "&").replaceAll("&#x27;", "'")

/** What a page says of itself: by property, name, itemprop, and rel with language. */
function said({ text }: Answer): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [tag] of text.matchAll(/<(?:meta|link)\b[^>]*>/g)) {
    const of = (name: string) => unescape(new RegExp(`\\b${name}="([^"]*)"`, "i").exec(tag)?.[1] ?? "")
    const key = of("property") || of("name") || of("itemprop") || [of("rel"), of("hreflang")].filter(Boolean).join(" ")
    if (key) found[key] ??= of("content") || of("href")
  }
  return found
}

const cardOf = (shop: Shop, query = "", headers: Record<string, string> = {}) => visit(shop, `/p/apple/share-card.png${query}`, headers)

async function codeIn(png: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data
}

async function colourAt(png: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(png).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())]
}

/** A picture among the uploads of a shop. */
async function upload({ tenant }: Shop, name: string, background: string): Promise<string> {
  const folder = path.join(host.dataDir, "files", tenant.id)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, name), await sharp({ create: { width: 90, height: 60, channels: 3, background } }).png().toBuffer())
  return `/static/${tenant.id}/${name}`
}

const near = (colour: number[], wanted: number[]) => colour.every((channel, i) => Math.abs(channel - (wanted[i] ?? 0)) < 16)

describe("a page that is passed on", () => {
  it("names its title, price, picture and address, all at its own host, in both languages", async () => {
    for (const [shop, word] of [[a, "甲"], [b, "乙"]] as const) {
      const product = said(await visit(shop, "/p/apple"))
      expect(product).toMatchObject({
        "og:title": `${word} 苹果`, "name": `${word} 苹果`, "og:type": "product", "og:site_name": `店铺${shop.tenant.id}`, "product:price:amount": "39.9", "product:price:currency": "CNY", "og:url": `${shop.origin}/p/apple`,
        "og:image": `${shop.origin}/static/${encodeURIComponent(word)}.webp`, "image": `${shop.origin}/static/${encodeURIComponent(word)}.webp`, "canonical": `${shop.origin}/p/apple`,
        "alternate zh-CN": `${shop.origin}/p/apple`, "alternate en": `${shop.origin}/p/apple?locale=en`, "alternate x-default": `${shop.origin}/p/apple`,
      })
      const home = said(await visit(shop, "/", { cookie: ENGLISH }))
      expect(home).toMatchObject({ "og:title": `Shop ${shop.tenant.id} · Fresh`, "description": "Fresh", "og:locale": "en", "canonical": `${shop.origin}/?locale=en`, "alternate zh-CN": `${shop.origin}/` })
      expect(home["og:image"]).toMatch(new RegExp(`^${shop.origin}/brand/share-en\\.[0-9a-f]{10}\\.png$`))
      const picture = await visit(shop, new URL(home["og:image"] ?? "").pathname)
      expect([picture.headers["cache-control"], (await sharp(picture.bytes).metadata()).width]).toEqual(["public, max-age=31536000, immutable", 1200])
    }
  })

  it("lists of a category and pages of the shop's own have a title and an address, too; a sorted list is not a page of its own", async () => {
    const { product_category } = await a.client.post<{ product_category: { handle: string } }>("/admin/product-categories", { name: "水果", handle: "fruit", is_active: true })
    expect(said(await visit(a, `/c/${product_category.handle}?sort=title&page=2&x=1`))).toMatchObject({ "og:title": "水果", "canonical": `${a.origin}/c/fruit?page=2` })
    for (const kind of ["article", "landing"] as const) {
      await a.client.post(`/admin/storefront/pages/${kind}/story`, { title: { "zh-CN": "故事", en: "Story" }, document: { sections: [{ id: "t", type: "rich-text", settings: { body: { "zh-CN": "故事", en: "Story" } } }] } })
      await a.client.post(`/admin/storefront/pages/${kind}/story/publish`, {})
      expect(said(await visit(a, `/${kind[0]}/story`))).toMatchObject({ "og:title": "故事", "canonical": `${a.origin}/${kind[0]}/story` })
    }
  })

  it("opens in the language of its address and stays in it; a language the shop has not changes nothing", async () => {
    const english = await visit(a, "/p/apple?locale=en")
    expect(english.text).toContain('<html lang="en"')
    expect(String(english.headers["set-cookie"])).toMatch(/^fs_locale=[^;]+; Max-Age=31536000; Path=\/; HttpOnly/)
    expect((await visit(a, "/", { cookie: String(english.headers["set-cookie"]).split(";")[0] ?? "" })).text).toContain('<html lang="en"')
    const back = await visit(a, "/?locale=zh-CN", { cookie: `${ENGLISH}; other=1` })
    expect(back.text).toContain('<html lang="zh-CN"')
    const plain = await visit(a, "/?locale=fr")
    expect([plain.text.includes('<html lang="zh-CN"'), plain.headers["set-cookie"]]).toEqual([true, undefined])
    expect((await visit(a, "/p/apple", {})).text).toContain('<html lang="zh-CN"')
  })
})

describe("the card of a product", () => {
  it("leads by its code to the product at the shop's own host, in the language it is written in", async () => {
    for (const shop of [a, b]) {
      const card = await cardOf(shop)
      expect([card.status, card.headers["content-type"]]).toEqual([200, "image/png"])
      expect(await sharp(card.bytes).metadata()).toMatchObject({ format: "png", width: 750, height: 1170 })
      expect(await codeIn(card.bytes)).toBe(`${shop.origin}/p/apple`)
      expect(await codeIn((await cardOf(shop, "?locale=en")).bytes)).toBe(`${shop.origin}/p/apple?locale=en`)
      expect(await codeIn((await cardOf(shop, "", { cookie: ENGLISH })).bytes)).toBe(`${shop.origin}/p/apple?locale=en`)
    }
  })

  it("shows the shop's own picture; of a neighbour's, and of one elsewhere, nothing is fetched", async () => {
    const [own, foreign] = [await upload(a, "blue.png", "#1133cc"), await upload(b, "green.png", "#11cc33")]
    const withPicture = async (thumbnail: string) => {
      await a.client.post(`/admin/products/${a.goods.product.id}`, { thumbnail })
      return colourAt((await cardOf(a)).bytes, 20, 20)
    }
    expect(near(await withPicture(own), [0x11, 0x33, 0xcc])).toBe(true)
    for (const thumbnail of ["http://[", foreign, `http://127.0.0.1:${port}${own}`, `${b.origin}${foreign}`]) expect(near(await withPicture(thumbnail), [0xb3, 0x26, 0x1e])).toBe(true)
  })

  it("is known by what it shows: whoever has it gets 304, and another one as soon as the price is another", async () => {
    const first = await cardOf(b)
    const etag = String(first.headers.etag)
    expect([(await cardOf(b, "", { "if-none-match": etag })).status, (await cardOf(b, "?locale=en", { "if-none-match": etag })).status]).toEqual([304, 200])
    await b.client.post(`/admin/products/${b.goods.product.id}/variants/${b.goods.variant.id}`, { prices: [{ amount: 12.5, currency_code: "cny" }] })
    const second = await cardOf(b, "", { "if-none-match": etag })
    expect([second.status, second.headers.etag === etag, second.bytes.equals(first.bytes)]).toEqual([200, false, false])
    expect(said(await visit(b, "/p/apple"))["product:price:amount"]).toBe("12.5")
  })

  it("is not there for a product of another shop, one nobody knows, and one that is sold out", async () => {
    await b.client.post(`/admin/products/${b.goods.product.id}`, { handle: "only-here" })
    expect([(await visit(a, "/p/only-here/share-card.png")).status, (await visit(b, "/p/only-here/share-card.png")).status]).toEqual([404, 200])
    expect([(await visit(a, "/p/only-here/share")).status, (await visit(b, "/p/only-here/share")).status]).toEqual([404, 200])
    const last = await newShop("丙", 1)
    expect((await cardOf(last)).status).toBe(200)
    await buy(last.client, last.goods, "last")
    expect((await cardOf(last)).status).toBe(404)
    const page = await visit(last, "/p/apple/share")
    expect([page.status, page.text.includes("share-card.png"), page.text.includes(`value="${last.origin}/p/apple"`)]).toEqual([200, false, true])
  })

  it("has a page that needs no script: the picture to press and the address to copy", async () => {
    const { text } = await visit(a, "/p/apple/share")
    expect(text).toContain('src="/p/apple/share-card.png?locale=zh-CN"')
    expect(text).toContain(`value="${a.origin}/p/apple"`)
    expect((await visit(a, "/p/apple")).text).toContain('href="/p/apple/share"')
  })

  it("that twenty ask for at once is the same for all", async () => {
    const { client, goods } = a
    await client.post(`/admin/products/${goods.product.id}`, { title: "二十人同看" })
    const cards = await Promise.all(Array.from({ length: 20 }, () => cardOf(a)))
    expect(new Set(cards.map(({ status, headers, bytes }) => `${status} ${String(headers.etag)} ${bytes.length}`)).size).toBe(1)
    expect(cards[0]?.status).toBe(200)
  })
})
