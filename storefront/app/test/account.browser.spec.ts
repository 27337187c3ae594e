import { mkdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { type SharedShops, latestCode, passTime, sharedShops } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser, Page } from "playwright-core"

const SHOTS = path.resolve(__dirname, "../../../.data/screenshots")
const SHOP = "community"
const PASSWORD = "correct horse"

let host: SharedShops
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

type Visit = { page: Page; noise: string[]; go: (to: string) => Promise<void>; shot: (name: string) => Promise<void>; close: () => Promise<void> }

async function visit(javaScriptEnabled: boolean): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN", javaScriptEnabled })
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && !/\b(?:409|422)\b/.test(message.text()) && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  const { port } = new URL(host.url)
  return {
    page,
    noise,
    go: async (to) => void (await page.goto(`http://${SHOP}.localhost:${port}${to}`)),
    shot: async (name) => void (await page.screenshot({ path: path.join(SHOTS, `account-${name}.png`), fullPage: true })),
    close: () => context.close(),
  }
}

const main = (page: Page) => page.locator("main").innerText()
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click()
const fill = async (page: Page, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) await page.locator(`#${name}`).fill(value)
}

/** From the form of the number to the page that follows. */
async function signIn({ page }: Visit, phone: string): Promise<void> {
  await fill(page, { phone })
  await press(page, "获取验证码")
  await page.locator("#code").waitFor()
  await fill(page, { code: await latestCode(SHOP, phone, host) })
  await press(page, "登录")
}

async function journey(v: Visit, phone: string, shots: boolean): Promise<void> {
  const { page, go } = v
  const shot = async (name: string) => (shots ? v.shot(name) : undefined)
  await go("/")
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await page.locator(".fs-product h1").waitFor()
  const title = await page.locator(".fs-product h1").innerText()
  await press(page, "加入购物车")
  await page.locator(".fs-line").waitFor()
  await page.getByRole("link", { name: "我的", exact: true }).last().click()
  await page.locator("#phone").waitFor()
  await shot("sign-in")
  await fill(page, { phone: "12345" })
  await press(page, "获取验证码")
  await page.locator("#phone-error").waitFor()
  await signIn(v, phone)
  await page.getByRole("button", { name: "退出登录" }).waitFor()
  expect(await main(page)).toContain(`${phone.slice(0, 3)}****${phone.slice(-4)}`)
  await shot("home")

  await page.getByRole("link", { name: "收货地址" }).click()
  await page.getByRole("link", { name: "新增地址" }).click()
  await page.locator("#province").waitFor()
  await fill(page, { name: "张小满", phone: "138 0013 8000", province: "浙江", city: "苏州市", district: "余杭区", address: "文一西路1218号" })
  await press(page, "保存")
  await page.locator("#city-error").waitFor()
  await shot("address")
  await fill(page, { city: "杭州市" })
  await press(page, "保存")
  await page.locator(".fs-badge").waitFor()
  await shot("addresses")

  await go("/checkout")
  await page.locator(".fs-radio input[name=address_id]").first().waitFor()
  await shot("checkout")
  await press(page, "提交订单")
  await page.locator(".fs-done").waitFor()
  expect(await main(page)).toContain("杭州市 余杭区 文一西路1218号")
  await go("/account/orders")
  expect(await main(page)).toMatch(new RegExp(`已下单[\\s\\S]*${title.slice(0, 6).replace(/[^\p{L}\p{N}]/gu, ".")}`, "u"))
  await shot("orders")
  await page.locator(".fs-order-card").first().click()
  await page.locator(".fs-timeline").waitFor()
  await shot("order")
  await press(page, "取消订单")
  await press(page, "确定取消")
  await page.locator("h1", { hasText: "已取消" }).waitFor()
  expect(await page.getByRole("button", { name: "取消订单" }).count()).toBe(0)

  await go("/")
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await press(page, "收藏")
  await page.locator(".fs-heart[aria-pressed=true]").waitFor()
  await go("/account/favourites")
  await page.locator(".fs-card", { hasText: title }).waitFor()

  await go("/account/profile")
  await fill(page, { name: "小满", email: "nonsense" })
  await press(page, "保存")
  await page.locator("#email-error").waitFor()
  await fill(page, { email: `m${phone}@example.com` })
  await press(page, "保存")
  await page.getByText("已保存").waitFor()

  await go("/account/password")
  await passTime(SHOP, 60_000, host)
  await press(page, "获取验证码")
  await page.locator("#code").waitFor()
  await fill(page, { code: await latestCode(SHOP, phone, host), password: "12345678" })
  await shot("password")
  await press(page, "保存")
  await page.locator("#password-error").waitFor()
  await fill(page, { password: PASSWORD })
  await press(page, "保存")
  await page.getByText("密码已保存").waitFor()
  await go("/account")
  await press(page, "退出登录")
  await go("/account/sign-in?back=/account/profile")
  await page.getByRole("link", { name: "用密码登录" }).click()
  await page.locator("#password").waitFor()
  await fill(page, { phone, password: "wrong password" })
  await press(page, "登录")
  await page.locator("#password-error").waitFor()
  await shot("sign-in-password")
  await fill(page, { password: PASSWORD })
  await press(page, "登录")
  await page.waitForURL(/\/account\/profile$/)

  await go("/account/privacy")
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载" }).click()])
  expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toMatchObject({ profile: { first_name: "小满", phone }, addresses: [{ city: "杭州市" }], orders: [{ status: "canceled" }], favourites: [{}] })
  await press(page, "注销账号")
  await passTime(SHOP, 60_000, host)
  await press(page, "获取验证码")
  await page.locator("#code").waitFor()
  await shot("erase")
  await fill(page, { code: await latestCode(SHOP, phone, host) })
  await press(page, "永久注销")
  await page.getByText("账号已注销").waitFor()
  await go("/account/orders")
  await page.locator("#phone").waitFor()
}

describe("a member on a phone", () => {
  it("signs in by code, keeps an address, buys, cancels, keeps a favourite, takes the data along and is erased, without an error in the console", async () => {
    const v = await visit(true)
    await journey(v, "13700000001", true)
    expect(v.noise).toEqual([])
    await v.close()
  })

  it("does all of it with scripts off", async () => {
    const v = await visit(false)
    await journey(v, "13700000002", false)
    await v.close()
  })

  it("signs out and leaves neither account nor cart behind, and finds the cart again after signing in", async () => {
    const v = await visit(true)
    await v.go("/account")
    await signIn(v, "13700000003")
    await v.page.getByRole("button", { name: "退出登录" }).waitFor()
    await v.go("/")
    await v.page.locator(".fs-card:not(.is-sold-out) a").first().click()
    await press(v.page, "加入购物车")
    await v.page.locator(".fs-line").waitFor()
    await v.go("/account")
    await press(v.page, "退出登录")
    await v.page.locator(".fs-hero-banner").waitFor()
    await v.go("/cart")
    await v.page.getByText("购物车还是空的").waitFor()
    await passTime(SHOP, 60_000, host)
    await v.go("/account/sign-in?back=/cart")
    await signIn(v, "13700000003")
    await v.page.locator(".fs-line").waitFor()
    await v.close()
  })
})
