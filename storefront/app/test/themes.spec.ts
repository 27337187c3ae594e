import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Locale, PAGE_KINDS, type PageKind, type PageSection, type ThemeLook, type ThemeManifest, checkDocument, resolveTheme } from "@fangshi/contracts"
import { writeTheme } from "@fangshi/cli/src/commands/new-theme"
import { drawPage } from "@fangshi/gallery/src/draw-page"
import { type ProductTile, type PublicShop, type SectionData, type Theme, type ThemeSource, extendTheme } from "@fangshi/storefront-kit"
import { parse } from "yaml"
import zh from "../app/locales/zh-CN.json"
import en from "../app/locales/en.json"
import { contrast, themeVariables } from "../app/theme-variables"

const ROOT = path.resolve(__dirname, "../../..")
const foldersOf = (room: string) => readdirSync(path.join(ROOT, room), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))
const THEMES = foldersOf("themes")
/** A theme as the command makes it, which has to be as good as the others from the start. */
const MADE = "made-just-now"
const making = mkdtempSync(path.join(tmpdir(), "fangshi-themes-"))
symlinkSync(path.join(ROOT, "node_modules"), path.join(making, "node_modules"))
for (const name of THEMES) symlinkSync(path.join(ROOT, "themes", name), path.join(making, name))
writeTheme(MADE, { extends: "market", title: "刚做好", titleEn: "Made just now", primary: "#8c2f39", accent: "#f2a33a" }, making)
afterAll(() => rmSync(making, { recursive: true }))
const folderOf = (name: string) => path.join(name === MADE ? making : path.join(ROOT, "themes"), name)

// eslint-disable-next-line @typescript-eslint/no-require-imports -- whichever themes are there, as the storefront finds them
const sourceOf = (name: string) => (require(path.join(folderOf(name), "src/theme.ts")) as { theme: ThemeSource }).theme
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
const manifestOf = (name: string) => resolveTheme(name, (each) => (require(path.join(folderOf(each), "src/manifest.ts")) as { manifest: ThemeManifest }).manifest)

function themeOf(name: string): Theme {
  const source = sourceOf(name)
  return extendTheme(source.look.extends ? themeOf(source.look.extends) : null, source)
}

type Tenant = { theme: string; name: Record<Locale, string>; brand: PublicShop["brand"] }
const TENANTS = foldersOf("tenants").map((id) => parse(readFileSync(path.join(ROOT, "tenants", id, "tenant.yaml"), "utf8")) as Tenant)
const BRANDS = [...TENANTS.map(({ brand }) => [brand.primary_colour, brand.accent_colour] as const), ["#ffe600", "#ffffff"] as const, ["#000000", "#101010"] as const]

