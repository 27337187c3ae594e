import { type ExportedPage, type PageDocument } from "@fangshi/contracts"
import { ShopClient, createTenant, sharedHost } from "@fangshi/testing"

type Page = { version: number; number: number | null; draft: PageDocument | null; published: PageDocument | null; preview_token: string | null }
type Shown = { sections: { id: string; type: string; settings: Record<string, unknown> }[] }

const host = sharedHost()
const HOME = "/admin/storefront/pages/home/default"
const text = (word: string) => ({ "zh-CN": word, en: word })
const notice = (word: string, link = "") => ({ id: "n", type: "notice", settings: { text: text(word), link } })
const page = (...sections: unknown[]) => ({ document: { sections } })

const newShop = async () => new ShopClient(host, await createTenant("pages"))
const save = async (shop: ShopClient, body: unknown, at = HOME) => (await shop.post<{ page: Page }>(at, body)).page
const publish = async (shop: ShopClient, at = HOME, body: unknown = {}) => (await shop.post<{ page: Page }>(`${at}/publish`, body)).page
const shown = async (shop: ShopClient, path = "/store/pages/home/default") => (await shop.ok<{ page: Shown }>({ path })).page.sections
const types = async (shop: ShopClient, path?: string) => (await shown(shop, path)).map(({ type }) => type)
const refused = async (shop: ShopClient, call: Parameters<ShopClient["call"]>[0]) => {
  const { status, body } = await shop.call(call)
  return { status, code: body.code as unknown, params: body.params as unknown, text: body.text as unknown }
}

