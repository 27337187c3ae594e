import { NOTES as PLUGIN, type Shop, type ShopsWithNotes, startShopsWithNotes } from "./shops-with-notes"

let world: ShopsWithNotes

beforeAll(async () => void (world = await startShopsWithNotes()), 180_000)
afterAll(() => world?.close())

const newShop = (plugins: string[]) => world.newShop(plugins)
const switchTo = (shop: Shop, plugins: string[]) => world.switchTo(shop, plugins)
const note = ({ client }: Shop, slug: string, text: string) => client.post("/store/notes", { slug, text })

/** What a phone gets of a page: its text before and after its scripts ran, everything it fetched, and what it complained of. */
async function visit({ tenant }: Shop, at: string, { script = true, locale = "zh-CN" } = {}) {
  const context = await world.browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: script })
  const page = await context.newPage()
  const noise: string[] = []
  const fetched: Promise<string>[] = []
  page.on("console", (message) => message.type() === "error" && !message.location().url.includes("/static/") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  page.on("response", (response) => void (/javascript|html/.test(response.headers()["content-type"] ?? "") && fetched.push(response.text().catch(() => ""))))
  const url = world.addressOf(tenant)
  if (locale !== "zh-CN") await context.addCookies([{ name: "fs_locale", value: encodeURIComponent(Buffer.from(JSON.stringify(locale)).toString("base64")), url }])
  const from = Date.now()
  const status = (await page.goto(url + at, { waitUntil: "networkidle" }))?.status()
  const text = await page.locator("body").innerText()
  const bytes = (await Promise.all(fetched)).join("\n")
  await context.close()
  return { status, text, bytes, noise, ms: Date.now() - from }
}

describe("a plugin's parts in the pages", () => {
  it("are shown where the shop has switched it on, in its language, with and without scripts, and leave no trace in its neighbour's pages and scripts", async () => {
    const [a, b] = [await newShop([PLUGIN]), await newShop([])]
    await note(a, "first", "很甜")
    for (const script of [true, false]) {
      const seen = await visit(a, "/p/apple", { script })
      expect(seen.text).toContain("1 条留言: 很甜")
      expect(seen.noise).toEqual([])
    }
    expect((await visit(a, "/p/apple", { locale: "en" })).text).toContain("1 notes: 很甜")
    expect((await visit(a, "/")).text).toContain("notes say hello")
    for (const at of ["/", "/p/apple"]) {
      const { bytes, noise } = await visit(b, at)
      expect(noise).toEqual([])
      expect(bytes).toContain("hydrateRoot")
      expect(bytes).not.toMatch(/notes say hello|plugin-notes|条留言|\/part-/)
    }
  })

  it("come and go with the switch, on the next visit of a page that was kept", async () => {
    const shop = await newShop([])
    expect((await visit(shop, "/")).text).not.toContain("notes say hello")
    await switchTo(shop, [PLUGIN])
    expect((await visit(shop, "/")).text).toContain("notes say hello")
    await switchTo(shop, [])
    expect((await visit(shop, "/")).bytes).not.toContain("notes")
  })

  it("whose script does not come do not keep the page from coming alive", async () => {
    const shop = await newShop([PLUGIN])
    await note(shop, "first", "很甜")
    const page = await world.browser.newPage({ viewport: { width: 390, height: 844 } })
    await page.route("**/assets/part-*.js", (route) => route.abort())
    await page.goto(`${world.addressOf(shop.tenant)}/p/apple`)
    // React marks what it has taken over.
    await page.waitForFunction(() => Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber")))
    expect(await page.locator("main").innerText()).toContain("立即购买")
    expect(await page.locator("main").innerText()).not.toContain("很甜")
    await page.close()
  })

  it.each(["fail", "hang", "break"])("that %s leave their place empty: the page is there in time, and can be bought from", async (how) => {
    const shop = await newShop([PLUGIN])
    await note(shop, how, "坏了")
    const seen = await visit(shop, "/p/apple")
    expect(seen.status).toBe(200)
    expect(seen.text).toContain("立即购买")
    expect(seen.text).not.toContain("坏了")
    expect(seen.ms).toBeLessThan(8_000)
  })
})
