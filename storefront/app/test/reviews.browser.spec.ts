import { mkdirSync } from "node:fs"
import path from "node:path"
import { type SharedShops, ShopClient, type TestTenant, asOwner, buy, createTenant, latestCode, sharedShops, stockShop } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import type { Browser, Page } from "playwright-core"
import sharp from "sharp"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
const DESKTOP = { viewport: { width: 1440, height: 900 } }

let host: SharedShops
let browser: Browser
let tenant: TestTenant
let client: ShopClient
let shop: Awaited<ReturnType<typeof stockShop>>
let photo: Buffer

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  tenant = await createTenant("said", host)
  client = new ShopClient(host, tenant)
  shop = await stockShop(client, "果园", 20)
  photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#b5442f" } }).jpeg().toBuffer()
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

type Visit = { page: Page; noise: string[]; go: (to: string) => Promise<unknown>; close: () => Promise<void> }

async function visit(javaScriptEnabled: boolean, device: object = PHONE): Promise<Visit> {
  const context = await browser.newContext({ ...device, javaScriptEnabled })
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && !/\b(?:409|422)\b/.test(message.text()) && !decodeURIComponent(message.location().url).includes("/static/果园") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  return { page, noise, go: (to) => page.goto(`http://${tenant.host}:${new URL(host.url).port}${to}`), close: () => context.close() }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `reviews-${name}.png`), fullPage: true })
const main = (page: Page) => page.locator("main").innerText()

async function signInOnPage({ page, go }: Visit, phone: string): Promise<void> {
  await go("/account/sign-in")
  await page.locator("#phone").fill(phone)
  await page.getByRole("button", { name: "获取验证码" }).click()
  await page.locator("#code").waitFor()
  await page.locator("#code").fill(await latestCode(tenant.id, phone, host))
  await page.getByRole("button", { name: "登录", exact: true }).click()
  await page.getByRole("button", { name: "退出登录" }).waitFor()
}

async function signInAtDesk({ page, go }: Visit): Promise<void> {
  await go("/workbench")
  await page.locator("[name=email]").fill(tenant.email)
  await page.locator("[name=password]").fill(tenant.password)
  await page.getByRole("button", { name: "登录" }).click()
  await page.getByRole("heading", { name: "今日" }).waitFor()
}

/** Buys as the member on the page, and has it handed over. */
async function receive(visitor: Visit): Promise<void> {
  const token = (await visitor.page.context().cookies()).find(({ name }) => name === "fs_member")?.value ?? ""
  const member = JSON.parse(Buffer.from(decodeURIComponent(token), "base64").toString()) as string
  const { order } = await buy(client, shop, "buyer", { token: member })
  await client.ok({ path: "/admin/workbench/parcels?state=new" })
  const parcel = (await asOwner<{ id: string; pick_up_code: string }>(host.ownerUrl, "select id, pick_up_code from parcel where order_id = $1", [order.id]))[0]
  await client.post(`/admin/workbench/parcels/${parcel?.id ?? ""}/accept`, {})
  await client.post(`/admin/workbench/parcels/${parcel?.id ?? ""}/pack`, {})
  await client.post("/admin/workbench/hand-over", { code: parcel?.pick_up_code ?? "" })
  await visitor.go(`/account/orders/${order.id}`)
}