describe("a page", () => {
  it("is the theme's own until the shop publishes one, then the shop's, and the theme's again once it is removed", async () => {
    const shop = await newShop()
    expect(await types(shop)).toEqual(["hero", "category-grid", "product-grid", "category-rows"])
    await save(shop, page(notice("开业")))
    expect(await types(shop)).toContain("hero")
    expect(await publish(shop)).toMatchObject({ number: 1, draft: null })
    expect(await types(shop)).toEqual(["notice"])
    await shop.ok({ method: "DELETE", path: HOME })
    expect(await types(shop)).toContain("hero")
  })

  it("shows its draft to whoever has the link, and to nobody with another token or after the publication", async () => {
    const shop = await newShop()
    const { preview_token } = await save(shop, page(notice("草稿")))
    const preview = `/store/pages/home/default?preview=${preview_token ?? ""}`
    expect(await types(shop, preview)).toEqual(["notice"])
    expect(await types(shop)).toContain("hero")
    for (const token of ["", "0".repeat(32)]) expect(await refused(shop, { path: `/store/pages/home/default?preview=${token}` })).toMatchObject({ status: 404, code: "PAGE_UNKNOWN" })
    await publish(shop)
    expect(await refused(shop, { path: preview })).toMatchObject({ status: 404, code: "PAGE_UNKNOWN" })
  })

  it("goes back a publication at a time, to the theme's own at last, and its draft stays", async () => {
    const shop = await newShop()
    for (const word of ["一", "二"]) {
      await save(shop, page(notice(word)))
      await publish(shop)
    }
    await save(shop, page(notice("三")))
    const back = () => shop.call({ method: "POST", path: `${HOME}/rollback`, body: {} })
    await back()
    expect(await shown(shop)).toMatchObject([{ settings: { text: text("一") } }])
    await back()
    expect(await types(shop)).toContain("hero")
    expect(await refused(shop, { method: "POST", path: `${HOME}/rollback`, body: {} })).toMatchObject({ status: 409, code: "PAGE_WITHOUT_EARLIER" })
    expect((await shop.ok<{ page: Page }>({ path: HOME })).page.draft).toMatchObject({ sections: [{ settings: { text: text("三") } }] })
    expect(await publish(shop)).toMatchObject({ number: 3 })
    const { revisions } = await shop.ok<{ revisions: { number: number }[] }>({ path: `${HOME}/revisions` })
    expect(revisions.map(({ number }) => number)).toEqual([3, 2, 1])
  })

  it("that was published after a step back goes back to what it replaced, not to what had been taken back", async () => {
    const shop = await newShop()
    const show = async (word: string) => {
      await save(shop, page(notice(word)))
      await publish(shop)
    }
    const back = () => shop.post(`${HOME}/rollback`, {})
    await show("一")
    await show("二")
    await back()
    await show("三")
    await back()
    expect(await shown(shop)).toMatchObject([{ settings: { text: text("一") } }])
    await back()
    await show("四")
    await back()
    expect(await types(shop)).toContain("hero")
  })

  it("is saved by one of two who edit at once, published once of two who publish at once, and the other is told", async () => {
    const shop = await newShop()
    const { version } = await save(shop, page(notice("零")))
    const saves = await Promise.all(["一", "二"].map((word) => shop.call({ method: "POST", path: HOME, body: { ...page(notice(word)), version } })))
    expect(saves.map(({ status }) => String(status)).sort()).toEqual(["200", "409"])
    const publications = await Promise.all([1, 2].map(() => shop.call({ method: "POST", path: `${HOME}/publish`, body: {} })))
    expect(publications.map(({ status, body }) => (status === 200 ? "200" : String(body.code))).sort()).toEqual(["200", "PAGE_WITHOUT_DRAFT"])
    const { revisions } = await shop.ok<{ revisions: unknown[] }>({ path: `${HOME}/revisions` })
    expect(revisions).toHaveLength(1)
  })

  it("of one shop is nobody else's: the same page of a neighbour stays as it is, and its link opens nothing there", async () => {
    const [a, b] = [await newShop(), await newShop()]
    const { preview_token } = await save(a, page(notice("甲")))
    await save(b, page(notice("乙")))
    expect(await refused(b, { path: `/store/pages/home/default?preview=${preview_token ?? ""}` })).toMatchObject({ status: 404 })
    await publish(a)
    expect(await types(b)).toContain("hero")
    expect((await b.ok<{ page: Page }>({ path: HOME })).page.draft).toMatchObject({ sections: [{ settings: { text: text("乙") } }] })
    expect((await exported(b)).pages).toEqual([])
  })

  it("with a handle of its own is there from its first publication on", async () => {
    const shop = await newShop()
    const at = "/admin/storefront/pages/article/about-us"
    await save(shop, { ...page({ id: "t", type: "rich-text", settings: { body: text("关于我们\n\n自 1998 年") } }), title: text("关于我们") }, at)
    expect(await refused(shop, { path: "/store/pages/article/about-us" })).toMatchObject({ status: 404 })
    await publish(shop, at)
    expect(await shop.ok({ path: "/store/pages/article/about-us" })).toMatchObject({ page: { title: text("关于我们"), sections: [{ type: "rich-text" }] } })
    expect(await refused(shop, { method: "POST", path: `${at}/rollback`, body: {} })).toMatchObject({ code: "PAGE_WITHOUT_EARLIER" })
  })

  it.each([
    ["a kind that does not exist", "/admin/storefront/pages/blog/default"],
    ["a second home", "/admin/storefront/pages/home/other"],
    ["a handle with capitals", "/admin/storefront/pages/article/About"],
  ])("is not made under %s", async (_what, path) => {
    expect(await refused(await newShop(), { method: "POST", path, body: page() })).toMatchObject({ status: 404, code: "PAGE_UNKNOWN" })
  })
})

const exported = (shop: ShopClient) => shop.ok<{ pages: ExportedPage[] }>({ path: "/admin/storefront/export" })