describe.each([...THEMES, MADE])("the theme %s", (name) => {
  const theme = themeOf(name)
  const manifest = manifestOf(name)

  it("has a component for every section it describes, and describes every section it has", () => {
    expect(Object.keys(theme.sections).sort()).toEqual(Object.keys(manifest.sections).sort())
  })

  it("comes with pages that its own rules accept", () => {
    const pages = Object.entries(manifest.pages)
    expect(pages.map(([kind]) => kind)).toEqual(expect.arrayContaining(["home", "category", "product"]))
    for (const [kind, page] of pages) expect(checkDocument(manifest, kind as PageKind, page)).toHaveProperty("document")
  })

  it("says the same things in both languages", () => {
    const keys = (value: unknown, at = ""): string[] => (typeof value === "object" && value ? Object.entries(value).flatMap(([key, inside]) => keys(inside, `${at}.${key}`)) : [at])
    expect(keys(theme.locales.en).sort()).toEqual(keys(theme.locales["zh-CN"]).sort())
  })

  it.each(["light", "dark"] as const)("can be read on a %s screen, whatever colours the shop has", (screen) => {
    const faint = BRANDS.flatMap(([primary, accent]) => {
      const colours = coloursOn(screen, theme.look, { primary, accent })
      return TEXT_ON.flatMap(([text, ...grounds]) => grounds.map((ground) => [text, ground] as const))
        .filter(([text, ground]) => colours[text] && colours[ground] && contrast(colours[text], colours[ground]) < 4.5)
        .map(([text, ground]) => `${text} on ${ground} with ${primary} and ${accent}`)
    })
    expect(faint).toEqual([])
  })

  it.each(["zh-CN", "en"] as const)("draws its home page in %s with one main heading, headings in order and every product named", async (locale) => {
    const html = await draw(theme, manifest, "home", locale)
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([])
    for (const landmark of ["<header", "<main", "<footer", 'role="search"']) expect(html.split(landmark)).toHaveLength(2)
    for (const sign of ["fs-hero-banner", "fs-strip", "fs-card", "fs-tabs"]) expect(html).toContain(sign)
    expect(html).toContain("山里茶")
    expect(html).not.toMatch(/\{\{|undefined|NaN|\[object/)
    expect([...html.matchAll(/<img(?![^>]*\bwidth="\d+" height="\d+")[^>]*>/g)].map(([tag]) => tag)).toEqual([])
  })

  it("leaves no hole where a section has nothing to show", async () => {
    const html = await draw(theme, manifest, "home", "en", { tiles: [], rows: [] })
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).not.toMatch(/<ul[^>]*><\/ul>|undefined/)
  })

  it("shows every section on every page it may stand on", async () => {
    for (const kind of PAGE_KINDS) {
      const own = Object.entries(manifest.sections).filter(([, { pages }]) => pages.includes(kind))
      const sections = [...own.map(([type], i): PageSection => ({ id: `s-${i}`, type, settings: {} })), ...(kind === "category" || kind === "product" ? [{ id: "main", type: "main", settings: {} }] : [])]
      expect(await draw(theme, { ...manifest, pages: { [kind]: { sections } } }, kind, "zh-CN")).toContain("<main")
    }
  })
})

describe("the demo shops", () => {
  it("have a theme each that is built in, and four looks among them", () => {
    expect(TENANTS.filter(({ theme }) => !THEMES.includes(theme))).toEqual([])
    expect(new Set(TENANTS.map(({ theme }) => theme)).size).toBe(4)
  })
})

/** Text, and the grounds it stands on. A ground that a theme has not is skipped. */
const TEXT_ON = [
  ["ink", "card", "ground", "paper"],
  ["ink-soft", "card", "ground", "paper"],
  ["price", "card"],
  ["bad", "bad-ground"],
  ["good", "good-ground"],
  ["on-mute", "mute"],
  ["on-price", "price"],
  ["on-primary", "primary"],
  ["on-accent", "accent"],
  ["primary-ink", "card"],
  ["accent-ink", "card"],
] as const

function coloursOn(screen: "light" | "dark", look: ThemeLook, brand: { primary: string; accent: string }): Record<string, string> {
  const [day = "", night = ""] = themeVariables(look, brand).split("@media")
  const read = (css: string) => Object.fromEntries([...css.matchAll(/--fs-([a-z-]+):(#[0-9a-f]{6})/gi)].map(([, key, value]) => [key, value]))
  return { ...read(day), ...(screen === "dark" ? read(night) : {}) }
}

const tile = (i: number): ProductTile => ({ handle: `tea-${i}`, title: `山里茶 ${i}`, subtitle: i % 2 ? null : "头采", picture: i % 3 ? `/static/tea-${i}.webp` : null, origin: i % 2 ? "nz" : null, price: 12.5, from: i % 2 === 0, original_price: 20, sold_out: i === 3 })
const FULL: SectionData = { tiles: [1, 2, 3, 4, 5, 6].map(tile), rows: ["fruit", "odd-things", "tea"].map((handle) => ({ category: { handle, name: `${handle} 类` }, tiles: [1, 2, 3].map(tile) })) }

async function draw(theme: Theme, manifest: ThemeManifest, kind: PageKind, locale: Locale, data = FULL): Promise<string> {
  const checked = checkDocument(manifest, kind, manifest.pages[kind])
  if ("faults" in checked) throw new Error(JSON.stringify(checked.faults))
  const sections = checked.document.sections.map(({ id, type, settings }) => {
    const query = manifest.sections[type]?.query?.(settings as never)
    return { id, type, settings, data: { ...(query?.products ? { tiles: data.tiles } : {}), ...(query?.categories ? { rows: data.rows } : {}) } }
  })
  const { brand, name } = TENANTS.find((each) => each.theme === manifest.name) ?? (TENANTS[0] as Tenant)
  const shop: PublicShop = { tenant_id: "tenant", name, brand, theme: manifest.name, locales: ["zh-CN", "en"], currency_code: "cny", time_zone: "Asia/Shanghai", locale, cart_count: 3, unread_count: 0 }
  return drawPage({ theme, shop, texts: { "zh-CN": zh, en }, categories: (data.rows ?? []).map(({ category }) => category), sections })
}
