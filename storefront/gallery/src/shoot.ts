import { mkdirSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser } from "playwright-core"
import sharp from "sharp"
import type { GalleryPage } from "./pages"

export const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const

export const fileOf = ({ theme, locale, length }: Pick<GalleryPage, "theme" | "locale" | "length">): string => path.join(theme, `${locale}-${length}.html`)

/** Where in the page each section is that shows anything. Runs in the page. */
const boxes = () =>
  [...document.querySelectorAll<HTMLElement>("[data-section] > :first-child")].flatMap((part) => {
    const { left, top, right, bottom } = part.getBoundingClientRect()
    const [x, y] = [Math.max(0, Math.floor(left + scrollX)), Math.max(0, Math.floor(top + scrollY))]
    const [width, height] = [Math.min(innerWidth, Math.ceil(right)) - x, Math.ceil(bottom + scrollY) - y]
    return width > 0 && height > 0 ? [{ section: part.parentElement?.dataset.section ?? "", left: x, top: y, width, height }] : []
  })

/** A picture of every section, and one of the whole page, at both widths and on a light and a dark screen. Returns how many. */
export async function shootPage(browser: Browser, folder: string, page: GalleryPage): Promise<number> {
  let count = 0
  for (const [device, viewport] of Object.entries(WIDTHS))
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" })
      const tab = await context.newPage()
      await tab.goto(pathToFileURL(path.join(folder, fileOf(page))).href)
      await tab.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))))
      const to = path.join(folder, page.theme, `${page.locale}-${page.length}-${device}-${colorScheme}`)
      mkdirSync(to, { recursive: true })
      const whole = await tab.screenshot({ path: path.join(to, "all.png"), fullPage: true })
      for (const { section, ...box } of await tab.evaluate(boxes)) {
        await sharp(whole).extract(box).toFile(path.join(to, `${section}.png`))
        count++
      }
      await context.close()
    }
  return count
}

/** A theme's own home page on a phone and on a desktop, as one picture of 1200 × 789. */
export async function screenshotOf(html: string): Promise<Buffer> {
  const browser = await launchChromium()
  try {
    const shot = async (viewport: { width: number; height: number }) => {
      const tab = await browser.newPage({ viewport, deviceScaleFactor: 2, reducedMotion: "reduce" })
      await tab.goto(pathToFileURL(html).href)
      await tab.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))))
      return tab.screenshot()
    }
    const [phone, desktop] = [await sharp(await shot(WIDTHS.phone)).resize({ height: 789 }).toBuffer(), await sharp(await shot({ width: 1280, height: 1208 })).resize({ height: 789 }).toBuffer()]
    const { width: left = 0 } = await sharp(phone).metadata()
    return await sharp({ create: { width: 1200, height: 789, channels: 3, background: "#ffffff" } })
      .composite([{ input: phone, left: 0, top: 0 }, { input: desktop, left: left + 8, top: 0 }])
      .webp({ quality: 80 })
      .toBuffer()
  } finally {
    await browser.close()
  }
}