describe("a review", () => {
  it.each([["with", true, "13700000001", "又脆又甜"], ["without", false, "13700000002", "下次还来"]] as const)("%s scripts: is written with a picture once the goods are there, answered by the shop, and read by everybody in both languages", async (_how, script, phone, text) => {
    const [buyer, desk, reader] = [await visit(script), await visit(script), await visit(script)]
    await reader.go("/p/apple")
    expect(await main(reader.page)).not.toContain(text)
    await signInOnPage(buyer, phone)
    await receive(buyer)
    await buyer.page.getByRole("link", { name: "去评价" }).click()
    await buyer.page.getByRole("heading", { name: "我的评价" }).waitFor()
    await buyer.page.getByRole("link", { name: "去评价" }).first().click()
    await buyer.page.getByRole("heading", { name: "评价商品" }).waitFor()

    // Nothing chosen: the photo is not lost by it.
    await buyer.page.locator("#pictures").setInputFiles({ name: "apple.jpg", mimeType: "image/jpeg", buffer: photo })
    if (script) {
      await buyer.page.locator(".fs-review-pictures img").waitFor()
      await shoot(buyer.page, "form")
    }
    await buyer.page.getByRole("button", { name: "发布评价" }).click()
    await buyer.page.locator("#stars-error").waitFor()
    expect(await buyer.page.locator("[name=sent]").count()).toBe(1)
    if (script) {
      expect(await severeFindings(buyer.page)).toEqual([])
      await shoot(buyer.page, "form-with-complaint")
      // The stars with the keyboard alone.
      await buyer.page.locator("#stars-5").focus()
      await buyer.page.keyboard.press("ArrowLeft")
      expect(await buyer.page.locator("#stars-4").isChecked()).toBe(true)
    } else {
      await buyer.page.locator("#stars-4").check({ force: true })
    }
    await buyer.page.locator("#text").fill(text)
    await buyer.page.getByRole("button", { name: "发布评价" }).click()
    await buyer.page.getByText("感谢你的评价").waitFor()
    expect(await main(buyer.page)).toContain(text)

    await signInAtDesk(desk)
    expect(await desk.page.getByRole("region", { name: "评价" }).innerText()).toContain("1")
    if (script) await shoot(desk.page, "desk-home")
    await desk.page.getByRole("link", { name: /待回复/ }).click()
    await desk.page.getByText(text).waitFor()
    if (script) {
      expect(await severeFindings(desk.page)).toEqual([])
      await shoot(desk.page, "desk")
    }
    await desk.page.locator("textarea[name=text]").first().fill("谢谢惠顾")
    await desk.page.getByRole("button", { name: "回复", exact: true }).click()
    await desk.page.getByText("这里没有评价").waitFor()

    await reader.go("/p/apple")
    const shown = reader.page.locator(".fs-review", { hasText: text })
    await shown.waitFor()
    expect(await shown.innerText()).toContain("张**")
    expect(await shown.innerText()).toContain("谢谢惠顾")
    expect(await shown.locator("a[target=_blank] img").count()).toBe(1)
    const data = JSON.parse(await reader.page.locator("script[type='application/ld+json']").innerText()) as { aggregateRating: { ratingValue: number } }
    expect(data.aggregateRating.ratingValue).toBe(4)
    if (script) {
      expect(await severeFindings(reader.page)).toEqual([])
      await shoot(reader.page, "product")
    }
    await reader.page.getByRole("link", { name: /查看全部/ }).click()
    await reader.page.getByRole("link", { name: /有图/ }).click()
    await reader.page.waitForURL(/pictures=1/)
    await reader.page.locator(".fs-review", { hasText: text }).waitFor()
    expect(await reader.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    if (script) expect(await severeFindings(reader.page)).toEqual([])
    await reader.page.getByRole("button", { name: "EN" }).first().click()
    await reader.page.getByText("The shop replies").first().waitFor()
    expect(await main(reader.page)).toContain("With pictures")
    if (script) await shoot(reader.page, "page-en")
    expect([...buyer.noise, ...desk.noise, ...reader.noise]).toEqual([])
    for (const each of [buyer, desk, reader]) await each.close()
  }, 90_000)

  it("is reported by another member, who signs in first and comes back, and hidden by the shop at once for everybody", async () => {
    const [reporter, desk] = [await visit(true), await visit(true, DESKTOP)]
    await reporter.go("/p/apple")
    await reporter.page.getByRole("link", { name: "举报" }).first().click()
    await reporter.page.locator("#phone").fill("13700000004")
    await reporter.page.getByRole("button", { name: "获取验证码" }).click()
    await reporter.page.locator("#code").waitFor()
    await reporter.page.locator("#code").fill(await latestCode(tenant.id, "13700000004", host))
    await reporter.page.getByRole("button", { name: "登录", exact: true }).click()
    await reporter.page.getByRole("heading", { name: "举报评价" }).waitFor()
    await reporter.page.getByLabel("广告").check()
    expect(await severeFindings(reporter.page)).toEqual([])
    await reporter.page.getByRole("button", { name: "提交举报" }).click()
    await reporter.page.getByText("已收到举报").waitFor()
    await signInAtDesk(desk)
    await desk.go("/workbench/reviews?list=reported")
    const text = await desk.page.locator(".wb-said").innerText()
    await desk.page.getByText("隐藏这条评价").click()
    await shoot(desk.page, "desk-reported")
    await desk.page.getByRole("button", { name: "确认隐藏" }).click()
    await desk.page.getByText("这里没有评价").waitFor()
    const reader = await visit(false, DESKTOP)
    await reader.go("/p/apple")
    expect(await main(reader.page)).not.toContain(text)
    await shoot(reader.page, "product-desktop")
    for (const each of [reporter, desk, reader]) await each.close()
  }, 60_000)
})
