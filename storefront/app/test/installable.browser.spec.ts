import { mkdirSync } from "node:fs"
import path from "node:path"
import { type Line, type SharedShops, latestCode, openLine, sharedShops } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import type { Browser, BrowserContext, Page } from "playwright-core"
import sharp from "sharp"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
/** Two shops in two themes. */
const SHOPS = { community: { theme: "market", name: { "zh-CN": "邻里集市", en: "Neighbourhood Market" } }, ktv: { theme: "night", name: { "zh-CN": "星河量贩 KTV", en: "Galaxy KTV" } } } as const
type Tenant = keyof typeof SHOPS
const TENANTS = Object.keys(SHOPS) as Tenant[]

let host: SharedShops
let line: Line
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  line = await openLine(Number(new URL(host.url).port))
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await line?.close()
})

const url = (tenant: Tenant, to: string) => `http://${tenant}.localhost:${new URL(host.url).port}${to}`
/** The same by the line that can be cut. */
const byLine = (tenant: Tenant, to: string) => `http://${tenant}.localhost:${line.port}${to}`
/** Asks for a file of a shop from outside a browser, which alone finds *.localhost. */
const ask = (tenant: Tenant, to: string) => fetch(host.url + to, { headers: { "x-tenant": tenant } })
const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) })

/** Opens a page that the shop's worker answers for: the second one of a visit. */
async function openInstalled(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.goto(address)
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated")
  await page.waitForLoadState("networkidle")
  return page
}

/** Opens an address without a network. The browser knows of it as well, so that its page does not look again. */
async function openOffline(context: BrowserContext, page: Page, address: string, title: string): Promise<void> {
  line.cut()
  await page.goto(address)
  await page.getByRole("heading", { name: title }).waitFor()
  await context.setOffline(true)
}

async function backOnline(context: BrowserContext): Promise<void> {
  line.mend()
  await context.setOffline(false)
}

type Manifest = { name: string; short_name: string; lang: string; theme_color: string; background_color: string; display: string; icons: { src: string; sizes: string; purpose: string }[] }

