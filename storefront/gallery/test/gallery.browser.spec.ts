import { execFile } from "node:child_process"
import { mkdirSync, readdirSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser } from "playwright-core"

const ROOT = path.resolve(__dirname, "../../..")
const FOLDER = path.join(process.env.FANGSHI_TEST_DATA ?? path.join(ROOT, ".data"), "gallery")
const THEMES = readdirSync(path.join(ROOT, "themes"), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))

let browser: Browser

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  await promisify(execFile)(process.execPath, [...OWN_SOURCES, path.join(ROOT, "storefront/gallery/src/main.ts"), "--pages", "--to", FOLDER], { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: "" } })
  browser = await launchChromium()
}, 120_000)
afterAll(async () => browser?.close())

/** What of a page cannot be read: parts that reach over its edge, or are cut off, and not meant to be pushed along or shortened. Runs in the page. */
function unreadable(): string[] {
  const isPushed = (element: Element | null): boolean => element !== null && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || isPushed(element.parentElement))
  const own = (element: Element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
  const named = (element: Element) => `${element.closest("[data-section]")?.getAttribute("data-section") ?? "layout"} <${element.tagName.toLowerCase()}> ${element.textContent?.trim().slice(0, 30)}`
  const texts = [...document.querySelectorAll("main *")].filter((element) => own(element) && element.getClientRects().length)
  const over = texts.filter((element) => !isPushed(element) && (element.getBoundingClientRect().right > innerWidth + 1 || element.getBoundingClientRect().left < -1))
  const cut = texts.filter((element) => {
    const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(element)
    return !isPushed(element) && overflowX !== "visible" && textOverflow === "clip" && webkitLineClamp === "none" && element.scrollWidth > element.clientWidth + 1
  })
  const wide = [...document.querySelectorAll("main *")].filter((element) => !isPushed(element.parentElement) && !element.closest("svg") && element.getBoundingClientRect().right > innerWidth + 1)
  const covered = texts.filter((element) => {
    const holder = element.closest("[data-section] > *")
    return holder && !isPushed(element) && getComputedStyle(holder).overflowX !== "visible" && element.scrollWidth > holder.clientWidth
  })
  return [...(document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide: ${wide.map((element) => `${element.tagName}.${element.className}`).slice(0, 3).join(" ")}`] : []), ...new Set([...over, ...cut, ...covered].map(named))]
}

describe.each(THEMES)("every section of the theme %s", (theme) => {
  it.each([["a phone", { width: 390, height: 844 }], ["a small phone", { width: 320, height: 640 }], ["a desktop", { width: 1440, height: 900 }]])("can be read on %s in both languages, whatever length its texts have", async (_device, viewport) => {
    const found: Record<string, string[]> = {}
    const tab = await browser.newPage({ viewport, reducedMotion: "reduce" })
    for (const file of readdirSync(path.join(FOLDER, theme)).filter((each) => /-(?:usual|long)\.html$/.test(each))) {
      await tab.goto(pathToFileURL(path.join(FOLDER, theme, file)).href)
      expect(await tab.locator("[data-section] > *").count()).toBeGreaterThan(5)
      const faults = await tab.evaluate(unreadable)
      if (faults.length) found[file] = faults
    }
    expect(found).toEqual({})
    await tab.close()
  })
})
