import type { SeedCatalogue, SeedProduct, TenantManifest } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createAndLinkProductOptionsToProductWorkflow, createInventoryLevelsWorkflow, createProductCategoriesWorkflow, createProductsWorkflow, updateProductCategoriesWorkflow, updateProductOptionsWorkflow, updateProductsWorkflow, uploadFilesWorkflow } from "@medusajs/medusa/core-flows"
import { drawPicture } from "../demo/pictures/draw-picture"
import { applyCoupons } from "./coupons"
import { digest } from "./digest"
import { applyMerchants } from "./merchants"
import { toMajorUnits } from "./money"
import { type Translated, saveTranslations } from "./translations"

const BATCH = 20

type Row = { id: string; handle: string; metadata: Record<string, unknown> | null }
/** A product with the address of its picture. */
type Drawn = { product: SeedProduct; url: string }
/** Runs work that is to happen whole or not at all. */
export type Step = <T>(work: () => Promise<T>) => Promise<T>
type Options = {
  step?: Step
  /** Told after every batch. */
  progress?: (done: number, of: number, what: string) => void
}

/** Adds and changes categories, products, coupons and merchants of the current tenant until they match the catalogue; nothing is ever removed. */
export async function applyCatalogue(container: MedusaContainer, manifest: TenantManifest, catalogue: SeedCatalogue, { step = (work) => work(), progress }: Options = {}): Promise<void> {
  const categories = await step(() => applyCategories(container, catalogue))
  const known = await rows(container, "product")
  const wanted = catalogue.products.filter((product) => known.get(product.handle)?.metadata?.seed_digest !== digest(product))
  for (let i = 0; i < wanted.length; i += BATCH) {
    // Files are in no transaction: drawn before it, they do not make it longer either.
    const batch = await Promise.all(wanted.slice(i, i + BATCH).map((product) => draw(container, product)))
    await step(() => applyProducts(container, manifest, batch, categories))
    progress?.(i + batch.length, wanted.length, manifest.id)
  }
  await step(() => applyCoupons(container, manifest, catalogue.coupons ?? [], categories))
  await step(() => applyMerchants(container, catalogue))
}

async function applyProducts(container: MedusaContainer, manifest: TenantManifest, batch: Drawn[], categories: Map<string, string>) {
  const known = await rows(container, "product", batch.map(({ product }) => product.handle))
  await addProducts(container, manifest, batch.filter(({ product }) => !known.has(product.handle)), categories)
  for (const drawn of batch) {
    const row = known.get(drawn.product.handle)
    if (row) await changeProduct(container, manifest, drawn, row, categories)
  }
  await fillMissingStock(container, batch.flatMap(({ product }) => product.variants))
}

async function rows(container: MedusaContainer, entity: "product" | "product_category", handles?: string[]): Promise<Map<string, Row>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields: ["id", "handle", "metadata"], ...(handles ? { filters: { handle: handles } } : {}), pagination: { take: 100_000, skip: 0 } })
  return new Map((data as Row[]).map((row) => [row.handle, row]))
}

async function applyCategories(container: MedusaContainer, catalogue: SeedCatalogue): Promise<Map<string, string>> {
  const known = await rows(container, "product_category")
  const ids = new Map([...known].map(([handle, row]) => [handle, row.id]))
  const texts: Translated[] = []
  for (const [rank, category] of catalogue.categories.entries()) {
    const row = known.get(category.handle)
    const seed_digest = digest(category)
    if (row?.metadata?.seed_digest === seed_digest) continue
    const parent = category.parent ? ids.get(category.parent) : undefined
    const fields = { name: category.name["zh-CN"], is_active: true, parent_category_id: parent ?? null, metadata: { seed_digest } }
    if (row) await updateProductCategoriesWorkflow(container).run({ input: { selector: { id: row.id }, update: fields } })
    else {
      const { result } = await createProductCategoriesWorkflow(container).run({ input: { product_categories: [{ ...fields, handle: category.handle, rank }] } })
      if (result[0]) ids.set(category.handle, result[0].id)
    }
    const id = ids.get(category.handle)
    if (id) texts.push({ id, texts: { name: category.name.en } })
  }
  await saveTranslations(container, "product_category", texts)
  return ids
}