describe("the manifest of a shop", () => {
  it("is the shop's own, in each language, and its icons are pictures of the sizes it names", async () => {
    const page = await browser.newPage()
    const seen: Record<string, Manifest> = {}
    for (const tenant of TENANTS) {
      for (const locale of ["zh-CN", "en"] as const) {
        await page.goto(url(tenant, `/?locale=${locale}`))
        const address = await page.locator("link[rel=manifest]").getAttribute("href")
        const answer = await ask(tenant, address ?? "")
        expect(answer.headers.get("content-type")).toContain("application/manifest+json")
        const manifest = (await answer.json()) as Manifest
        expect(manifest).toMatchObject({ name: SHOPS[tenant].name[locale], lang: locale, display: "standalone" })
        expect(manifest.short_name.length).toBeLessThanOrEqual(12)
        expect(await page.locator("meta[name=theme-color]").getAttribute("content")).toBe(manifest.theme_color)
        seen[`${tenant} ${locale}`] = manifest
      }
    }
    const [market, night] = [seen["community zh-CN"], seen["ktv zh-CN"]]
    expect([market?.background_color, night?.background_color]).toEqual(["#fff6e8", "#0a0714"])
    expect(market?.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(["192x192 any", "512x512 any", "192x192 maskable", "512x512 maskable"])
    expect(market?.icons.map(({ src }) => src)).not.toEqual(night?.icons.map(({ src }) => src))
    for (const tenant of TENANTS) {
      const touch = await page.goto(url(tenant, "/")).then(() => page.locator("link[rel=apple-touch-icon]").getAttribute("href"))
      for (const { src, sizes } of [...(seen[`${tenant} zh-CN`]?.icons ?? []), { src: touch ?? "", sizes: "180x180" }]) {
        const answer = await ask(tenant, src)
        const { format, width, height } = await sharp(await answer.arrayBuffer()).metadata()
        expect([format, `${width}x${height}`, answer.headers.get("cache-control")]).toEqual(["png", sizes, "public, max-age=31536000, immutable"])
      }
    }
    // Another shop's address brings this shop's picture, and no cache is to keep it under that name.
    const [foreign, own] = [await ask("ktv", market?.icons[0]?.src ?? ""), await ask("ktv", night?.icons[0]?.src ?? "")]
    expect([Buffer.from(await foreign.arrayBuffer()).equals(Buffer.from(await own.arrayBuffer())), foreign.headers.get("cache-control")]).toEqual([true, "private, no-cache"])
    expect((await ask("ktv", "/brand/icon-99.x.png")).status).toBe(404)
    await page.context().close()
  })
})

describe("the service worker of a shop", () => {
  it.each(TENANTS.flatMap((tenant) => (["zh-CN", "en"] as const).map((locale) => [tenant, locale] as const)))("shows %s's own offline page in %s, and the page that was asked for as soon as there is a network", async (tenant, locale) => {
    const context = await browser.newContext(PHONE)
    const page = await openInstalled(context, byLine(tenant, `/?locale=${locale}`))
    await openOffline(context, page, byLine(tenant, "/cart"), locale === "en" ? "You are offline" : "网络断开了")
    const html = page.locator("html")
    expect([await html.getAttribute("lang"), await html.getAttribute("data-theme"), await page.locator(".name").innerText()]).toEqual([locale, SHOPS[tenant].theme, SHOPS[tenant].name[locale]])
    expect(await severeFindings(page)).toEqual([])
    await shoot(page, `offline-${tenant}-${locale}`)
    await backOnline(context)
    await page.getByRole("heading", { name: locale === "en" ? "Cart" : "购物车" }).first().waitFor()
    expect(page.url()).toBe(byLine(tenant, "/cart"))
    await context.close()
  })

  it("keeps its offline page and what carries its content in its name, and never a page: not the home page, not a signed-in one", async () => {
    const context = await browser.newContext(PHONE)
    const page = await openInstalled(context, url("community", "/"))
    for (const to of ["/", "/p/shanghai-qing", "/cart", "/account/sign-in", "/store/regions"]) await page.goto(url("community", to))
    await page.goto(url("community", "/"))
    await page.waitForLoadState("networkidle")
    const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url: each }) => each)))).flat())
    expect(kept.filter((each) => /\/assets\/.+\.\w+$/.test(each)).length).toBeGreaterThan(3)
    expect(kept.filter((each) => !/\/assets\//.test(each)).map((each) => each.replace(/&of=.*/, "")).sort()).toEqual(["/language", "/offline?locale=en", "/offline?locale=zh-CN"].map((to) => url("community", to)))
    await context.close()
  })

  it("keeps no page waiting: the one after the first visit comes as fast as without a worker", async () => {
    const took = async (context: BrowserContext, page: Page) => {
      await page.goto(url("ktv", "/cart"))
      const seen = await page.evaluate(() => {
        const [{ workerStart, responseEnd, startTime }] = performance.getEntriesByType("navigation") as [PerformanceNavigationTiming]
        return { byWorker: workerStart > 0, ms: responseEnd - startTime }
      })
      await context.close()
      return seen
    }
    const without = await browser.newContext({ ...PHONE, serviceWorkers: "block" })
    const plain = await without.newPage()
    await plain.goto(url("ktv", "/"))
    await plain.waitForLoadState("networkidle")
    const slow = await took(without, plain)
    const context = await browser.newContext(PHONE)
    const fast = await took(context, await openInstalled(context, url("ktv", "/")))
    expect([slow.byWorker, fast.byWorker]).toEqual([false, true])
    expect(fast.ms).toBeLessThan(slow.ms + 1_000)
  })

  it("is one for all languages of a shop, so that none takes over during a visit, and answers in that of the last page", async () => {
    const context = await browser.newContext(PHONE)
    const page = await openInstalled(context, byLine("ktv", "/"))
    const names = () => page.evaluate(() => caches.keys())
    const before = await names()
    await page.goto(byLine("ktv", "/?locale=en"))
    await page.waitForFunction(async () => (await (await caches.match("/language"))?.text()) === "en")
    await page.waitForLoadState("networkidle")
    expect([await names(), await page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting))]).toEqual([before, false])
    await openOffline(context, page, byLine("ktv", "/cart"), "You are offline")
    await backOnline(context)
    await context.close()
  })

  it("keeps no page of a shopper waiting who goes on at once after changing the language", async () => {
    for (let visits = 0; visits < 4; visits++) {
      const context = await browser.newContext(PHONE)
      const page = await context.newPage()
      await page.goto(url("community", "/"))
      await page.getByRole("button", { name: "Switch to English" }).click()
      await page.waitForSelector("html[lang=en]")
      await page.locator(".fs-strip a").nth(1).click()
      await page.locator(".fs-sort").first().waitFor()
      await page.goto(url("community", "/"), { timeout: 15_000 })
      await context.close()
    }
  })
})