describe("a setting", () => {
  const links = ["javascript:alert(1)", "JavaScript:alert(1)", "//evil.example", "/\\evil.example", "data:text/html,x", "http://plain.example", "https:// x", "vbscript:x"]
  const wrong: [string, object, string][] = [
    ...links.map((link): [string, object, string] => [`the link ${link}`, notice("x", link), "sections.0.settings.link"]),
    ["a picture from elsewhere", { id: "b", type: "banner", settings: { image: "https://evil.example/x.png" } }, "sections.0.settings.image"],
    ["a picture outside of the uploads", { id: "b", type: "banner", settings: { image: "/static/../admin" } }, "sections.0.settings.image"],
    ["a text that is too long", { id: "b", type: "rich-text", settings: { body: text("字".repeat(21_000)) } }, "sections.0.settings.body.zh-CN"],
    ["too many products", { id: "p", type: "product-grid", settings: { count: 1_000 } }, "sections.0.settings.count"],
    ["a setting the section has not", { id: "n", type: "notice", settings: { html: "<b>" } }, "sections.0.settings"],
    ["a section the theme has not", { id: "n", type: "iframe", settings: {} }, "sections.0.type"],
    ["a section of other pages", { id: "h", type: "main", settings: {} }, "sections.0.type"],
  ]
  it.each(wrong)("is refused with its place and nothing is saved: %s", async (_what, section, field) => {
    const shop = await newShop()
    const { status, code, params, text: said } = await refused(shop, { method: "POST", path: HOME, body: page(section) })
    expect([status, code]).toEqual([422, "PAGE_INVALID"])
    expect(params).toMatchObject({ field })
    expect((said as { "zh-CN": string })["zh-CN"]).toMatch(/\p{Script=Han}{4}/u)
    expect((await shop.ok<{ page: Page }>({ path: HOME })).page).toMatchObject({ version: 0, draft: null })
  })

  it("of a megabyte is refused before it is read", async () => {
    const body = page({ id: "b", type: "rich-text", settings: { body: text("a".repeat(600_000)) } })
    expect(await refused(await newShop(), { method: "POST", path: HOME, body })).toMatchObject({ status: 413, code: "REQUEST_TOO_LARGE" })
  })

  it("that looks like markup is kept as the text it is", async () => {
    const shop = await newShop()
    await save(shop, page(notice("<script>alert(1)</script>")))
    await publish(shop)
    expect(await shown(shop)).toMatchObject([{ settings: { text: text("<script>alert(1)</script>") } }])
  })
})

describe("a page that is taken to another shop", () => {
  it("arrives there as a draft, whole or not at all", async () => {
    const [a, b] = [await newShop(), await newShop()]
    await save(a, page(notice("搬家")))
    await publish(a)
    const { pages } = await exported(a)
    expect(pages).toMatchObject([{ kind: "home", theme: "default", document: { sections: [{ type: "notice" }] } }])
    const broken = { ...pages[0], kind: "landing", handle: "sale", document: { sections: [{ id: "x", type: "iframe", settings: {} }] } }
    expect(await refused(b, { method: "POST", path: "/admin/storefront/import", body: { pages: [pages[0], broken] } })).toMatchObject({ status: 422, code: "PAGE_INVALID", params: { field: "pages.1.document.sections.0.type" } })
    expect((await b.ok<{ page: Page }>({ path: HOME })).page.draft).toBeNull()
    expect(await b.post("/admin/storefront/import", { pages })).toEqual({ drafts: 1 })
    expect(await types(b)).toContain("hero")
    await publish(b)
    expect(await types(b)).toEqual(["notice"])
  })
})

describe("a theme", () => {
  it("is described with a form for every section, each setting named in both languages", async () => {
    const shop = await newShop()
    type Field = { label?: { "zh-CN": string; en: string }; widget?: string; default?: unknown }
    const { theme, themes } = await shop.ok<{ theme: { sections: { type: string; settings: { properties: Record<string, Field> } }[] }; themes: { name: string }[] }>({ path: "/admin/storefront/theme" })
    expect(themes.map(({ name }) => name)).toContain("default")
    const fields = theme.sections.flatMap(({ type, settings }) => Object.entries(settings.properties).map(([name, field]) => ({ at: `${type}.${name}`, ...field })))
    expect(fields.length).toBeGreaterThan(15)
    expect(fields.filter(({ label, widget, default: start }) => !label?.["zh-CN"] || !label.en || !widget || start === undefined).map(({ at }) => at)).toEqual([])
  })

  it("that is not deployed is refused, and the shop keeps the one it has", async () => {
    const shop = await newShop()
    expect(await refused(shop, { method: "POST", path: "/admin/storefront/theme", body: { name: "neon-dreams" } })).toMatchObject({ status: 422, code: "THEME_UNKNOWN" })
    expect(await shop.ok({ path: "/admin/storefront/theme" })).toMatchObject({ theme: { name: "default" } })
  })
})
