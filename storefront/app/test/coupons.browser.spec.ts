import { mkdirSync } from "node:fs"
import path from "node:path"
import { type SharedShops, asOwner, sharedShops } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import type { Browser, Page } from "playwright-core"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1440, height: 900 } }

const ZH = { add: "加入购物车", apply: "使用", remove: "移除", place: "提交订单", unknown: "没有这个优惠码", thanks: "下单成功" }
const EN = { add: "Add to cart", apply: "Apply", remove: "Remove", place: "Place order", unknown: "There is no such coupon code", thanks: "Thank you for your order" }
/** A phone that nobody else gives at these shops. */
const RECIPIENT = { name: "张小满", phone: "13800138077", province: "浙江省", city: "杭州市", district: "余杭区", address: "文一西路1218号 2幢301" }

let host: SharedShops
let browser: Browser

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

const total = async (page: Page) => Number((await page.locator(".fs-sums dd.is-total").innerText()).replace(/[^\d.]/g, ""))
const off = async (page: Page) => Number((await page.locator(".fs-sums .fs-off").innerText()).replace(/[^\d.]/g, ""))
const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `coupons-${name}.png`), fullPage: true })
const ordersOf = (tenant: string) => asOwner(host.ownerUrl, 'select o.id from "order" o join order_address a on a.id = o.shipping_address_id where o.tenant_id = $1 and a.phone = $2', [tenant, RECIPIENT.phone])

/** Goods of a shop that are in stock and cost more than so many yuan. */
async function handleAbove(tenant: string, least: number): Promise<string> {
  const [row] = await asOwner<{ handle: string }>(
    host.ownerUrl,
    `select p.handle from product p join product_variant v on v.product_id = p.id join product_variant_price_set l on l.variant_id = v.id join price on price.price_set_id = l.price_set_id
     join product_variant_inventory_item s on s.variant_id = v.id join inventory_level i on i.inventory_item_id = s.inventory_item_id
     where p.tenant_id = $1 group by p.handle having min(price.amount) > $2 and min(i.stocked_quantity) > 5 order by p.handle limit 1`,
    [tenant, least],
  )
  return row?.handle ?? ""
}

