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

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  tenant = await createTenant("back", host)
  client = new ShopClient(host, tenant)
  shop = await stockShop(client, "果园", 20)
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

type Visit = { page: Page; noise: string[]; go: (to: string) => Promise<unknown>; close: () => Promise<void> }
const address = (to = "") => `http://${tenant.host}:${new URL(host.url).port}${to}`

async function visit(javaScriptEnabled: boolean, device: object = PHONE): Promise<Visit> {
  const context = await browser.newContext({ ...device, javaScriptEnabled })
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && !/\b(?:409|422)\b/.test(message.text()) && !decodeURIComponent(message.location().url).includes("/static/果园") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  return { page, noise, go: (to) => page.goto(address(to)), close: () => context.close() }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `after-sales-${name}.png`), fullPage: true })
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)

async function signInOnPage({ page, go }: Visit, phone: string): Promise<string> {
  await go("/account/sign-in")
  await page.locator("#phone").fill(phone)
  await page.getByRole("button", { name: "获取验证码" }).click()
  await page.locator("#code").waitFor()
  await page.locator("#code").fill(await latestCode(tenant.id, phone, host))
  await page.getByRole("button", { name: "登录", exact: true }).click()
  await page.getByRole("button", { name: "退出登录" }).waitFor()
  const token = (await page.context().cookies()).find(({ name }) => name === "fs_member")?.value ?? ""
  return JSON.parse(Buffer.from(decodeURIComponent(token), "base64").toString()) as string
}

async function signInAtDesk({ page, go }: Visit): Promise<void> {
  await go("/workbench")
  await page.locator("[name=email]").fill(tenant.email)
  await page.locator("[name=password]").fill(tenant.password)
  await page.getByRole("button", { name: "登录" }).click()
  await page.getByRole("heading", { name: "今日" }).waitFor()
}

/** Two boxes in the hands of a member, or of a guest. */
async function receive(token: string | null): Promise<string> {
  const { order } = await buy(client, shop, "buyer", { quantity: 2, ...(token ? { token } : {}) })
  await client.ok({ path: "/admin/workbench/parcels?state=new" })
  const parcel = (await asOwner<{ id: string; pick_up_code: string }>(host.ownerUrl, "select id, pick_up_code from parcel where order_id = $1", [order.id]))[0]
  await client.post(`/admin/workbench/parcels/${parcel?.id ?? ""}/accept`, {})
  await client.post(`/admin/workbench/parcels/${parcel?.id ?? ""}/pack`, {})
  await client.post("/admin/workbench/hand-over", { code: parcel?.pick_up_code ?? "" })
  return order.id
}