async function draw(container: MedusaContainer, product: SeedProduct): Promise<Drawn> {
  const bytes = await drawPicture(product.picture, product.handle)
  const { result } = await uploadFilesWorkflow(container).run({ input: { files: [{ filename: `${product.handle}.webp`, mimeType: "image/webp", content: bytes.toString("base64"), access: "public" }] } })
  return { product, url: result[0]?.url ?? "" }
}

const optionsOf = (product: SeedProduct, values: string[]) => Object.fromEntries(product.options.map((option, i) => [option.name["zh-CN"], values[i] ?? ""]))

const variantPrices = (manifest: TenantManifest, fen: number) => [{ currency_code: manifest.currency_code, amount: toMajorUnits(fen) }]

async function addProducts(container: MedusaContainer, manifest: TenantManifest, batch: Drawn[], categories: Map<string, string>) {
  if (!batch.length) return
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({}, { take: 1 })
  const [profile] = await container.resolve(Modules.FULFILLMENT).listShippingProfiles({}, { take: 1 })
  if (!channel || !profile) throw new Error("The tenant has no sales channel or shipping profile")
  const { result } = await createProductsWorkflow(container).run({
    input: {
      products: batch.map(({ product, url }) => ({
        title: product.title["zh-CN"],
        handle: product.handle,
        ...(product.subtitle ? { subtitle: product.subtitle["zh-CN"] } : {}),
        description: product.description["zh-CN"],
        status: "published" as const,
        thumbnail: url,
        images: [{ url }],
        category_ids: [categories.get(product.category) ?? ""].filter(Boolean),
        ...(product.origin_country ? { origin_country: product.origin_country } : {}),
        shipping_profile_id: profile.id,
        sales_channels: [{ id: channel.id }],
        options: product.options.map((option) => ({ title: option.name["zh-CN"], values: option.values })),
        variants: product.variants.map((variant) => ({
          title: variantTitle(variant.values),
          sku: variant.sku,
          ...(variant.barcode ? { barcode: variant.barcode } : {}),
          options: optionsOf(product, variant.values),
          manage_inventory: variant.stock !== null,
          prices: variantPrices(manifest, variant.price_amount),
          metadata: variant.original_price_amount ? { original_price_amount: variant.original_price_amount } : {},
        })),
        metadata: { seed_digest: digest(product), specifications: product.specifications ?? null },
      })),
    },
  })
  await saveTexts(container, batch.map(({ product }) => product), result.map((row) => row.id))
}

const variantTitle = (values: string[]) => values.join(" / ")

const inEnglish = ({ values, english = values }: SeedProduct["options"][number], value: string | undefined) => english[values.indexOf(value ?? "")] ?? ""

/** Texts that read the same are written too: what stood there before may differ. */
async function saveTexts(container: MedusaContainer, products: SeedProduct[], ids: string[]) {
  const seedOf = new Map(products.map((product) => [product.handle, product]))
  const made = (await currentProducts(container, ids)).flatMap((row) => {
    const seed = seedOf.get(row.handle)
    return seed ? [{ row, seed }] : []
  })
  const options = made.flatMap(({ row, seed }) =>
    row.options.flatMap((option) => {
      const named = seed.options.find((candidate) => candidate.name["zh-CN"] === option.title)
      return named ? [{ row: option, seed: named }] : []
    }),
  )
  await saveTranslations(container, "product", made.map(({ row, seed }) => ({ id: row.id, texts: { title: seed.title.en, subtitle: seed.subtitle?.en, description: seed.description.en } })))
  await saveTranslations(container, "product_option", options.map(({ row, seed }) => ({ id: row.id, texts: { title: seed.name.en } })))
  await saveTranslations(container, "product_option_value", options.flatMap(({ row, seed }) =>
    row.values.filter(({ value }) => seed.values.includes(value)).map(({ id, value }) => ({ id, texts: { value: inEnglish(seed, value) } })),
  ))
  await saveTranslations(container, "product_variant", made.flatMap(({ row, seed }) =>
    row.variants.flatMap(({ id, sku }) => {
      const variant = seed.variants.find((candidate) => candidate.sku === sku)
      return variant ? [{ id, texts: { title: variantTitle(seed.options.map((option, i) => inEnglish(option, variant.values[i]))) } }] : []
    }),
  ))
}

