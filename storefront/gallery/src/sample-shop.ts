import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import type { Locale, SeedProduct } from "@fangshi/contracts"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { drawPicture } from "@fangshi/server/src/demo/pictures/draw-picture"
import { readCatalogue, readManifest } from "@fangshi/server/src/tenants/manifest-file"
import type { CategoryLink, ProductTile, PublicShop, SectionData } from "@fangshi/storefront-kit"

const TILES = 24
const ROWS = 8
const PER_ROW = 6

/** What a page shows of a demo shop, each text in the language asked for. */
export type SampleShop = { shopIn: (locale: Locale) => PublicShop; categoriesIn: (locale: Locale) => CategoryLink[]; dataIn: (locale: Locale) => Required<SectionData>; texts: Record<Locale, object> }

const TENANTS = path.join(REPOSITORY, "tenants")
const folders = readdirSync(TENANTS, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [path.join(TENANTS, each.name)] : []))

/** The shop's own words. */
const textsIn = (locale: Locale) => JSON.parse(readFileSync(path.join(REPOSITORY, "storefront/app/app/locales", `${locale}.json`), "utf8")) as object

/** The demo shop that has the theme, else the community's. Its pictures are drawn into `pictures`, if they are not there yet; a page finds them at `../pictures`. */
export async function sampleShop(theme: string, pictures: string): Promise<SampleShop> {
  const folder = folders.find((each) => readManifest(each).theme === theme) ?? path.join(TENANTS, "community")
  const manifest = readManifest(folder)
  const { categories, products } = readCatalogue(folder, manifest) ?? { categories: [], products: [] }
  const tops = categories.filter(({ parent }) => !parent)
  const topOf = (handle: string): string => {
    const parent = categories.find((each) => each.handle === handle)?.parent
    return parent ? topOf(parent) : handle
  }
  const inRows = tops.map((category) => products.filter((product) => topOf(product.category) === category.handle).slice(0, PER_ROW)).slice(0, ROWS)
  mkdirSync(pictures, { recursive: true })
  const drawn = new Set(readdirSync(pictures))
  const fileOf = (product: SeedProduct) => `${manifest.id}-${product.handle}.webp`
  for (const product of new Set([...products.slice(0, TILES), ...inRows.flat()])) if (!drawn.has(fileOf(product))) writeFileSync(path.join(pictures, fileOf(product)), await drawPicture(product.picture, product.handle))

  const tile = (locale: Locale) => (product: SeedProduct, i: number): ProductTile => {
    const prices = product.variants.map(({ price_amount }) => price_amount)
    const cheapest = product.variants.find(({ price_amount }) => price_amount === Math.min(...prices))
    return {
      handle: product.handle,
      title: product.title[locale],
      subtitle: product.subtitle?.[locale] ?? null,
      picture: `../pictures/${fileOf(product)}`,
      origin: product.origin_country ?? null,
      price: Math.min(...prices) / 100,
      from: new Set(prices).size > 1,
      original_price: cheapest?.original_price_amount ? cheapest.original_price_amount / 100 : null,
      // The look of what is sold out is to be seen as well.
      sold_out: i === 3,
    }
  }
  return {
    texts: { "zh-CN": textsIn("zh-CN"), en: textsIn("en") },
    shopIn: (locale) => ({ tenant_id: manifest.id, name: manifest.name, brand: manifest.brand, theme, locales: manifest.locales, currency_code: manifest.currency_code, time_zone: manifest.time_zone, locale, cart_count: 3, unread_count: 1 }),
    categoriesIn: (locale) => tops.map(({ handle, name }) => ({ handle, name: name[locale] })),
    dataIn: (locale) => ({
      tiles: products.slice(0, TILES).map(tile(locale)),
      rows: tops.slice(0, ROWS).map(({ handle, name }, i) => ({ category: { handle, name: name[locale] }, tiles: (inRows[i] ?? []).map(tile(locale)) })),
    }),
  }
}