describe("after the sale", () => {
  it("a member sends goods back: asks with a photo, is agreed to, sends, and has the money, with every step to be seen by both", async () => {
    const [buyer, desk] = [await visit(true), await visit(true)]
    const token = await signInOnPage(buyer, "13600000001")
    await buyer.go("/account/after-sales")
    await buyer.page.getByText("还没有售后申请").waitFor()
    expect(await severeFindings(buyer.page)).toEqual([])
    await shoot(buyer.page, "empty")
    const order = await receive(token)
    await buyer.go(`/account/orders/${order}`)
    await buyer.page.getByRole("link", { name: /申请售后/ }).click()
    await buyer.page.getByRole("heading", { name: "申请售后" }).waitFor()
    await buyer.page.getByText("最多可退 ¥79.80").waitFor()
    await buyer.page.locator("#quantity").fill("1")
    await buyer.page.getByText("最多可退 ¥39.90").waitFor()
    await buyer.page.locator("#pictures").setInputFiles({ name: "apple.jpg", mimeType: "image/jpeg", buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background: "#b5442f" } }).jpeg().toBuffer() })
    await buyer.page.getByRole("button", { name: "提交申请" }).click()

    // No reason chosen: the photo is not lost by it.
    await buyer.page.locator("#reason-error").waitFor()
    expect(await buyer.page.locator("[name=sent]").count()).toBe(1)
    expect(await severeFindings(buyer.page)).toEqual([])
    expect(await fits(buyer.page)).toBe(true)
    await shoot(buyer.page, "form")
    await buyer.page.locator("#reason").selectOption("damaged")
    await buyer.page.locator("#text").fill("压坏了一箱")
    await buyer.page.getByRole("button", { name: "提交申请" }).click()
    await buyer.page.getByRole("heading", { name: "退货退款 · 等待商家处理" }).waitFor()
    const detail = new URL(buyer.page.url()).pathname

    await signInAtDesk(desk)
    await shoot(desk.page, "desk-home")
    await desk.page.getByRole("link", { name: /售后待处理/ }).click()
    await desk.page.getByText("压坏了一箱").waitFor()
    expect(await desk.page.locator(".wb-pictures img").count()).toBe(1)
    expect(await severeFindings(desk.page)).toEqual([])
    expect(await fits(desk.page)).toBe(true)
    await shoot(desk.page, "desk-asked")
    await desk.page.locator("[name=amount]").fill("30")
    await desk.page.getByRole("button", { name: "同意", exact: true }).click()
    await desk.page.getByRole("alert").waitFor()
    await desk.page.locator("[name=amount]").fill("39.90")
    await desk.page.getByRole("button", { name: "同意", exact: true }).click()
    await desk.page.getByText("这里没有售后").waitFor()

    await buyer.go(detail)
    await buyer.page.getByText("人民路1号").waitFor()
    await shoot(buyer.page, "approved")
    await buyer.page.getByRole("button", { name: "我已寄出" }).click()
    await buyer.page.locator("#tracking_number-error").waitFor()
    await buyer.page.locator("#carrier").fill("顺丰速运")
    await buyer.page.locator("#tracking_number").fill("SF1234567")
    await buyer.page.getByRole("button", { name: "我已寄出" }).click()
    await buyer.page.getByRole("heading", { name: "退货退款 · 已寄回" }).waitFor()

    await desk.go("/workbench/after-sales?list=sent_back")
    await desk.page.getByText("SF1234567").waitFor()
    await desk.page.getByLabel("商品完好，退回库存").check()
    await desk.page.getByRole("button", { name: "确认收到退货" }).click()
    await desk.page.getByText("这里没有售后").waitFor()
    await desk.go("/workbench/after-sales?list=received")
    await desk.page.getByRole("button", { name: "登记退款 ¥39.90" }).click()
    await desk.page.getByText("这里没有售后").waitFor()
    await desk.go("/workbench/after-sales?list=closed")
    await desk.page.getByText("已退款 ¥39.90").waitFor()

    await buyer.go(detail)
    await buyer.page.getByText("已退款 ¥39.90").waitFor()
    expect(await buyer.page.locator(".fs-timeline li.is-done").count()).toBe(5)
    expect(await severeFindings(buyer.page)).toEqual([])
    await shoot(buyer.page, "done")
    await buyer.page.setViewportSize(DESKTOP.viewport)
    await buyer.go("/account/after-sales")
    await buyer.page.getByRole("link", { name: /已完成/ }).waitFor()
    await buyer.page.getByRole("button", { name: "EN" }).first().click()
    await buyer.page.getByRole("heading", { name: "Returns and refunds" }).waitFor()
    await buyer.page.getByRole("link", { name: /Complete/ }).click()
    await buyer.page.getByText("¥39.90 was refunded").waitFor()
    expect(await severeFindings(buyer.page)).toEqual([])
    await shoot(buyer.page, "done-en-desktop")
    expect([...buyer.noise, ...desk.noise]).toEqual([])
    for (const each of [buyer, desk]) await each.close()
  }, 120_000)

  it("a guest asks on the page of their order without scripts, takes it back after being asked once more, and whoever has no such page finds none", async () => {
    const order = await receive(null)
    const [guest, stranger] = [await visit(false), await visit(false)]
    await guest.page.context().addCookies([{ name: "fs_orders", value: encodeURIComponent(Buffer.from(JSON.stringify([order])).toString("base64")), url: address() }])
    await guest.go(`/order/${order}`)
    await guest.page.getByRole("link", { name: /申请售后/ }).click()
    const form = guest.page.url()
    await guest.page.getByLabel(/仅退款/).check()
    await guest.page.locator("#reason").selectOption("missing")
    await guest.page.locator("#amount").fill("100")
    await guest.page.getByRole("button", { name: "提交申请" }).click()
    await guest.page.locator("#amount-error").waitFor()
    await guest.page.locator("#amount").fill("12.5")
    await guest.page.getByRole("button", { name: "提交申请" }).click()
    await guest.page.getByRole("heading", { name: "仅退款 · 等待商家处理" }).waitFor()
    const detail = guest.page.url()
    expect(await guest.page.locator("main").innerText()).toContain("¥12.50")
    for (const to of [form, detail]) expect((await stranger.page.goto(to))?.status()).toBe(404)
    await guest.page.getByRole("button", { name: "撤销申请" }).click()
    await guest.page.getByRole("button", { name: "确定撤销" }).click()
    await guest.page.getByRole("heading", { name: "仅退款 · 已撤销" }).waitFor()
    await guest.page.getByRole("link", { name: "查看订单" }).click()
    await guest.page.getByRole("link", { name: /申请售后/ }).waitFor()
    await shoot(guest.page, "guest-order")
    expect(guest.noise).toEqual([])
    for (const each of [guest, stranger]) await each.close()
  }, 60_000)

  it.each([["a phone with scripts", PHONE, true], ["a desktop without", { ...DESKTOP, locale: "zh-CN" }, false]] as const)("a member on %s sees that there is news, opens it where it happened, and marks the rest as read", async (device, options, javaScriptEnabled) => {
    const { page, noise, go, close } = await visit(javaScriptEnabled, options)
    const token = await signInOnPage({ page, noise, go, close }, `1360000001${Number(javaScriptEnabled)}`)
    await go("/account/notices")
    await page.getByText("还没有消息").waitFor()
    const order = await receive(token)
    await go("/account")
    await page.getByRole("link", { name: "消息 3 条未读" }).click()
    await page.getByText("订单已备好").waitFor()
    expect(await page.getByLabel("未读").count()).toBe(3)
    if (javaScriptEnabled) {
      expect(await page.locator(".fs-tabs a", { hasText: "我的" }).innerText()).toMatch(/3/)
      expect(await severeFindings(page)).toEqual([])
    }
    expect(await fits(page)).toBe(true)
    await shoot(page, `notices-${javaScriptEnabled ? "phone" : "desktop"}`)
    await page.getByRole("button", { name: /订单已备好/ }).click()
    await page.waitForURL(new RegExp(`/account/orders/${order}$`))
    await go("/account/notices")
    await page.getByRole("button", { name: "Switch to English" }).click()
    await page.getByText("Your order is ready").waitFor()
    expect(await page.getByLabel("Unread").count()).toBe(2)
    await page.getByRole("button", { name: "Mark all as read" }).click()
    await page.getByRole("button", { name: "Mark all as read" }).waitFor({ state: "detached" })
    expect(await page.getByLabel("Unread").count()).toBe(0)
    await shoot(page, `notices-read-${device.split(" ")[1] ?? ""}-en`)
    expect(noise).toEqual([])
    await close()
  }, 60_000)
})
