import { mkdirSync } from "node:fs"
import path from "node:path"
import { type SharedShops, ShopClient, type TestTenant, control, createTenant, manifestOf, sharedShops, stockShop } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
const DESKTOP = { viewport: { width: 1440, height: 900 } }
/** By the canal, at 拱宸桥. */
const AT_THE_CANAL = { latitude: 30.3201, longitude: 120.1381 }

let host: SharedShops
let browser: Browser
let small: TestTenant

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  small = await createTenant("slots", host)
  const name = { "zh-CN": "送货上门", en: "Home delivery" }
  const daily = { weekdays: [1, 2, 3, 4, 5, 6, 7], capacity: 1, cut_off_minutes: 0 }
  const manifest = manifestOf(small.id, {
    shipping_options: [{ code: "bring", kind: "delivery", name, price_amount: 500 }],
    delivery_slots: [{ ...daily, code: "noon", from: "11:00", to: "13:00" }, { ...daily, code: "late", from: "18:00", to: "20:00" }],
  })
  await control({ op: "apply", manifest, password: small.password }, host)
  await stockShop(new ShopClient(host, small), "果园", 20)
  browser = await launchChromium()
}, 180_000)
afterAll(() => browser?.close())

type Visit = { page: Page; noise: string[]; go: (to: string) => Promise<unknown>; close: () => Promise<void> }

async function visit(shop: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && !/\b(?:409|422|403)\b/.test(message.text()) && !message.location().url.includes("/static/") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  return { page, noise, go: (to) => page.goto(`http://${shop}.localhost:${new URL(host.url).port}${to}`), close: () => context.close() }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `delivery-${name}.png`), fullPage: true })
const main = (page: Page) => page.locator("main").innerText()

async function toCheckout({ page, go }: Visit, buy = "立即购买"): Promise<void> {
  await go("/")
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await page.getByRole("button", { name: buy }).click()
  await page.waitForURL(/\/checkout$/)
}

const fill = async (page: Page, fields: Record<string, string>) => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value)
}
const WHO = { name: "张小满", phone: "13800138000" }
const WHERE = { province: "浙江省", city: "杭州市", district: "西湖区", address: "文三路 8 号 2 幢 301" }
const ENGLISH = { name: "Zhang Xiaoman", phone: "13800138000", province: "Zhejiang", city: "Hangzhou", district: "Xihu", address: "8 Wensan Road" }

