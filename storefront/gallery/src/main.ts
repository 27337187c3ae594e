import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { parseArgs } from "node:util"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { launchChromium } from "@fangshi/testing/src/chromium"
import { differences } from "./compare"
import { loadPages } from "./load-pages"
import { type GalleryPage } from "./pages"
import { sampleShop } from "./sample-shop"
import { fileOf, screenshotOf, shootPage } from "./shoot"

const USAGE = `npm run gallery -- [主题 theme …] [--pages] [--screenshot] [--to <folder>]
  --pages       只写网页 write the pages only
  --screenshot  写 themes/<name>/screenshot.webp write the theme's own picture`

const index = (pages: GalleryPage[]) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gallery</title><h1>Gallery</h1><ul>${pages.map((page) => `<li><a href="${fileOf(page)}">${page.theme} · ${page.locale} · ${page.length}</a> (${page.sections.length})</li>`).join("")}</ul></html>`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { pages: { type: "boolean" }, screenshot: { type: "boolean" }, to: { type: "string" } } })
  const folder = path.resolve(values.to ?? path.join(REPOSITORY, ".data/gallery"))
  const before = `${folder}-before`
  const pages = await loadPages(async ({ galleryPages, homePage, themeNames }) => {
    const unknown = positionals.filter((name) => !themeNames.includes(name))
    if (unknown.length) throw new Error(`没有主题 There is no theme ${unknown.join(", ")}\n${USAGE}`)
    // What was looked at last is what the new pictures are compared with.
    rmSync(before, { recursive: true, force: true })
    if (existsSync(folder)) cpSync(folder, before, { recursive: true })
    for (const name of positionals.length ? positionals : themeNames) rmSync(path.join(folder, name), { recursive: true, force: true })
    const made: GalleryPage[] = []
    for (const name of positionals.length ? positionals : themeNames) {
      mkdirSync(path.join(folder, name), { recursive: true })
      const sample = await sampleShop(name, path.join(folder, "pictures"))
      for (const page of await galleryPages(name, sample)) {
        writeFileSync(path.join(folder, fileOf(page)), page.html)
        made.push(page)
      }
      if (!values.screenshot) continue
      const home = path.join(folder, name, "home.html")
      writeFileSync(home, await homePage(name, sample))
      writeFileSync(path.join(REPOSITORY, "themes", name, "screenshot.webp"), await screenshotOf(home))
    }
    return made
  })
  writeFileSync(path.join(folder, "index.html"), index(pages))
  console.log(`✓ ${pages.length} pages → ${path.relative(process.cwd(), path.join(folder, "index.html"))}`)
  if (values.pages) return
  const browser = await launchChromium()
  try {
    for (const page of pages) console.log(`✓ ${page.theme} ${page.locale} ${page.length}: ${await shootPage(browser, folder, page)} pictures`)
  } finally {
    await browser.close()
  }
  if (!existsSync(before)) return
  const changed = await differences(before, folder)
  for (const { file, what } of changed) console.log(`~ ${file}  ${typeof what === "number" ? `${(what * 100).toFixed(2)} %` : what}`)
  console.log(`${changed.length} pictures are not what they were`)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
