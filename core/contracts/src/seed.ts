import { z } from "zod"
import { type LocalizedText, localizedText } from "./localized"
import { seedCoupon } from "./seed-coupon"

/** Lower-case letters, digits and hyphens; stands in the address of a page. */
export const handle = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(80)

const hexColour = z.string().regex(/^#[0-9a-f]{6}$/i)

/** What the seed draws for a product: a shape that the drawing code knows, and its colours (body, accent, background). */
export const seedPicture = z.strictObject({
  shape: z.string().min(1).max(40),
  colours: z.tuple([hexColour, hexColour, hexColour]),
})
export type SeedPicture = z.infer<typeof seedPicture>

export const seedCategory = z.strictObject({
  handle,
  name: localizedText,
  parent: handle.optional(),
})

const optionValue = z.string().min(1).max(60)

/** A value is plain where it reads the same in every language ("1L"). Parsed, `values` are the Chinese ones, which variants name, and `english` stands beside them if any differs: a plain option keeps its digest. */
export const seedOption = z
  .strictObject({
    name: localizedText,
    values: z.array(z.union([optionValue, z.strictObject({ "zh-CN": optionValue, en: optionValue })])).min(1).max(20),
  })
  .transform(({ name, values }): { name: LocalizedText; values: string[]; english?: string[] } => {
    const plain = values.every((value) => typeof value === "string")
    const texts = values.map((value) => (typeof value === "string" ? { "zh-CN": value, en: value } : value))
    return { name, values: texts.map((text) => text["zh-CN"]), ...(plain ? {} : { english: texts.map((text) => text.en) }) }
  })

export const seedVariant = z.strictObject({
  sku: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/),
  /** One value per option, in the order of the options; the Chinese one where it is said in both languages. */
  values: z.array(z.string().min(1).max(60)).min(1).max(3),
  /** Fen. */
  price_amount: z.int().min(1).max(100_000_000),
  /** Fen; the struck-through price, if any. */
  original_price_amount: z.int().min(1).max(100_000_000).optional(),
  /** Pieces in stock; null where nothing is counted (services). */
  stock: z.int().min(0).max(10_000_000).nullable(),
  barcode: z.string().regex(/^\d{8,14}$/).optional(),
})

/** What a product is, in name and value, as a packet says it; kept as `specifications` in a product's metadata. */
export const productSpecifications = z.array(z.strictObject({ name: localizedText, value: localizedText })).max(30)

export const seedProduct = z.strictObject({
  handle,
  title: localizedText,
  subtitle: localizedText.optional(),
  description: localizedText,
  category: handle,
  picture: seedPicture,
  options: z.array(seedOption).min(1).max(3),
  variants: z.array(seedVariant).min(1).max(60),
  specifications: productSpecifications.optional(),
  /** Two-letter country of origin, lower case. */
  origin_country: z.string().regex(/^[a-z]{2}$/).optional(),
})
export type SeedProduct = z.infer<typeof seedProduct>

/** One of several sellers under the shop's roof; the products that stand in its categories are its own. */
export const seedMerchant = z.strictObject({
  handle: handle.max(40),
  name: z.strictObject({ "zh-CN": z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  categories: z.array(handle).min(1).max(200),
})
export type SeedMerchant = z.infer<typeof seedMerchant>

/** The catalogue a tenant opens with: seed/catalogue.yaml. */
export const seedCatalogue = z.strictObject({
  categories: z.array(seedCategory).min(1).max(200),
  products: z.array(seedProduct).max(5000),
  coupons: z.array(seedCoupon).max(200).optional(),
  merchants: z.array(seedMerchant).max(200).optional(),
})
export type SeedCatalogue = z.infer<typeof seedCatalogue>