describe("who collects the goods", () => {
  it("on a phone lets the browser say where they are, sees the nearest point first, and needs no address", async () => {
    const v = await visit("community", { ...PHONE, geolocation: AT_THE_CANAL, permissions: ["geolocation"] })
    await toCheckout(v)
    expect((await v.page.reload())?.headers()["permissions-policy"]).toContain("geolocation=(self)")
    const points = v.page.locator(".fs-point")
    await v.page.getByRole("button", { name: "使用我的位置" }).waitFor()
    expect(await points.first().innerText()).not.toContain("拱宸桥")
    expect(await v.page.locator(".fs-distance").count()).toBe(0)
    await v.page.getByRole("button", { name: "使用我的位置" }).click()
    await v.page.getByText("已按距离排序").waitFor()
    expect(await points.first().innerText()).toMatch(/拱宸桥·运河小站[\s\S]*桥弄街 36 号[\s\S]*每天 8:00–21:00[\s\S]*10米/)
    expect(await points.first().locator("input").isChecked()).toBe(true)
    expect(await v.page.getByRole("link", { name: "拱宸桥·运河小站 0571-5550-1206" }).getAttribute("href")).toBe("tel:0571-5550-1206")
    expect(await severeFindings(v.page)).toEqual([])
    await shoot(v.page, "points-phone")
    await fill(v.page, WHO)
    await v.page.getByRole("button", { name: "提交订单" }).click()
    await v.page.waitForURL(/\/order\//)
    await v.page.locator(".fs-agreed").waitFor()
    expect(await v.page.locator(".fs-agreed").innerText()).toMatch(/自提点[\s\S]*拱宸桥·运河小站[\s\S]*0571-5550-1206/)
    expect(await v.page.locator(".fs-code b").innerText()).toMatch(/^\d{3} \d{3}$/)
    expect(await v.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await shoot(v.page, "order-phone")
    expect(v.noise).toEqual([])
    await v.close()
  })

  it("who does not let the browser say it is told so, and keeps the list by the address", async () => {
    const v = await visit("village", { ...PHONE, permissions: [] })
    await toCheckout(v)
    const locate = v.page.getByRole("button", { name: "使用我的位置" })
    await locate.waitFor()
    const before = await v.page.locator(".fs-point").allInnerTexts()
    expect(before.length).toBeGreaterThan(1)
    await locate.click()
    await v.page.getByText(/已按收货地址排序/).waitFor()
    expect(await v.page.locator(".fs-point").allInnerTexts()).toEqual(before)
    await v.close()
  })

  it("without scripts chooses a point, in English, and comes back to those of the own district first", async () => {
    const v = await visit("community", { ...DESKTOP, javaScriptEnabled: false })
    await v.go("/")
    await v.page.getByRole("button", { name: "Switch to English" }).click()
    await toCheckout(v, "Buy now")
    expect(await v.page.getByRole("button", { name: "Use my location" }).count()).toBe(0)
    await v.page.locator("summary").click()
    await v.page.locator(".fs-point", { hasText: "Sandun, Corner Station" }).locator("input").check()
    await v.page.getByRole("button", { name: "Place order" }).click()
    await v.page.locator("#phone-error").waitFor()
    expect(await v.page.locator(".fs-error").count()).toBe(2)
    expect(await v.page.locator(".fs-point", { hasText: "Sandun, Corner Station" }).locator("input").isChecked()).toBe(true)
    await fill(v.page, { name: ENGLISH.name, phone: ENGLISH.phone })
    await shoot(v.page, "points-desktop-en")
    await v.page.getByRole("button", { name: "Place order" }).click()
    await v.page.waitForURL(/\/order\//)
    expect(await v.page.locator(".fs-agreed").innerText()).toMatch(/Sandun, Corner Station\s+206 Zhenhua Road/)
    await v.close()
  })
})

describe("who has the goods brought", () => {
  it.each([["with", true], ["without", false]] as const)("%s scripts must choose a time, finds the days in tabs, and reads the time on the order", async (_how, javaScriptEnabled) => {
    const v = await visit("community", javaScriptEnabled ? { ...DESKTOP } : { ...PHONE, javaScriptEnabled })
    await v.go("/")
    if (javaScriptEnabled) {
      await v.page.getByRole("button", { name: "Switch to English" }).click()
      await v.page.waitForSelector("html[lang=en]")
    }
    await toCheckout(v, javaScriptEnabled ? "Buy now" : "立即购买")
    await v.page.locator(".fs-radio.is-delivery input").check()
    expect(await v.page.locator(".fs-point").first().isVisible()).toBe(false)
    await fill(v.page, javaScriptEnabled ? ENGLISH : { ...WHO, ...WHERE })
    const place = v.page.getByRole("button", { name: javaScriptEnabled ? "Place order" : "提交订单" })
    await place.click()
    await v.page.getByText(javaScriptEnabled ? "Choose a delivery time." : "请选择送货时段。").waitFor()
    const days = v.page.locator(".fs-slot-day")
    await v.page.locator(".fs-days label").nth(2).click()
    expect(await days.nth(2).isVisible()).toBe(true)
    expect(await days.nth(0).isVisible()).toBe(false)
    const slot = days.nth(2).locator(".fs-slot", { hasText: "14:00–16:00" })
    await slot.locator("input").check()
    if (javaScriptEnabled) expect(await severeFindings(v.page)).toEqual([])
    await shoot(v.page, javaScriptEnabled ? "slots-desktop-en" : "slots-phone")
    await place.click()
    await v.page.waitForURL(/\/order\//)
    await v.page.locator(".fs-agreed").waitFor()
    expect(await v.page.locator(".fs-agreed").innerText()).toMatch(/14:00\s*[–-]\s*16:00/)
    expect(v.noise).toEqual([])
    await v.close()
  })

  it("and wants the last place that somebody else just took keeps the cart and everything typed, and orders for another time", async () => {
    const [one, two] = [await visit(small.id, PHONE), await visit(small.id, PHONE)]
    for (const { page, go } of [one, two]) {
      await go("/p/apple")
      await page.getByRole("button", { name: "立即购买" }).click()
      await page.waitForURL(/\/checkout$/)
      await fill(page, { ...WHO, ...WHERE })
      await page.locator(".fs-days label").nth(1).click()
      await page.locator(".fs-slot-day").nth(1).locator(".fs-slot").first().locator("input").check()
    }
    await one.page.getByRole("button", { name: "提交订单" }).click()
    await one.page.waitForURL(/\/order\//)
    await two.page.getByRole("button", { name: "提交订单" }).click()
    await two.page.getByText("这个时段刚刚约满").waitFor()
    expect(await two.page.locator("#address").inputValue()).toBe(WHERE.address)
    const slots = two.page.locator(".fs-slot-day").nth(1).locator(".fs-slot")
    await slots.first().getByText("已约满").waitFor()
    expect(await slots.first().locator("input").isDisabled()).toBe(true)
    expect(await slots.nth(1).innerText()).toContain("剩 1 个")
    await shoot(two.page, "full-phone")
    await slots.nth(1).locator("input").check()
    await two.page.getByRole("button", { name: "提交订单" }).click()
    await two.page.waitForURL(/\/order\//)
    await two.page.locator(".fs-agreed").waitFor()
    expect(await main(two.page)).toMatch(/18:00\s*[–-]\s*20:00/)
    for (const each of [one, two]) await each.close()
  })
})

describe("at the desk", () => {
  const signIn = async ({ page, go }: Visit, email: string, password: string) => {
    await go("/workbench")
    await page.locator("[name=email]").fill(email)
    await page.locator("[name=password]").fill(password)
    await page.locator("form button").last().click()
    await page.locator(".wb-figures").waitFor()
  }
  const choose = (page: Page, name: string) => page.locator(`a[href="/workbench/${name}"]`).click()

  it.each([["a phone with scripts", PHONE, true], ["a desktop without", { ...DESKTOP, locale: "zh-CN" }, false]] as const)("the owner on %s adds a time, changes it, closes it; the buyer sees each at once", async (device, options, javaScriptEnabled) => {
    const v = await visit(small.id, { ...options, javaScriptEnabled })
    await signIn(v, small.email, small.password)
    await choose(v.page, "delivery")
    await choose(v.page, "delivery/slots/new")
    await v.page.locator("[name=from]").fill("06:00")
    await v.page.locator("[name=to]").fill("05:00")
    await v.page.getByRole("button", { name: "保存" }).click()
    await v.page.locator(".wb-problem").waitFor()
    expect(await v.page.locator(".wb-problem").innerText()).toContain("必须晚于开始时间")
    expect(await v.page.locator("[name=from]").inputValue()).toBe("06:00")
    await v.page.locator("[name=to]").fill("07:30")
    if (javaScriptEnabled) expect(await severeFindings(v.page)).toEqual([])
    await shoot(v.page, `desk-slot-${javaScriptEnabled ? "phone" : "desktop"}`)
    await v.page.getByRole("button", { name: "保存" }).click()
    await v.page.getByText("06:00–07:30").waitFor()
    const offered = async () => (await new ShopClient(host, small).ok<{ delivery_slots: { from: string; to: string }[] }>({ path: "/store/delivery-slots" })).delivery_slots.filter(({ from }) => from === "06:00").map(({ to }) => to)
    expect(new Set(await offered())).toEqual(new Set(["07:30"]))
    await v.page.getByRole("link", { name: /06:00–07:30/ }).click()
    await v.page.locator("[name=open]").selectOption("no")
    await v.page.getByRole("button", { name: "保存" }).click()
    await v.page.getByText("已停用").first().waitFor()
    expect(await offered()).toEqual([])
    await v.page.getByRole("link", { name: /06:00–07:30/ }).click()
    await v.page.locator("[name=from]").fill(`0${device.length % 5}:15`)
    await v.page.getByRole("button", { name: "保存" }).click()
    await v.page.getByText(`0${device.length % 5}:15–07:30`).waitFor()
    expect(v.noise).toEqual([])
    await v.close()
  })

  it("the owner adds a pick-up point in both languages, and reads on an order where it goes; a clerk finds no way to points", async () => {
    const v = await visit(small.id, PHONE)
    await signIn(v, small.email, small.password)
    await v.go("/workbench/delivery/points/new")
    const typed = { name_zh: "东门小店", name_en: "East Gate Store", province: "云南省", city: "昆明市", district: "五华区", address_zh: "人民路 2 号", address_en: "2 Renmin Road", position: "25.0453,102.7097", opening_hours_zh: "每天 8:00–20:00", opening_hours_en: "Daily 8:00–20:00" }
    for (const [name, value] of Object.entries(typed)) await v.page.locator(`[name=${name}]`).fill(value)
    await shoot(v.page, "desk-point-phone")
    await v.page.getByRole("button", { name: "保存" }).click()
    await v.page.getByText("东门小店").waitFor()
    await shoot(v.page, "desk-list-phone")
    expect(await severeFindings(v.page)).toEqual([])
    expect((await new ShopClient(host, small).ok<{ pick_up_points: { latitude: number; longitude: number }[] }>({ path: "/store/pick-up-points" })).pick_up_points).toMatchObject([{ latitude: 25.0453, longitude: 102.7097 }])
    await v.go("/workbench/orders")
    await v.page.getByText(/送货时间：.*11:00/).first().waitFor()
    await shoot(v.page, "desk-orders-phone")
    const client = new ShopClient(host, small)
    const { invitation } = await client.post<{ invitation: { token: string } }>("/admin/workbench/invitations", { role: "clerk", merchant_id: null })
    await client.post("/store/staff-invitations", { token: invitation.token, name: "小李", email: "clerk@slots.example", password: "a-long-password" })
    const clerk = await visit(small.id, PHONE)
    await signIn(clerk, "clerk@slots.example", "a-long-password")
    expect(await clerk.page.locator('a[href="/workbench/delivery"]').count()).toBe(0)
    await clerk.go("/workbench/delivery")
    await clerk.page.getByText("没有权限").waitFor()
    for (const each of [v, clerk]) await each.close()
  })

  it("the page reads no Chinese in English", async () => {
    const v = await visit(small.id, DESKTOP)
    await v.go("/")
    await v.page.getByRole("button", { name: "Switch to English" }).click()
    await v.page.waitForSelector("html[lang=en]")
    await signIn(v, small.email, small.password)
    for (const to of ["", "/points/new", "/slots/new"]) {
      await v.go(`/workbench/delivery${to}`)
      expect((await main(v.page)).match(/[\u3400-\u9fff]+/g)).toBeNull()
    }
    await v.go("/workbench/delivery")
    await shoot(v.page, "desk-list-desktop-en")
    await v.close()
  })
})
