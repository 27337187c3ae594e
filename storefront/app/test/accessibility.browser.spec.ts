import { type SharedShops, sharedShops } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import type { Browser, Page } from "playwright-core"

/** A shop of each theme. */
const SHOPS = { market: "community", night: "ktv", salon: "bonded", default: "auto" }

let host: SharedShops
let browser: Browser

beforeAll(async () => {
  host = await sharedShops("demo")
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

const url = (tenant: string, to: string) => `http://${tenant}.localhost:${new URL(host.url).port}${to}`

type Size = { width: number; height: number }
const DESKTOP = { width: 1440, height: 900 }
/** A page is opened once and looked at in each of these; what it looks like is for the style sheet to say. */
const WAYS: [name: string, viewport: Size, colorScheme: "light" | "dark"][] = [["a phone", { width: 390, height: 844 }, "light"], ["a phone in the dark", { width: 390, height: 844 }, "dark"], ["a desktop", DESKTOP, "light"]]

const open = async (viewport: Size) => (await browser.newContext({ viewport, reducedMotion: "reduce" })).newPage()

async function findingsOfEveryPage(tenant: string, page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  const look = async (name: string, at = page) => {
    for (const [way, viewport, colorScheme] of WAYS) {
      await at.setViewportSize(viewport)
      await at.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      const here = await severeFindings(at)
      if (here.length) found[`${name} on ${way}`] = here
    }
  }
  await page.goto(url(tenant, "/"))
  await look("home")
  await page.goto(url(tenant, (await page.locator(".fs-strip a").nth(1).getAttribute("href")) ?? ""))
  await look("category")
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await page.waitForURL(/\/p\//)
  await look("product")
  const product = page.url()
  await page.goto(`${product}/share`)
  await look(new URL(page.url()).pathname)
  // With a network it opens itself again every few seconds.
  const offline = await page.context().newPage()
  await offline.goto(url(tenant, "/offline"))
  await page.context().setOffline(true)
  await look("/offline", offline)
  await offline.close()
  await page.context().setOffline(false)
  await page.goto(product)
  await page.locator(".fs-buy button[value=add]").click()
  await page.waitForURL(/\/cart$/)
  await look("cart")
  await page.goto(url(tenant, "/checkout"))
  await look("checkout")
  await page.locator(".fs-two button.fs-button").last().click()
  await page.locator("#phone-error").waitFor()
  await look("checkout with complaints")
  for (const to of ["/search?q=none-such-thing", "/account", "/account/sign-in?by=password", "/nothing-here", "/workbench/login"]) {
    await page.goto(url(tenant, to))
    await look(to)
  }
  await page.context().close()
  return found
}

describe.each(Object.entries(SHOPS))("the theme %s", (_theme, tenant) => {
  it("has nothing serious or critical for axe-core on any page, on a phone, on a phone in the dark, and on a desktop", async () => {
    expect(await findingsOfEveryPage(tenant, await open(DESKTOP))).toEqual({})
  }, 300_000)

  it("has nothing on its home page that moves by itself for longer than five seconds, as WCAG 2.2.2 asks", async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: "no-preference" })
    await page.goto(url(tenant, "/"))
    const longest = await page.evaluate(() => Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime))))
    expect(longest).toBeLessThanOrEqual(5_000)
    await page.context().close()
  })
})

describe("with the keyboard alone", () => {
  it("a shopper goes from a product to a placed order", async () => {
    const page = await open(DESKTOP)
    await page.goto(url("auto", "/"))
    await page.goto(url("auto", (await page.locator(".fs-card:not(.is-sold-out) a").first().getAttribute("href")) ?? ""))
    await page.waitForLoadState("networkidle")
    /** Goes on by Tab until the focus is on what is looked for. */
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab")
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
      }
      throw new Error(`the focus never came to ${selector}`)
    }
    await tabTo("button[name=intent][value=buy]")
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/checkout$/)
    await page.waitForLoadState("networkidle")
    for (const [name, value] of Object.entries({ name: "张小满", phone: "13800138000", province: "浙江省", city: "杭州市", district: "余杭区", address: "文一西路1218号" })) {
      await tabTo(`#${name}`)
      await page.keyboard.type(value)
    }
    await tabTo(".fs-two aside p > button.fs-button")
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/order\//)
    await page.context().close()
  })
})
