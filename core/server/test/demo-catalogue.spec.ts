import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { seedCatalogue, seedOption, tenantManifest } from "@fangshi/contracts"
import sharp from "sharp"
import { parse } from "yaml"
import { drawPicture, shapeNames } from "../src/demo/pictures/draw-picture"

const root = join(__dirname, "../../../tenants")
const ids = ["auto", "bonded", "community", "ktv", "village"]
const read = (...parts: string[]): unknown => parse(readFileSync(join(root, ...parts), "utf8"))
const manifestOf = (id: string) => tenantManifest.parse(read(id, "tenant.yaml"))
const catalogueOf = (id: string) => seedCatalogue.parse(read(id, manifestOf(id).catalogue ?? ""))
const repeated = (values: string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at)

/** Contrast of a colour with white after WCAG 2.2. */
function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

describe("the tenants folder", () => {
  it("holds the five demo tenants", () => {
    expect(readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)).toEqual(expect.arrayContaining(ids))
  })

  it("gives no host to two tenants", () => {
    expect(repeated(ids.flatMap((id) => manifestOf(id).hosts))).toEqual([])
  })
})

describe.each(ids)("the demo tenant %s", (id) => {
  it("carries the id of its folder", () => {
    expect(manifestOf(id).id).toBe(id)
  })

  it("has a primary colour on which white text can be read", () => {
    expect(contrastWithWhite(manifestOf(id).brand.primary_colour)).toBeGreaterThanOrEqual(4.5)
  })

  it("has at least 60 products with pictures that can be drawn", () => {
    const { products } = catalogueOf(id)
    expect(products.length).toBeGreaterThanOrEqual(60)
    expect(products.filter((product) => !shapeNames.includes(product.picture.shape)).map((product) => product.handle)).toEqual([])
  })

  it("repeats no SKU, handle, barcode, title or description", () => {
    const { products } = catalogueOf(id)
    const variants = products.flatMap((product) => product.variants)
    expect(repeated(variants.map((variant) => variant.sku))).toEqual([])
    expect(repeated(variants.flatMap((variant) => variant.barcode ?? []))).toEqual([])
    expect(repeated(products.map((product) => product.handle))).toEqual([])
    for (const locale of ["zh-CN", "en"] as const) {
      expect(repeated(products.map((product) => product.title[locale]))).toEqual([])
      expect(repeated(products.map((product) => product.description[locale]))).toEqual([])
    }
  })

  it("says every text in both languages: Chinese in zh-CN, no Chinese in en", () => {
    const { categories, products, merchants = [] } = catalogueOf(id)
    const manifest = manifestOf(id)
    const texts = [
      ...merchants.map((merchant) => merchant.name),
      manifest.brand.slogan,
      ...manifest.shipping_options.flatMap((option) => [option.name, ...(option.description ? [option.description] : [])]),
      ...categories.map((category) => category.name),
      ...products.flatMap((product) => [product.title, product.description, ...(product.subtitle ? [product.subtitle] : []), ...product.options.map((option) => option.name)]),
    ]
    expect(texts.filter((text) => !/\p{Script=Han}/u.test(text["zh-CN"]) || /\p{Script=Han}/u.test(text.en))).toEqual([])
  })

  it("says every option value in English, without Chinese and without saying two alike", () => {
    const options = catalogueOf(id).products.flatMap((product) => product.options.map(({ name, values, english = values }) => ({ product: product.handle, name: name.en, values, english })))
    expect(options.filter(({ english }) => english.some((value) => /\p{Script=Han}/u.test(value)) || repeated(english).length)).toEqual([])
    expect(options.some(({ values, english }) => values.some((value, at) => value !== english[at]))).toBe(true)
  })

  it("files every product and every sub-category under a category that exists", () => {
    const { categories, products } = catalogueOf(id)
    const handles = categories.map((category) => category.handle)
    expect(repeated(handles)).toEqual([])
    expect(products.filter((product) => !handles.includes(product.category))).toEqual([])
    expect(categories.filter((category) => category.parent && (category.parent === category.handle || !handles.includes(category.parent)))).toEqual([])
  })

  it("gives each variant one of the values of each option, and no combination twice", () => {
    for (const product of catalogueOf(id).products) {
      for (const variant of product.variants) {
        expect(variant.values).toHaveLength(product.options.length)
        variant.values.forEach((value, at) => expect(product.options[at]?.values).toContain(value))
      }
      expect(repeated(product.variants.map((variant) => variant.values.join("\n")))).toEqual([])
    }
  })

  it("strikes through only prices above the one asked", () => {
    const variants = catalogueOf(id).products.flatMap((product) => product.variants)
    expect(variants.filter((variant) => variant.original_price_amount !== undefined && variant.original_price_amount <= variant.price_amount)).toEqual([])
  })
})

describe("an option of the seed", () => {
  const name = { "zh-CN": "规格", en: "Pack" }

  it("has values in both languages beside plain ones", () => {
    expect(seedOption.parse({ name, values: ["1L", { "zh-CN": "1L×2 礼盒", en: "2 × 1 L gift box" }] })).toEqual({ name, values: ["1L", "1L×2 礼盒"], english: ["1L", "2 × 1 L gift box"] })
  })

  it("stays as it is where all values are plain", () => {
    expect(seedOption.parse({ name, values: ["1L", "4L"] })).toEqual({ name, values: ["1L", "4L"] })
  })

  it.each([[{ "zh-CN": "一盒" }], [{ en: "1 box" }], [{ "zh-CN": "一盒", en: "" }], [""]])("refuses the value %j", (value) => {
    expect(seedOption.safeParse({ name, values: [value] }).success).toBe(false)
  })
})

describe("drawPicture", () => {
  const colours: [string, string, string] = ["#4a9d4f", "#f2a33a", "#e6f2df"]

  it.each(shapeNames)("draws %s as an 800 × 800 WebP", async (shape) => {
    const { format, width, height } = await sharp(await drawPicture({ shape, colours }, "one")).metadata()
    expect({ format, width, height }).toEqual({ format: "webp", width: 800, height: 800 })
  })

  it("gives the same bytes for the same seed and other bytes for another", async () => {
    const draw = (seed: string) => drawPicture({ shape: "citrus", colours }, seed)
    expect(await draw("one")).toEqual(await draw("one"))
    expect(await draw("one")).not.toEqual(await draw("two"))
  })

  it("refuses a shape it does not know", async () => {
    await expect(drawPicture({ shape: "unicorn", colours }, "one")).rejects.toThrow(RangeError)
  })
})
