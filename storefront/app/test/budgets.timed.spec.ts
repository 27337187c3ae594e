import { type SharedShops, sharedShops } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser, Page } from "playwright-core"

/** A shop of each theme. */
const SHOPS = { market: "community", night: "ktv", salon: "bonded", default: "auto" }
/** What Lighthouse calls slow 4G, as it sets the network of a browser: each request waits for several round trips of 150 ms. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: (1.44 * 1_000_000) / 8, uploadThroughput: (0.675 * 1_000_000) / 8 }
const LCP_MS = 2_000
const CLS = 0.05
const SCRIPT_BYTES = 130_000

let host: SharedShops
let browser: Browser

beforeAll(async () => {
  host = await sharedShops("demo")
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

const url = (tenant: string, to: string) => `http://${tenant}.localhost:${new URL(host.url).port}${to}`

/** Bytes of these scripts as they are sent under gzip; a browser that takes brotli gets fewer. */
async function gzipped(addresses: Iterable<string>, tenant: string): Promise<number> {
  const sizes = await Promise.all([...addresses].map(async (address) => Number((await fetch(host.url + new URL(address).pathname, { headers: { "x-tenant": tenant, "accept-encoding": "gzip" } })).headers.get("content-length"))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

type Vitals = { lcp: number; cls: number; what: string }

/** The largest paint and the sum of unexpected shifts, as the browser itself notes them. */
const vitals = (page: Page): Promise<Vitals> =>
  page.evaluate(
    () =>
      new Promise<Vitals>((resolve) => {
        let cls = 0
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (entry as unknown as { hadRecentInput: boolean }).hadRecentInput || (cls += (entry as unknown as { value: number }).value))).observe({ type: "layout-shift", buffered: true })
        new PerformanceObserver((list) => {
          const last = list.getEntries().at(-1) as PerformanceEntry & { element?: Element }
          requestAnimationFrame(() => resolve({ lcp: last.startTime, cls, what: last.element?.outerHTML.slice(0, 120) ?? "" }))
        }).observe({ type: "largest-contentful-paint", buffered: true })
      }),
  )

/** `named`: scripts that the page itself asks for; `kept` and `asked`: its style sheets once it is awake, those it came with and those it asks for. */
type Seen = Vitals & { scripts: string[]; named: string[]; kept: (string | undefined)[]; asked: number }

/** A first visit with nothing in the browser's cache. */
async function firstVisit(tenant: string, to: string): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: "zh-CN" })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send("Network.enable")
  await network.send("Network.emulateNetworkConditions", SLOW_4G)
  const scripts = new Set<string>()
  page.on("request", (request) => request.resourceType() === "script" && scripts.add(request.url()))
  await page.goto(url(tenant, to))
  const named = await page.locator("link[rel=modulepreload]").evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href))
  await page.waitForLoadState("networkidle")
  const sheets = await page.evaluate(() => ({ kept: [...document.querySelectorAll<HTMLElement>("style[data-href]")].map((sheet) => sheet.dataset.href), asked: document.querySelectorAll("link[rel=stylesheet]").length }))
  const seen = { ...(await vitals(page)), scripts: [...scripts], named, ...sheets }
  await context.close()
  return seen
}

const homes = new Map<string, Promise<Seen>>()
/** One first visit to a home page shows all that is asked of it. */
const homeOf = (tenant: string): Promise<Seen> => homes.get(tenant) ?? homes.set(tenant, firstVisit(tenant, "/")).get(tenant) as Promise<Seen>

/** Other work on the machine makes a page late, never early: a late one is looked at once more. */
async function bestVisit(tenant: string, to: string): Promise<Seen> {
  const one = await (to === "/" ? homeOf(tenant) : firstVisit(tenant, to))
  if (one.lcp <= LCP_MS) return one
  const two = await firstVisit(tenant, to)
  return two.lcp < one.lcp ? two : one
}

describe.each(Object.entries(SHOPS))("on slow 4G, a first visit to a shop in the theme %s", (_theme, tenant) => {
  it.each([["the home page", () => "/"], ["a product", (home: string) => /href="(\/p\/[^"]+)"/.exec(home)?.[1] ?? ""]] as const)("shows %s within the budgets of time, quiet and script", async (_page, find) => {
    const home = await (await fetch(`${host.url}/`, { headers: { "x-tenant": tenant } })).text()
    const { lcp, cls, scripts, what } = await bestVisit(tenant, find(home))
    const scriptBytes = await gzipped(scripts, tenant)
    expect({ lcp: lcp <= LCP_MS ? "in time" : `${lcp} ms: ${what}`, cls: cls <= CLS ? "quiet" : cls, script: scriptBytes <= SCRIPT_BYTES ? "small" : scriptBytes }).toEqual({ lcp: "in time", cls: "quiet", script: "small" })
    expect(scriptBytes).toBeGreaterThan(50_000)
  })

  it("fetches its theme's and its language's scripts with the page, no other theme's or language's, and at most nine in all", async () => {
    const { scripts, named, kept, asked } = await homeOf(tenant)
    const late = scripts.filter((script) => /\/(?:theme|zh-CN|en)-[\w-]+\.js$/.test(script))
    expect(late.filter((script) => !named.includes(script))).toEqual([])
    expect(late.filter((script) => script.includes("/zh-CN-"))).toHaveLength(1)
    expect(late).toHaveLength(tenant === SHOPS.default ? 2 : 3)
    // Over a slow network each costs a round trip, however small it is.
    expect(scripts.filter((script) => script.includes("/assets/")).length).toBeLessThanOrEqual(9)
    // Awake, the page keeps the style sheets it came with and asks for none.
    const sheets = [...(await (await fetch(`${host.url}/`, { headers: { "x-tenant": tenant } })).text()).matchAll(/<style data-href="([^"]+)"/g)].map(([, href]) => href)
    expect(sheets.length).toBeGreaterThan(0)
    expect([kept, asked]).toEqual([sheets, 0])
  })
})