type CurrentProduct = { id: string; handle: string; variants: { id: string; sku: string }[]; options: { id: string; title: string; values: { id: string; value: string }[] }[] }

async function currentProducts(container: MedusaContainer, ids: string[]): Promise<CurrentProduct[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const fields = ["id", "handle", "variants.id", "variants.sku", "options.id", "options.title", "options.values.id", "options.values.value"]
  const { data } = await query.graph({ entity: "product", fields, filters: { id: ids }, pagination: { take: ids.length, skip: 0 } })
  return data as unknown as CurrentProduct[]
}

/** Renames, adds and drops options until they are the seed's, and adds the values that are missing. A value no variant uses any more stays: it harms nobody. */
async function matchOptions(container: MedusaContainer, product: SeedProduct, id: string, current: CurrentProduct) {
  const titles = product.options.map((option) => option.name["zh-CN"])
  const strange = current.options.filter((option) => !titles.includes(option.title))
  const add: { title: string; values: string[] }[] = []
  const update: { product_option_id: string; add: { value: string }[] }[] = []
  for (const option of product.options) {
    const title = option.name["zh-CN"]
    let known = current.options.find((candidate) => candidate.title === title)
    if (!known && (known = strange.shift())) await updateProductOptionsWorkflow(container).run({ input: { selector: { id: known.id }, update: { title } } })
    if (!known) add.push({ title, values: option.values })
    const values = known?.values.map((value) => value.value)
    const missing = values ? option.values.filter((value) => !values.includes(value)) : []
    if (known && missing.length) update.push({ product_option_id: known.id, add: missing.map((value) => ({ value })) })
  }
  const remove = strange.map((option) => option.id)
  if (add.length || update.length || remove.length) await createAndLinkProductOptionsToProductWorkflow(container).run({ input: { product_id: id, add, update, remove } })
}

async function changeProduct(container: MedusaContainer, manifest: TenantManifest, { product, url }: Drawn, row: Row, categories: Map<string, string>) {
  const [before] = await currentProducts(container, [row.id])
  if (!before) throw new Error(`Product ${row.id} is gone`)
  await matchOptions(container, product, row.id, before)
  const idOf = new Map(before.variants.map((variant) => [variant.sku, variant.id]))
  await updateProductsWorkflow(container).run({
    input: {
      products: [{
        id: row.id,
        title: product.title["zh-CN"],
        subtitle: product.subtitle?.["zh-CN"] ?? null,
        description: product.description["zh-CN"],
        thumbnail: url,
        images: [{ url }],
        category_ids: [categories.get(product.category) ?? ""].filter(Boolean),
        variants: product.variants.map((variant) => {
          const id = idOf.get(variant.sku)
          return {
            ...(id ? { id } : {}),
            title: variantTitle(variant.values),
            sku: variant.sku,
            options: optionsOf(product, variant.values),
            manage_inventory: variant.stock !== null,
            prices: variantPrices(manifest, variant.price_amount),
            metadata: variant.original_price_amount ? { original_price_amount: variant.original_price_amount } : {},
          }
        }),
        metadata: { ...row.metadata, seed_digest: digest(product), specifications: product.specifications ?? null },
      }] as never,
    },
  })
  await saveTexts(container, [product], [row.id])
}

/** Opening stock for items that have no level yet; stock that exists is the merchant's and stays. */
async function fillMissingStock(container: MedusaContainer, variants: SeedProduct["variants"]) {
  const [location] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({}, { take: 1, order: { created_at: "ASC" } })
  if (!location) throw new Error("The tenant has no stock location")
  const stockOf = new Map(variants.map((variant) => [variant.sku, variant.stock]))
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "inventory_item", fields: ["id", "sku", "location_levels.id"], filters: { sku: [...stockOf.keys()] }, pagination: { take: stockOf.size, skip: 0 } })
  const missing = (data as unknown as { id: string; sku: string; location_levels?: unknown[] }[]).filter((item) => !item.location_levels?.length && stockOf.get(item.sku) != null)
  if (!missing.length) return
  await createInventoryLevelsWorkflow(container).run({
    input: { inventory_levels: missing.map((item) => ({ inventory_item_id: item.id, location_id: location.id, stocked_quantity: stockOf.get(item.sku) ?? 0 })) },
  })
}