/** A page with scripts is alive once React holds it. */
const alive = (page: Page, script: boolean) => (script ? page.waitForFunction(() => Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber"))) : undefined)

describe("a coupon", () => {
  it.each([
    ["phone, Chinese, with scripts", true, PHONE, "village", ZH, "maofeng-first-pick", "cunli10", 98, 10],
    ["phone, Chinese, without scripts", false, PHONE, "community", ZH, 45, "linli5", null, 5],
    ["desktop, English, with scripts", true, DESKTOP, "ktv", EN, "vip-room-daytime", "chang50", 428, 50],
    ["desktop, English, without scripts", false, DESKTOP, "bonded", EN, 220, "haitao20", null, 20],
  ] as const)("%s: a wrong one says so, a right one is a line of its own in cart, checkout and order", async (_how, script, device, tenant, words, goods, code, price, taken) => {
    const context = await browser.newContext({ ...device, javaScriptEnabled: script, locale: "zh-CN" })
    const page = await context.newPage()
    const noise: string[] = []
    page.on("console", (message) => message.type() === "error" && !/\b422\b/.test(message.text()) && noise.push(message.text()))
    page.on("pageerror", (error) => noise.push(error.message))
    const go = (to: string) => page.goto(`http://${tenant}.localhost:${new URL(host.url).port}${to}`)
    const shot = `${tenant}-${script ? "with" : "without"}`
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click()

    await go(`/p/${typeof goods === "string" ? goods : await handleAbove(tenant, goods)}`)
    if (words === EN) {
      await page.getByRole("button", { name: "EN" }).first().click()
      await page.getByRole("button", { name: words.add }).waitFor()
    }
    await alive(page, script)
    await press(words.add)
    await page.waitForURL(/\/cart$/)
    await alive(page, script)
    const before = await total(page)
    if (price !== null) expect(before).toBe(price)

    await page.locator("#coupon_code").fill("nosuch1")
    await press(words.apply)
    await page.locator("#coupon-error").waitFor()
    expect(await page.locator("#coupon-error").innerText()).toContain(words.unknown)
    expect([await page.locator("#coupon_code").inputValue(), await total(page)]).toEqual(["nosuch1", before])
    if (script) {
      expect(await severeFindings(page)).toEqual([])
      expect(await page.locator("#coupon_code").evaluate((input) => input === document.activeElement)).toBe(true)
    }
    await shoot(page, `${shot}-wrong`)

    await page.locator("#coupon_code").fill(code)
    await press(words.apply)
    await page.locator(".fs-sums .fs-off").waitFor()
    expect([await off(page), await total(page)]).toEqual([taken, Number((before - taken).toFixed(2))])
    expect(await page.locator(".fs-sums").innerText()).toContain(code.toUpperCase())
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    if (script) expect(await severeFindings(page)).toEqual([])
    await shoot(page, `${shot}-cart`)

    // In the checkout it comes off and on again, and what was typed of the address stays.
    await go("/checkout")
    await alive(page, script)
    expect(await off(page)).toBe(taken)
    for (const [name, value] of Object.entries(RECIPIENT)) await page.locator(`#${name}`).fill(value)
    await page.locator("p.fs-coupon").getByRole("button", { name: words.remove }).click()
    await page.locator("#coupon_code").waitFor()
    expect([await total(page), await page.locator("#address").inputValue()]).toEqual([before, RECIPIENT.address])
    // Typed and not applied: pressing the order's button applies it first and shows what it does.
    await page.locator("#coupon_code").fill(code)
    await press(words.place)
    await page.locator(".fs-sums .fs-off").waitFor()
    expect([await total(page), await ordersOf(tenant)]).toEqual([Number((before - taken).toFixed(2)), []])
    if (script) expect(await severeFindings(page)).toEqual([])
    await shoot(page, `${shot}-checkout`)
    await press(words.place)
    await page.getByText(words.thanks).waitFor()
    expect(await off(page)).toBe(taken)
    expect(await page.locator(".fs-sums").innerText()).toContain(code.toUpperCase())
    if (script) expect(await severeFindings(page)).toEqual([])
    await shoot(page, `${shot}-order`)
    expect(await ordersOf(tenant)).toHaveLength(1)
    expect(noise).toEqual([])
    await context.close()
  }, 90_000)

  it("that ends while the checkout is open is taken off before anybody pays more than they saw", async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false, locale: "zh-CN" })
    const page = await context.newPage()
    const go = (to: string) => page.goto(`http://auto.localhost:${new URL(host.url).port}${to}`)
    await go(`/p/${await handleAbove("auto", 320)}`)
    await page.getByRole("button", { name: ZH.add, exact: true }).click()
    await go("/cart")
    const before = await total(page)
    await page.locator("#coupon_code").fill("BAOYANG30")
    await page.getByRole("button", { name: ZH.apply, exact: true }).click()
    await page.locator(".fs-off").waitFor()
    await go("/checkout")
    for (const [name, value] of Object.entries(RECIPIENT)) await page.locator(`#${name}`).fill(value)
    await asOwner(host.ownerUrl, "update promotion set status = 'inactive' where tenant_id = 'auto' and code = 'BAOYANG30'")
    await page.getByRole("button", { name: ZH.place, exact: true }).click()
    await page.getByText("优惠码不能用了").waitFor()
    expect([await total(page), await ordersOf("auto")]).toEqual([before, []])
    expect(await page.locator("#coupon-error").innerText()).toContain("BAOYANG30")
    // A code that was refused and left standing does not keep anybody from ordering.
    await page.locator("#coupon_code").fill("nosuch1")
    await page.getByRole("button", { name: ZH.place, exact: true }).click()
    await page.getByText(ZH.unknown).waitFor()
    expect(await ordersOf("auto")).toEqual([])
    await shoot(page, "auto-ended")
    await page.getByRole("button", { name: ZH.place, exact: true }).click()
    await page.getByText(ZH.thanks).waitFor()
    expect(await page.locator(".fs-off").count()).toBe(0)
    await context.close()
  }, 60_000)
})
