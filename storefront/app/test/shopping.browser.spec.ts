import { mkdirSync } from "node:fs"
import path from "node:path"
import { type SharedShops, sharedShops } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser, BrowserContextOptions } from "playwright-core"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
const DESKTOP = { viewport: { width: 1440, height: 900 }, locale: "zh-CN" }
const SCRIPTS = [["with scripts", true], ["without scripts", false]] as const

let host: SharedShops
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

async function visit(id: string, to: string, options: BrowserContextOptions) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  await page.goto(`http://${id}.localhost:${new URL(host.url).port}${to}`)
  await page.waitForLoadState("networkidle")
  return { page, noise, shoot: (name: string) => page.screenshot({ path: path.join(SHOTS, `shopping-${name}.png`), fullPage: true }), close: () => context.close() }
}

const numberIn = (text: string) => Number(/(\d+)\s*$/.exec(text)?.[1])

describe("a list", () => {
  it.each(SCRIPTS)("%s is narrowed by stock and origin to as many products as was said, and back", async (_how, javaScriptEnabled) => {
    const { page, noise, shoot, close } = await visit("bonded", "/search?q=900", { ...PHONE, javaScriptEnabled })
    const all = await page.locator(".fs-card").count()
    const origin = page.locator(".fs-filter-row .fs-choice", { has: page.locator('input[name="origin"]') }).first()
    const promised = numberIn(await origin.innerText())
    expect(promised).toBeLessThan(all)
    await origin.click()
    if (!javaScriptEnabled) await page.getByRole("button", { name: "确定" }).click()
    await page.waitForURL(/origin=[a-z]{2}/)
    await page.getByRole("link", { name: "清除筛选" }).waitFor()
    expect(await page.locator(".fs-card").count()).toBe(promised)
    expect(await page.locator('input[name="origin"]:checked').count()).toBe(1)
    if (javaScriptEnabled) await shoot("filtered-phone")
    await page.getByRole("link", { name: "清除筛选" }).click()
    await page.waitForURL((url) => !url.search.includes("origin"))
    await page.waitForFunction((count) => document.querySelectorAll(".fs-card").length === count, all)
    expect(noise).toEqual([])
    await close()
  })

  it("is sorted by price and kept between two prices, in English, on a desktop", async () => {
    const { page, noise, shoot, close } = await visit("community", "/c/fruit", DESKTOP)
    await page.getByRole("button", { name: "Switch to English" }).click()
    await page.waitForSelector("html[lang=en]")
    await page.getByRole("link", { name: "Price: low to high" }).click()
    await page.waitForURL(/sort=cheapest/)
    await page.getByRole("link", { name: "Price: low to high", exact: true }).and(page.locator("[aria-current]")).waitFor()
    const prices = async () => (await page.locator(".fs-card .fs-now").allInnerTexts()).map((text) => Number(text.replace(/[^\d.]/g, "")))
    const sorted = await prices()
    expect(sorted).toEqual([...sorted].sort((a, b) => a - b))
    expect(sorted.length).toBeGreaterThan(3)
    await page.getByLabel("Lowest price").fill("10")
    await page.getByLabel("Highest price").fill("30")
    await page.getByRole("button", { name: "Apply" }).click()
    await page.waitForURL(/price_max=30/)
    await page.getByRole("link", { name: "Clear filters" }).waitFor()
    expect(await prices()).toEqual(sorted.filter((price) => price >= 10 && price <= 30))
    await shoot("sorted-desktop")
    expect(noise).toEqual([])
    await close()
  })
})

describe("a product with two options", () => {
  it("has a row for each, shows price and stock of the combination, and sells no combination there is not", async () => {
    const { page, noise, shoot, close } = await visit("village", "/p/maofeng-first-pick", PHONE)
    const chosen = (name: string) => page.locator(".fs-choice", { hasText: new RegExp(`^${name}$`) })
    expect(await page.locator(".fs-options legend").allInnerTexts()).toEqual(["净重", "包装"])
    expect(await page.locator(".fs-price-large").innerText()).toContain("98")
    await chosen("100g").click()
    await page.waitForFunction(() => document.querySelector(".fs-price-large")?.textContent?.includes("188"))
    await chosen("礼盒").click()
    await page.getByText("已售罄").first().waitFor()
    expect(await page.getByRole("button", { name: "立即购买" }).isDisabled()).toBe(true)
    await chosen("50g").click()
    await page.getByText("这个组合暂时没有货").waitFor()
    expect(await page.getByRole("button", { name: "立即购买" }).isDisabled()).toBe(true)
    await shoot("options-phone")
    await chosen("250g").click()
    await page.getByRole("button", { name: "立即购买" }).click()
    await page.waitForURL(/\/checkout$/)
    // The address changes before the page does.
    await page.locator("#phone").waitFor()
    expect(await page.locator("main").innerText()).toContain("250g / 礼盒")
    expect(noise).toEqual([])
    await close()
  })

  it("without scripts sells the combination that was ticked, and says so of one there is not", async () => {
    const { page, close } = await visit("village", "/p/maofeng-first-pick", { ...PHONE, javaScriptEnabled: false })
    const tick = (name: string) => page.locator(".fs-choice", { hasText: new RegExp(`^${name}$`) }).click()
    await tick("50g")
    await tick("礼盒")
    await page.getByRole("button", { name: "加入购物车" }).click()
    await page.getByRole("alert").waitFor()
    expect(await page.getByRole("alert").innerText()).toBe("这个组合暂时没有货")
    await tick("250g")
    await tick("礼盒")
    await page.getByRole("button", { name: "加入购物车" }).click()
    await page.waitForURL(/\/cart$/)
    expect(await page.locator(".fs-line").innerText()).toContain("250g / 礼盒")
    await close()
  })

  it("says what it is made of in both languages", async () => {
    const { page, shoot, close } = await visit("village", "/p/maofeng-first-pick", DESKTOP)
    expect(await page.locator(".fs-specifications").innerText()).toMatch(/类别\s+绿茶/)
    await shoot("specifications-desktop")
    await page.getByRole("button", { name: "Switch to English" }).click()
    await page.waitForSelector("html[lang=en]")
    expect(await page.locator(".fs-specifications").innerText()).toMatch(/Kind\s+Green tea/)
    expect((await page.locator("main").innerText()).split("\n").filter((line) => /[\u3400-\u9fff]/.test(line))).toEqual([])
    await close()
  })
})
