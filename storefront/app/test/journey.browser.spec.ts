import { mkdirSync } from "node:fs"
import path from "node:path"
import { type HostProcess, type TestDatabase, cloneDatabase, startHostProcess } from "@fangshi/testing"
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core"

const ROOT = path.resolve(__dirname, "../../..")
const SHOTS = path.join(ROOT, ".data/screenshots")

let database: TestDatabase
let host: HostProcess
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  database = await cloneDatabase("demoTemplate")
  host = await startHostProcess(database, { FANGSHI_DATA: path.join(process.env.FANGSHI_TEST_DATA ?? "", "demo"), FANGSHI_TEST_STOREFRONT: "1" })
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await host?.kill()
  await database?.drop()
})

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1440, height: 900 } }

type Visit = { page: Page; noise: string[]; url: (to: string) => string; close: () => Promise<void> }

async function visit(tenant: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ ...options, locale: "zh-CN" })
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  const { port } = new URL(host.url)
  return { page, noise, url: (to) => `http://${tenant}.localhost:${port}${to}`, close: () => context.close() }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) })

async function buy({ page, url }: Visit, shot: string | null, words: { buy: string; place: string }): Promise<void> {
  await page.goto(url("/"))
  if (shot) await shoot(page, `${shot}-home`)
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await page.waitForURL(/\/p\//)
  if (shot) await shoot(page, `${shot}-product`)
  await page.getByRole("button", { name: words.buy }).click()
  await page.waitForURL(/\/checkout$/)
  await page.getByRole("button", { name: words.place }).click()
  await page.locator("#phone-error").waitFor()
  if (shot) await shoot(page, `${shot}-checkout-wrong`)
  for (const [name, value] of Object.entries({ name: "张小满", phone: "138 0013 8000", province: "浙江省", city: "杭州市", district: "余杭区", address: "文一西路1218号 2幢301" })) await page.locator(`#${name}`).fill(value)
  if (shot) await shoot(page, `${shot}-checkout`)
  await page.getByRole("button", { name: words.place }).click()
  await page.waitForURL(/\/order\//)
  if (shot) await shoot(page, `${shot}-order`)
}

describe("a shopper", () => {
  it.each(["community", "village", "ktv", "auto", "bonded"])("of %s buys on a phone, from the home page to a numbered order, without an error in the console", async (tenant) => {
    const v = await visit(tenant, PHONE)
    await buy(v, `phone-${tenant}`, { buy: "立即购买", place: "提交订单" })
    await expect(v.page.locator(".fs-done").innerText()).resolves.toMatch(/下单成功[\s\S]*订单号 1\b/)
    expect(await v.page.locator("main").innerText()).toContain("138****8000")
    expect(v.noise.filter((line) => !line.includes("422"))).toEqual([])
    await v.close()
  })

  it("buys on a desktop in English", async () => {
    const v = await visit("community", DESKTOP)
    await v.page.goto(v.url("/"))
    await v.page.getByRole("button", { name: "Switch to English" }).click()
    await v.page.waitForSelector("html[lang=en]")
    await buy(v, "desktop-en", { buy: "Buy now", place: "Place order" })
    const text = await v.page.locator("body").innerText()
    expect(text).toContain("Thank you for your order")
    expect(text.replace("切换到中文", "").replace("中文", "").replace(/张小满|浙江省|杭州市|余杭区|文一西路1218号 2幢301/g, "")).not.toMatch(/下单|收货|购物车/)
    await v.close()
  })

  it("buys with scripts off", async () => {
    const v = await visit("village", { ...PHONE, javaScriptEnabled: false })
    await buy(v, null, { buy: "立即购买", place: "提交订单" })
    expect(await v.page.locator(".fs-done").innerText()).toContain("下单成功")
    await v.close()
  })

  it("changes the quantity in the cart and empties it", async () => {
    const v = await visit("bonded", PHONE)
    await v.page.goto(v.url("/"))
    await v.page.locator(".fs-card:not(.is-sold-out) a").first().click()
    await v.page.getByRole("button", { name: "加入购物车" }).click()
    await v.page.waitForURL(/\/cart$/)
    await v.page.getByRole("button", { name: "加一件" }).click()
    await v.page.waitForFunction(() => document.querySelector(".fs-tabs b")?.textContent === "2")
    await shoot(v.page, "phone-cart")
    await v.page.getByRole("button", { name: "减一件" }).click()
    await v.page.waitForFunction(() => document.querySelector(".fs-tabs b")?.textContent === "1")
    await v.page.getByRole("button", { name: "移除" }).click()
    await v.page.getByText("购物车还是空的").waitFor()
    await shoot(v.page, "phone-cart-empty")
    await v.close()
  })

  it("submitting twice places one order", async () => {
    const v = await visit("auto", DESKTOP)
    await v.page.goto(v.url("/"))
    await v.page.locator(".fs-card:not(.is-sold-out) a").first().click()
    await v.page.getByRole("button", { name: "立即购买" }).click()
    await v.page.waitForURL(/\/checkout$/)
    const option = await v.page.locator("[name=shipping_option]").first().getAttribute("value")
    const form = { name: "李雷", phone: "13900139000", province: "浙江省", city: "杭州市", district: "", address: "文三路1号", note: "", shipping_option: option ?? "" }
    const post = () => fetch(`${host.url}/checkout`, { method: "POST", redirect: "manual", body: new URLSearchParams(form), headers: { cookie: cookies, "x-tenant": "auto" } })
    const cookies = (await v.page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`).join("; ")
    const [one, two] = await Promise.all([post(), post()])
    const third = await post()
    const orders = new Set([one, two, third].map((answer) => answer.headers.get("location")).filter((location) => location?.startsWith("/order/")))
    expect(orders.size).toBe(1)
    await v.close()
  })

  it("of one shop cannot open another shop's order, nor one of another browser", async () => {
    const v = await visit("ktv", PHONE)
    await buy(v, null, { buy: "立即购买", place: "提交订单" })
    const order = new URL(v.page.url()).pathname
    const stranger = await visit("ktv", PHONE)
    expect((await stranger.page.goto(stranger.url(order)))?.status()).toBe(404)
    const neighbour = await visit("auto", PHONE)
    expect((await neighbour.page.goto(neighbour.url(order)))?.status()).toBe(404)
    for (const each of [v, stranger, neighbour]) await each.close()
  })
})

describe("a page", () => {
  it("that is not there is a 404 in the shop's own look", async () => {
    const v = await visit("community", PHONE)
    expect((await v.page.goto(v.url("/p/nothing-here")))?.status()).toBe(404)
    expect(await v.page.locator("main").innerText()).toContain("没有找到这个页面")
    await shoot(v.page, "phone-404")
    await v.close()
  })

  it("lists a category on phone and desktop without sideways scrolling", async () => {
    for (const [name, options] of [["phone", PHONE], ["desktop", DESKTOP]] as const) {
      const v = await visit("community", options)
      await v.page.goto(v.url("/"))
      await v.page.locator(".fs-strip a").nth(1).click()
      await v.page.waitForURL(/\/c\//)
      await shoot(v.page, `${name}-category`)
      expect(await v.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await v.close()
    }
  })

  it("carries a policy under which no foreign script runs", async () => {
    const answer = await fetch(`${host.url}/`, { headers: { "x-tenant": "community" } })
    const policy = answer.headers.get("content-security-policy") ?? ""
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}'/)
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'")
    const inline = [...(await answer.text()).matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map((match) => match[1] ?? "")
    expect(inline.length).toBeGreaterThan(0)
    expect(inline.every((attributes) => attributes.includes("nonce="))).toBe(true)
  })
})
