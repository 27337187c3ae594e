import { mkdirSync } from "node:fs"
import path from "node:path"
import { type HostProcess, ShopClient, type TestDatabase, type TestTenant, cloneDatabase, control, createTenant, manifestOf, startHostProcess, stockShop } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import type { Browser, Page } from "playwright-core"
import sharp from "sharp"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
const RECIPIENT = { name: "张小满", phone: "13800138000", province: "浙江省", city: "杭州市", district: "余杭区", address: "文一西路1218号" }

let database: TestDatabase
let host: HostProcess
let browser: Browser
let tenant: TestTenant

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  database = await cloneDatabase("template")
  host = await startHostProcess(database, { FANGSHI_TEST_STOREFRONT: "1" })
  tenant = await createTenant("day", host as never)
  await stockShop(new ShopClient(host, tenant), "果园", 10)
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await host?.kill()
  await database?.drop()
})

async function visit(script = true, device: object = PHONE): Promise<{ page: Page; noise: string[]; url: (to: string) => string; close: () => Promise<void> }> {
  const context = await browser.newContext({ ...device, javaScriptEnabled: script })
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && !message.location().url.includes("/static/") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  const { port } = new URL(host.url)
  return { page, noise, url: (to) => `http://${tenant.host}:${port}${to}`, close: () => context.close() }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `workbench-${name}.png`), fullPage: true })

