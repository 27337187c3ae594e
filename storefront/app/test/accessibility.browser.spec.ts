import { readFileSync } from "node:fs"
import path from "node:path"
import { type HostProcess, type TestDatabase, cloneDatabase, startHostProcess } from "@fangshi/testing"
import type { AxeResults } from "axe-core"
import { type Browser, type Page, chromium } from "playwright-core"

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")
const SEVERE = new Set(["serious", "critical"])
/** A shop of each theme. */
const SHOPS = { market: "community", night: "ktv", salon: "bonded", default: "auto" }

let database: TestDatabase
let host: HostProcess
let browser: Browser

beforeAll(async () => {
  database = await cloneDatabase("demoTemplate")
  host = await startHostProcess(database, { FANGSHI_DATA: path.join(process.env.FANGSHI_TEST_DATA ?? "", "demo"), FANGSHI_TEST_STOREFRONT: "1" })
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await host?.kill()
  await database?.drop()
})

const url = (tenant: string, to: string) => `http://${tenant}.localhost:${new URL(host.url).port}${to}`

/** What axe-core finds to be serious or critical: rule, place, and what it saw. */
async function findings(page: Page): Promise<string[]> {
  await page.waitForLoadState("networkidle")
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({ resultTypes: ["violations"] }))
  return violations.filter(({ impact }) => SEVERE.has(impact ?? "")).flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${(failureSummary ?? "").split("\n").at(1)?.trim() ?? ""}`))
}

const open = async (viewport: { width: number; height: number }, colorScheme: "light" | "dark") => (await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" })).newPage()

async function findingsOfEveryPage(tenant: string, page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  const look = async (name: string) => {
    const here = await findings(page)
    if (here.length) found[name] = here
  }
  await page.goto(url(tenant, "/"))
  await look("home")
  await page.goto(url(tenant, (await page.locator(".fs-strip a").nth(1).getAttribute("href")) ?? ""))
  await look("category")
  await page.locator(".fs-card:not(.is-sold-out) a").first().click()
  await page.waitForURL(/\/p\//)
  await look("product")
  await page.locator(".fs-buy button[value=add]").click()
  await page.waitForURL(/\/cart$/)
  await look("cart")
  await page.goto(url(tenant, "/checkout"))
  await look("checkout")
  await page.locator(".fs-two button.fs-button").last().click()
  await page.locator("#phone-error").waitFor()
  await look("checkout with complaints")
  for (const to of ["/search?q=none-such-thing", "/account", "/nothing-here", "/workbench/login"]) {
    await page.goto(url(tenant, to))
    await look(to)
  }
  await page.context().close()
  return found
}

describe.each(Object.entries(SHOPS))("the theme %s", (_theme, tenant) => {
  it.each([
    ["a phone", { width: 390, height: 844 }, "light"],
    ["a phone in the dark", { width: 390, height: 844 }, "dark"],
    ["a desktop", { width: 1440, height: 900 }, "light"],
  ] as const)("has nothing serious or critical for axe-core on any page, on %s", async (_device, viewport, scheme) => {
    expect(await findingsOfEveryPage(tenant, await open(viewport, scheme))).toEqual({})
  })
})

describe("with the keyboard alone", () => {
  it("a shopper goes from a product to a placed order", async () => {
    const page = await open({ width: 1440, height: 900 }, "light")
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
    await tabTo(".fs-two aside button.fs-button")
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/order\//)
    await page.context().close()
  })
})