describe("the hint to keep the shop on the home screen", () => {
  it("shows on the account page once the browser offers it, leads to the browser's own question, and stays away when it was waved off", async () => {
    const context = await browser.newContext(PHONE)
    const page = await context.newPage()
    await page.goto(url("community", "/account/sign-in"))
    await page.locator("#phone").fill("13700000021")
    await page.getByRole("button", { name: "获取验证码" }).click()
    await page.locator("#code").waitFor()
    await page.locator("#code").fill(await latestCode("community", "13700000021", host))
    await page.getByRole("button", { name: "登录", exact: true }).click()
    await page.getByRole("button", { name: "退出登录" }).waitFor()
    await page.waitForLoadState("networkidle")
    const hint = page.getByRole("region", { name: "添加到主屏幕" })
    expect(await hint.count()).toBe(0)
    /** As Chromium does where it would install; what is asked is counted. */
    const offer = () => page.evaluate(() => void dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt: async () => void Object.assign(window, { asked: true }) })))
    await offer()
    await hint.waitFor()
    expect(await severeFindings(page)).toEqual([])
    await shoot(page, "install-hint")
    await hint.getByRole("button", { name: "添加" }).click()
    await hint.waitFor({ state: "detached" })
    expect(await page.evaluate(() => (window as { asked?: boolean }).asked)).toBe(true)
    await offer()
    await hint.getByRole("button", { name: "不用了" }).click()
    await hint.waitFor({ state: "detached" })
    await page.reload()
    await page.waitForLoadState("networkidle")
    await offer()
    expect(await hint.count()).toBe(0)
    await context.close()
  })
})

describe("the share button of a product", () => {
  const PRODUCT = "/p/shanghai-qing"

  it("opens a sheet with the address to copy and the poster where the phone has no sharing of its own; Escape closes it and leads back", async () => {
    const context = await browser.newContext({ ...PHONE, permissions: ["clipboard-read", "clipboard-write"] })
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "share"))
    const page = await context.newPage()
    await page.goto(url("community", PRODUCT))
    await page.waitForLoadState("networkidle")
    await page.getByRole("link", { name: "分享" }).click()
    const sheet = page.getByRole("dialog", { name: "分享商品" })
    await sheet.getByRole("button", { name: "复制链接" }).click()
    await sheet.getByText("链接已复制").waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url("community", PRODUCT))
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>("dialog img")?.naturalWidth === 750)
    expect(await severeFindings(page)).toEqual([])
    await shoot(page, "share-sheet")
    await page.keyboard.press("Escape")
    await sheet.waitFor({ state: "detached" })
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("分享")
    await context.close()
  })

  it("hands title and address to the phone where it has sharing of its own", async () => {
    const context = await browser.newContext(PHONE)
    await context.addInitScript(() => Object.assign(Navigator.prototype, { share: (data: ShareData) => Promise.resolve(void Object.assign(window, { handed: data })) }))
    const page = await context.newPage()
    await page.goto(url("ktv", "/p/small-room-afternoon?locale=en"))
    await page.waitForLoadState("networkidle")
    await page.getByRole("link", { name: "Share", exact: true }).click()
    const handed = await page.waitForFunction(() => (window as { handed?: ShareData }).handed)
    expect(await handed.jsonValue()).toEqual({ title: await page.locator("h1").innerText(), url: url("ktv", "/p/small-room-afternoon?locale=en") })
    expect(await page.locator("dialog").count()).toBe(0)
    await context.close()
  })

  it("leads to a page of its own without scripts", async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(url("community", PRODUCT))
    await page.getByRole("link", { name: "分享" }).click()
    await page.getByRole("heading", { name: "分享商品" }).waitFor()
    expect(await page.locator("#share-address").inputValue()).toBe(url("community", PRODUCT))
    await context.close()
  })
})