async function order({ page, url }: Awaited<ReturnType<typeof visit>>): Promise<void> {
  await page.goto(url("/p/apple"))
  await page.getByRole("button", { name: "立即购买" }).click()
  await page.waitForURL(/\/checkout$/)
  for (const [name, value] of Object.entries(RECIPIENT)) await page.locator(`#${name}`).fill(value)
  await page.getByRole("button", { name: "提交订单" }).click()
  await page.waitForURL(/\/order\//)
}

async function signIn({ page, url }: Awaited<ReturnType<typeof visit>>): Promise<void> {
  await page.goto(url("/workbench"))
  await page.waitForURL(/\/workbench\/login/)
  await page.locator("[name=email]").fill(tenant.email)
  await page.locator("[name=password]").fill(tenant.password)
  await page.getByRole("button", { name: "登录" }).click()
  await page.getByRole("heading", { name: "今日" }).waitFor()
}

describe("the merchant's day", () => {
  it.each([["with", true], ["without", false]] as const)("%s scripts: sees the order that was just placed, accepts it, packs it and hands it over by the buyer's code, once", async (_how, script) => {
    const [buyer, desk] = [await visit(script), await visit(script)]
    await order(buyer)
    const code = (await buyer.page.locator(".fs-code b").innerText()).replace(/\s/g, "")
    expect(code).toMatch(/^\d{6}$/)
    if (script) await shoot(buyer.page, "buyer")
    await desk.page.goto(desk.url("/workbench/login"))
    if (script) await shoot(desk.page, "login")
    await signIn(desk)
    expect(await desk.page.locator(".wb-figures").innerText()).toMatch(/[¥¥][\d.]+/)
    if (script) await shoot(desk.page, "home")
    await desk.page.getByRole("link", { name: /待接单/ }).click()
    await desk.page.locator(".wb-card").waitFor()
    expect(await desk.page.locator(".wb-card").innerText()).toContain("苹果")
    expect(await desk.page.locator("main").innerText()).not.toContain(code)
    if (script) await shoot(desk.page, "orders")
    await desk.page.getByRole("button", { name: "接单", exact: true }).click()
    await desk.page.getByRole("button", { name: "备货完成" }).click()
    await desk.page.getByRole("link", { name: "去核销" }).click()
    await desk.page.locator("[name=code]").fill(code)
    await desk.page.getByRole("button", { name: "确认交货" }).click()
    await desk.page.getByText(/订单 #\d+ 已交货/).waitFor()
    if (script) await shoot(desk.page, "handed-over")
    await desk.page.locator("[name=code]").fill(code)
    await desk.page.getByRole("button", { name: "确认交货" }).click()
    await desk.page.getByText("请勿重复交货").waitFor()
    await buyer.page.reload()
    expect(await buyer.page.locator(".fs-codes").innerText()).toContain("已取货")
    expect(await buyer.page.locator(".fs-code").count()).toBe(0)
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect([...buyer.noise, ...desk.noise].filter((line) => !/40[19]|422/.test(line))).toEqual([])
    for (const each of [buyer, desk]) await each.close()
  })

  it("goes the same way in English on a desktop, in a shop of another theme, down to the receipt", async () => {
    const english = await createTenant("day-en", host as never)
    await control({ op: "apply", manifest: manifestOf(english.id, { theme: "market" }), password: english.password }, host as never)
    await stockShop(new ShopClient(host, english), "orchard", 10)
    const { page, noise, close } = await visit(true, { viewport: { width: 1440, height: 900 } })
    const go = (to: string) => page.goto(`http://${english.host}:${new URL(host.url).port}${to}`)
    await go("/p/apple")
    await page.getByRole("button", { name: "Switch to English" }).click()
    await page.waitForSelector("html[lang=en][data-theme=market]")
    await page.getByRole("button", { name: "Buy now" }).click()
    await page.waitForURL(/\/checkout$/)
    for (const [name, value] of Object.entries({ ...RECIPIENT, province: "Zhejiang" })) await page.locator(`#${name}`).fill(value)
    await page.getByRole("button", { name: "Place order" }).click()
    await page.waitForURL(/\/order\//)
    const buyers = page.url()
    const code = (await page.locator(".fs-code b").innerText()).replace(/\s/g, "")
    await go("/workbench")
    await page.locator("[name=email]").fill(english.email)
    await page.locator("[name=password]").fill(english.password)
    await page.getByRole("button", { name: "Sign in" }).click()
    await page.getByRole("heading", { name: "Today" }).waitFor()
    await shoot(page, "home-desktop-en")
    await page.getByRole("link", { name: /New/ }).first().click()
    await page.getByRole("button", { name: "Accept", exact: true }).click()
    await page.getByRole("button", { name: "Packed" }).click()
    await page.getByRole("link", { name: "Hand over" }).last().waitFor()
    expect(await severeFindings(page)).toEqual([])
    await shoot(page, "orders-desktop-en")
    await go("/workbench/hand-over")
    await page.locator("[name=code]").fill(code)
    await page.getByRole("button", { name: "Hand over" }).click()
    await page.getByText(/Order #\d+ is handed over/).waitFor()
    await page.goto(buyers)
    await page.getByText("Picked up").waitFor()
    await go("/workbench/orders?state=done")
    await page.locator(".wb-card a").first().click()
    await page.getByRole("link", { name: "Print picking list and receipt" }).click()
    await page.locator(".wb-paper").first().waitFor()
    await page.emulateMedia({ media: "print" })
    await shoot(page, "print-en")
    expect(await page.locator(".wb-nav").isVisible()).toBe(false)
    expect(noise).toEqual([])
    await close()
  }, 90_000)

  it("changes stock and price, and invites a clerk, who sees orders and no goods", async () => {
    const desk = await visit()
    await signIn(desk)
    await desk.page.goto(desk.url("/workbench/products"))
    const before = await desk.page.locator(".wb-quick").first().innerText()
    await desk.page.getByRole("button", { name: "增加 10 件" }).click()
    await desk.page.waitForFunction((text) => document.querySelector<HTMLElement>(".wb-quick")?.innerText !== text, before)
    await desk.page.locator("[name=price]").fill("29.90")
    await desk.page.getByRole("button", { name: "改价" }).click()
    await desk.page.getByText(/29\.90/).first().waitFor()
    await shoot(desk.page, "products")
    await desk.page.goto(desk.url("/workbench/staff"))
    await desk.page.getByRole("button", { name: "生成邀请链接" }).click()
    const link = await desk.page.locator(".wb-invitation").inputValue()
    await shoot(desk.page, "staff")
    const clerk = await visit()
    await clerk.page.goto(clerk.url(new URL(link).pathname + new URL(link).search))
    await clerk.page.locator("[name=name]").fill("小李")
    await clerk.page.locator("[name=email]").fill("clerk@shop.example")
    await clerk.page.locator("[name=password]").fill("a-long-password")
    await clerk.page.getByRole("button", { name: "加入" }).click()
    await clerk.page.waitForURL(/joined=1/)
    await clerk.page.locator("[name=email]").fill("clerk@shop.example")
    await clerk.page.locator("[name=password]").fill("a-long-password")
    await clerk.page.getByRole("button", { name: "登录" }).click()
    await clerk.page.getByRole("heading", { name: "今日" }).waitFor()
    expect(await clerk.page.locator(".wb-nav").innerText()).not.toContain("商品")
    expect((await clerk.page.goto(clerk.url("/workbench/products")))?.status()).toBe(403)
    await clerk.page.getByText("没有权限").waitFor()
    for (const each of [desk, clerk]) await each.close()
  })

  it.each([["with", true], ["without", false]] as const)("%s scripts: puts a new product with photos into the shop, where buyers find it at once, and takes it off again", async (how, script) => {
    const desk = await visit(script)
    const { page, noise, url } = desk
    const photo = async (background: string) => ({ name: "photo.jpg", mimeType: "image/jpeg", buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background } }).jpeg().toBuffer() })
    const title = `沃柑 5 斤 ${how}`
    const shownInShop = async () => (await (await browser.newContext()).newPage()).goto(url("/search?q=沃柑")).then(async (answer) => (await answer?.text())?.includes(title))
    await signIn(desk)
    await page.goto(url("/workbench/products"))
    await page.getByRole("link", { name: "新增商品" }).click()
    await page.locator("#camera").setInputFiles(await photo("#e8772e"))
    await page.locator("[name=title]").fill(title)
    await page.locator("[name=price]").fill("免费")
    if (script) expect(await page.locator(".wb-photos p img").count()).toBe(1)
    await page.getByRole("button", { name: "上架", exact: true }).click()
    await page.locator("#price-error").waitFor()
    expect(await page.locator("[name=title]").inputValue()).toBe(title)
    if (script) expect(await severeFindings(page)).toEqual([])
    await page.locator("[name=price]").fill("29.9")
    await page.locator("[name=stock]").fill("12")
    await page.locator("#camera").setInputFiles(await photo("#e8772e"))
    await page.locator("#album").setInputFiles([await photo("#4a7c2c"), { name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") }])
    await shoot(page, `product-new-${how}-scripts`)
    await page.getByRole("button", { name: "上架", exact: true }).click()

    // One of the three was none: the others and the words are there.
    await page.getByText("图片用不了").waitFor()
    expect(await page.locator(".wb-pictures li").count()).toBe(2)
    expect(await shownInShop()).toBe(true)
    await page.locator(".wb-pictures li").nth(1).getByLabel("封面").check()
    await page.locator(".wb-pictures li").nth(0).getByLabel("移除").check()
    await page.getByRole("button", { name: "保存", exact: true }).click()
    await page.getByText("顾客现在就能看到").waitFor()
    expect(await page.locator(".wb-pictures li").count()).toBe(1)
    await shoot(page, `product-${how}-scripts`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await page.getByRole("button", { name: "下架" }).click()
    await page.getByText("顾客还看不到").waitFor()
    expect(await shownInShop()).toBe(false)
    await page.goto(url("/workbench/products?q=沃柑"))
    await page.locator("li", { hasText: title }).getByText("未上架").waitFor()
    expect(noise.filter((line) => !/\b422\b/.test(line))).toEqual([])
    await desk.close()
  }, 90_000)
})
