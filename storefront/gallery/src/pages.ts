import { LOCALES, type Locale, MAIN_SECTION, PAGE_KINDS, type SectionDefinition, type SectionSettings } from "@fangshi/contracts"
import type { SectionData, ShownSection } from "@fangshi/storefront-kit"
import { themeVariables } from "@fangshi/storefront/app/theme-variables"
import { drawPage } from "./draw-page"
import { LENGTHS, type Length, sampleSettings } from "./sample-settings"
import type { SampleShop } from "./sample-shop"
import { themeNames, wholeTheme } from "./themes"

export { themeNames }

/** One page of the gallery: every section of a theme, one below the other. */
export type GalleryPage = { theme: string; locale: Locale; length: Length; sections: string[]; html: string }

/** Longer than any title or name in the demo shops. */
const longer = (text: string, locale: Locale) => (locale === "en" ? `${text}, the extra large family size for the whole of next winter` : `${text} 全家分享超大规格 冬季加量装 收藏款`)

function dataOf(definition: SectionDefinition<SectionSettings>, settings: Record<string, unknown>, all: Required<SectionData>, locale: Locale, length: Length): SectionData {
  const query = definition.query?.(settings)
  const tiles = (list: typeof all.tiles) => (length === "long" ? list.map((tile) => ({ ...tile, title: longer(tile.title, locale), price: tile.price && tile.price * 1_000, original_price: tile.original_price && tile.original_price * 1_000 })) : list)
  return {
    ...(query?.products ? { tiles: tiles(all.tiles.filter(({ original_price }) => !query.products?.reduced || original_price !== null)).slice(0, query.products.limit) } : {}),
    ...(query?.categories ? { rows: all.rows.slice(query.categories.skip ?? 0).slice(0, query.categories.limit).map(({ category, tiles: own }) => ({ category: length === "long" ? { ...category, name: longer(category.name, locale) } : category, tiles: tiles(own).slice(0, query.categories?.products) })) } : {}),
  }
}

/** A picture that waits to be scrolled to would be missing from one of the whole page. */
const eager = (body: string) => body.replaceAll(' loading="lazy"', "")

const document = (title: string, locale: Locale, variables: string, style: string, body: string) =>
  `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${variables}</style><style>${style}</style></head><body>${eager(body)}</body></html>`

/** Every section of a theme, and its own home page, in each language, with usual and with long texts. */
export async function galleryPages(name: string, sample: SampleShop): Promise<GalleryPage[]> {
  const { theme, manifest, style } = wholeTheme(name)
  const shown = Object.entries(manifest.sections).filter(([type, { pages }]) => type !== MAIN_SECTION && pages.some((kind) => PAGE_KINDS.includes(kind)))
  const made: GalleryPage[] = []
  for (const locale of LOCALES)
    for (const length of LENGTHS) {
      const sections = shown.map(([type, definition]): ShownSection => {
        const settings = sampleSettings(definition, length)
        return { id: type, type, settings, data: dataOf(definition, settings, sample.dataIn(locale), locale, length) }
      })
      const shop = sample.shopIn(locale)
      const body = await drawPage({ theme, shop, texts: sample.texts, categories: sample.categoriesIn(locale), sections })
      const variables = themeVariables(theme.look, { primary: shop.brand.primary_colour, accent: shop.brand.accent_colour })
      made.push({ theme: name, locale, length, sections: shown.map(([type]) => type), html: document(`${name} · ${locale} · ${length}`, locale, variables, style, body) })
    }
  return made
}

/** The theme's own home page, as a shop shows it that has not arranged one. */
export async function homePage(name: string, sample: SampleShop): Promise<string> {
  const { theme, manifest, style } = wholeTheme(name)
  const shop = sample.shopIn("zh-CN")
  const sections = (manifest.pages.home?.sections ?? []).flatMap(({ id, type, settings }): ShownSection[] => {
    const definition = manifest.sections[type]
    if (!definition) return []
    const whole = definition.settings.parse(settings)
    return [{ id, type, settings: whole, data: dataOf(definition, whole, sample.dataIn("zh-CN"), "zh-CN", "usual") }]
  })
  const body = await drawPage({ theme, shop, texts: sample.texts, categories: sample.categoriesIn("zh-CN"), sections })
  return document(name, "zh-CN", themeVariables(theme.look, { primary: shop.brand.primary_colour, accent: shop.brand.accent_colour }), style, body)
}
