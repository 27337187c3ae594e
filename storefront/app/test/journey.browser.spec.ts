import { mkdirSync } from "node:fs"
import path from "node:path"
import { type HostProcess, type TestDatabase, cloneDatabase, startDemoHost } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"

const ROOT = path.resolve(__dirname, "../../..")
const SHOTS = path.join(ROOT, ".data/screenshots")

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

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1440, height: 900 } }
const DEVICES = { phone: PHONE, desktop: DESKTOP }

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

const RECIPIENT = { name: "张小满", phone: "138 0013 8000", province: "浙江省", city: "杭州市", district: "余杭区", address: "文一西路1218号 2幢301" }
const ENGLISH_RECIPIENT = { name: "Zhang Xiaoman", phone: "138 0013 8000", province: "Zhejiang", city: "Hangzhou", district: "Yuhang", address: "1218 Wenyi West Road, building 2, 301" }

/** Every line of the page itself that still has a Chinese character in it. */
const chineseLines = async (page: Page) => (await page.locator("main").innerText()).split("\n").filter((line) => /[\u3400-\u9fff]/.test(line))

async function buy({ page, url }: Visit, shot: string | null, words: { buy: string; place: string }, recipient = RECIPIENT, look: (where: string, sign: string) => Promise<void> = async () => {}): Promise<void> {
  await page.goto(url("/"))
  await look("home", ".fs-hero-banner")
  if (shot) await shoot(page, `${shot}-home`)
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await page.waitForURL(/\/p\//)
  await look("product", ".fs-product")
  if (shot) await shoot(page, `${shot}-product`)
  await page.getByRole("button", { name: words.buy }).click()
  await page.waitForURL(/\/checkout$/)
  await page.getByRole("button", { name: words.place }).click()
  await page.locator("#phone-error").waitFor()
  if (shot) await shoot(page, `${shot}-checkout-wrong`)
  for (const [name, value] of Object.entries(recipient)) await page.locator(`#${name}`).fill(value)
  await look("checkout", "#phone")
  if (shot) await shoot(page, `${shot}-checkout`)
  await page.getByRole("button", { name: words.place }).click()
  await page.waitForURL(/\/order\//)
  await look("order", ".fs-done")
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

  it.each([["phone", "village"], ["phone", "ktv"], ["desktop", "community"], ["desktop", "auto"], ["desktop", "bonded"]] as const)("on a %s in %s buys in English and reads no Chinese on the way", async (device, tenant) => {
    const v = await visit(tenant, DEVICES[device])
    const shot = `${device}-en-${tenant}`
    const chinese: Record<string, string[]> = {}
    // The address changes before the page does: each is waited for by a sign of its own.
    const look = async (where: string, sign: string) => {
      await v.page.locator(sign).first().waitFor()
      chinese[where] = await chineseLines(v.page)
    }
    await v.page.goto(v.url("/"))
    await v.page.getByRole("button", { name: "Switch to English" }).click()
    await v.page.waitForSelector("html[lang=en]")
    await v.page.locator(".fs-strip a").nth(1).click()
    await v.page.waitForURL(/\/c\//)
    await look("category", ".fs-sort")
    await shoot(v.page, `${shot}-category`)
    await v.page.locator(".fs-card:not(.is-sold-out) a").first().click()
    await v.page.getByRole("button", { name: "Add to cart" }).click()
    await v.page.waitForURL(/\/cart$/)
    await look("cart", ".fs-line")
    await shoot(v.page, `${shot}-cart`)
    await buy(v, shot, { buy: "Buy now", place: "Place order" }, ENGLISH_RECIPIENT, look)
    expect(chinese).toEqual({ category: [], cart: [], home: [], product: [], checkout: [], order: [] })
    expect(await v.page.locator("main").innerText()).toContain("Thank you for your order")
    await v.close()
  })

  it("who changes the language finds the goods already in the cart in the new one, and back", async () => {
    const v = await visit("village", PHONE)
    await v.page.goto(v.url("/"))
    await v.page.locator(".fs-card:not(.is-sold-out) a").first().click()
    await v.page.getByRole("button", { name: "加入购物车" }).click()
    await v.page.waitForURL(/\/cart$/)
    const title = await v.page.locator(".fs-line h3").innerText()
    await v.page.getByRole("button", { name: "Switch to English" }).click()
    await v.page.waitForSelector("html[lang=en]")
    await shoot(v.page, "phone-cart-en")
    expect(await chineseLines(v.page)).toEqual([])
    await v.page.getByRole("button", { name: "切换到中文" }).click()
    await v.page.waitForSelector("html[lang=zh-CN]")
    expect(await v.page.locator(".fs-line h3").innerText()).toBe(title)
    await v.close()
  })

  it("sees the complaint beside a field go as soon as the field is right", async () => {
    const v = await visit("auto", PHONE)
    await v.page.goto(v.url("/"))
    await v.page.locator(".fs-card:not(.is-sold-out) a").first().click()
    await v.page.getByRole("button", { name: "立即购买" }).click()
    await v.page.waitForURL(/\/checkout$/)
    await v.page.getByRole("button", { name: "提交订单" }).click()
    await v.page.locator("#phone-error").waitFor()
    const complaints = () => v.page.locator(".fs-error").evaluateAll((all) => all.map((each) => each.id))
    expect(await complaints()).toEqual(["name-error", "phone-error", "province-error", "city-error", "address-error"])
    expect(await v.page.locator(":focus").getAttribute("id")).toBe("name")
    await v.page.locator("#name").fill("  ")
    await v.page.locator("#phone").fill("138")
    expect(await complaints()).toHaveLength(5)
    await v.page.locator("#phone").fill("+86 138-0013-8000")
    await v.page.locator("#name").fill("张小满")
    await v.page.locator("#city").fill("杭州市")
    expect(await complaints()).toEqual(["province-error", "address-error"])
    await v.page.locator("#city").fill("")
    expect(await complaints()).toEqual(["province-error", "city-error", "address-error"])
    await v.page.getByRole("button", { name: "提交订单" }).click()
    await v.page.waitForSelector("#province:focus")
    expect(await complaints()).toEqual(["province-error", "city-error", "address-error"])
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
    const answers = [...(await Promise.all([post(), post()])), await post()]
    // The last finds a new, empty cart and is led there.
    expect(answers.map(({ status }) => status)).toEqual([302, 302, 302])
    const orders = answers.map((answer) => answer.headers.get("location"))
    expect(orders[0]).toMatch(/^\/order\//)
    expect(orders[1]).toBe(orders[0])
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
    for (const [name, options] of Object.entries(DEVICES)) {
      const v = await visit("community", options)
      await v.page.goto(v.url("/"))
      await v.page.locator(".fs-strip a").nth(1).click()
      await v.page.waitForURL(/\/c\//)
      await shoot(v.page, `${name}-category`)
      expect(await v.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await v.close()
    }
  })

  it("is whole where a Chinese character meets the end of a buffer", async () => {
    const broken: string[] = []
    for (const tenant of ["community", "village", "ktv", "auto", "bonded"]) {
      const read = async (to: string) => (await fetch(`${host.url}${to}`, { headers: { "x-tenant": tenant } })).text()
      const home = await read("/")
      const found = [...new Set([...home.matchAll(/href="(\/[cp]\/[^"]+)"/g)].map((match) => match[1] ?? ""))]
      expect(found.length).toBeGreaterThan(5)
      for (const to of ["/", ...found]) if (/[\0\ufffd]/.test(to === "/" ? home : await read(to))) broken.push(tenant + to)
    }
    expect(broken).toEqual([])
  })

  it("carries a policy under which no foreign script runs: a nonce where it is one visitor's own, hashes where all share it", async () => {
    const read = async (to: string) => {
      const answer = await fetch(`${host.url}${to}`, { headers: { "x-tenant": "community" } })
      const inline = [...(await answer.text()).matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map((match) => match[1] ?? "")
      return { policy: answer.headers.get("content-security-policy") ?? "", inline }
    }
    const [own, shared] = [await read("/cart"), await read("/")]
    expect(own.policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}';/)
    expect(shared.policy).toMatch(/script-src 'self'(?: 'sha256-[A-Za-z0-9+/]{43}=')+;/)
    for (const { inline } of [own, shared]) expect(inline.length).toBeGreaterThan(0)
    expect(own.inline.every((attributes) => attributes.includes("nonce="))).toBe(true)
  })
})
