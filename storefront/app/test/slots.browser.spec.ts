import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import path from "node:path"
import { type HostProcess, ShopClient, type TestDatabase, type TestTenant, cloneDatabase, control, createTenant, startHostProcess, stockShop } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser } from "playwright-core"

const ROOT = path.resolve(__dirname, "../../..")
const FIXTURE = path.join(ROOT, "core/testing/fixtures/third-party")
const PLUGIN = "medusa-plugin-notes"

let build: string
let database: TestDatabase
let host: HostProcess
let browser: Browser

// The shop pages as an operator builds them who adds this plugin.
beforeAll(async () => {
  // Below the storefront, where its packages are found.
  const generated = path.join(ROOT, "storefront/app/.react-router")
  mkdirSync(generated, { recursive: true })
  build = mkdtempSync(path.join(generated, "build-"))
  const made = spawnSync(process.execPath, [path.join(ROOT, "node_modules/@react-router/dev/bin.js"), "build", path.join(ROOT, "storefront/app")], {
    env: { ...process.env, NODE_ENV: "production", FANGSHI_PLUGINS: FIXTURE, FANGSHI_STOREFRONT_BUILD: build },
    encoding: "utf8",
  })
  if (made.status !== 0) throw new Error(made.stderr)
  database = await cloneDatabase("template")
  host = await startHostProcess(database, { FANGSHI_TEST_STOREFRONT: "1", FANGSHI_PLUGINS: FIXTURE, FANGSHI_STOREFRONT_BUILD: build, FANGSHI_LOG_LEVEL: "fatal" })
  browser = await launchChromium()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await host?.kill()
  await database?.drop()
  if (build) rmSync(build, { recursive: true, force: true })
})

type Shop = { tenant: TestTenant; client: ShopClient }

async function newShop(plugins: string[]): Promise<Shop> {
  const tenant = await createTenant("slot", host as never)
  const client = new ShopClient(host, tenant)
  await stockShop(client, "果园", 10)
  await switchTo({ tenant, client }, plugins)
  return { tenant, client }
}

const switchTo = ({ tenant }: Shop, plugins: string[]) => control({ op: "plugins", id: tenant.id, plugins }, host as never)
const note = ({ client }: Shop, slug: string, text: string) => client.post("/store/notes", { slug, text })

/** What a phone gets of a page: its text before and after its scripts ran, everything it fetched, and what it complained of. */
async function visit({ tenant }: Shop, at: string, { script = true, locale = "zh-CN" } = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: script })
  const page = await context.newPage()
  const noise: string[] = []
  const fetched: Promise<string>[] = []
  page.on("console", (message) => message.type() === "error" && !message.location().url.includes("/static/") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  page.on("response", (response) => void (/javascript|html/.test(response.headers()["content-type"] ?? "") && fetched.push(response.text().catch(() => ""))))
  const url = `http://${tenant.host}:${new URL(host.url).port}`
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
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    await page.route("**/assets/part-*.js", (route) => route.abort())
    await page.goto(`http://${shop.tenant.host}:${new URL(host.url).port}/p/apple`)
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
