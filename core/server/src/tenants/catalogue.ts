import type { SeedCatalogue, SeedProduct, TenantManifest } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createAndLinkProductOptionsToProductWorkflow, createInventoryLevelsWorkflow, createProductCategoriesWorkflow, createProductsWorkflow, deleteProductsWorkflow, updateProductCategoriesWorkflow, updateProductOptionsWorkflow, updateProductsWorkflow, uploadFilesWorkflow } from "@medusajs/medusa/core-flows"
import { drawPicture } from "../demo/pictures/draw-picture"
import { toMajorUnits } from "./money"
import { digest } from "./plan"
import { saveTranslations } from "./translations"

const BATCH = 20

/** Stands in the place of a product's digest until its prices and texts are written. */
const PENDING = "pending"

type Row = { id: string; handle: string; metadata: Record<string, unknown> | null }
type Progress = (done: number, of: number, what: string) => void

/** Adds and changes categories and products of the current tenant until they match the catalogue; nothing is ever removed. */
export async function applyCatalogue(container: MedusaContainer, manifest: TenantManifest, catalogue: SeedCatalogue, progress: Progress = () => undefined): Promise<void> {
  const categories = await applyCategories(container, catalogue)
  const known = await dropPending(container, await rows(container, "product"))
  const unchanged = (p: SeedProduct) => known.get(p.handle)?.metadata?.seed_digest === digest(p)
  const wanted = catalogue.products.filter((p) => !unchanged(p))
  const added = wanted.filter((p) => !known.has(p.handle))
  const changed = wanted.filter((p) => known.has(p.handle))
  let done = 0
  const total = wanted.length
  for (let i = 0; i < added.length; i += BATCH) {
    const batch = added.slice(i, i + BATCH)
    await addProducts(container, manifest, batch, categories)
    progress((done += batch.length), total, manifest.id)
  }
  for (const product of changed) {
    const row = known.get(product.handle)
    if (row) await changeProduct(container, manifest, product, row, categories)
    progress(++done, total, manifest.id)
  }
  // A run that was killed between products and their stock is mended here.
  await fillMissingStock(container, catalogue)
}

async function rows(container: MedusaContainer, entity: "product" | "product_category"): Promise<Map<string, Row>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields: ["id", "handle", "metadata"], pagination: { take: 100_000, skip: 0 } })
  return new Map((data as Row[]).map((row) => [row.handle, row]))
}

async function applyCategories(container: MedusaContainer, catalogue: SeedCatalogue): Promise<Map<string, string>> {
  const known = await rows(container, "product_category")
  const ids = new Map([...known].map(([handle, row]) => [handle, row.id]))
  for (const [rank, category] of catalogue.categories.entries()) {
    const row = known.get(category.handle)
    const metadata = { seed_digest: digest(category) }
    if (row?.metadata?.seed_digest === metadata.seed_digest) continue
    const parent = category.parent ? ids.get(category.parent) : undefined
    const fields = { name: category.name["zh-CN"], is_active: true, parent_category_id: parent ?? null }
    if (row) await updateProductCategoriesWorkflow(container).run({ input: { selector: { id: row.id }, update: fields } })
    else {
      const { result } = await createProductCategoriesWorkflow(container).run({ input: { product_categories: [{ ...fields, handle: category.handle, rank }] } })
      if (result[0]) ids.set(category.handle, result[0].id)
    }
    const id = ids.get(category.handle)
    if (!id) continue
    await saveTranslations(container, "product_category", [{ id, texts: { name: category.name.en } }])
    // Last: a run that is cut off before has to write the texts again.
    await container.resolve(Modules.PRODUCT).updateProductCategories(id, { metadata })
  }
  return ids
}

async function picture(container: MedusaContainer, product: SeedProduct): Promise<string> {
  const bytes = await drawPicture(product.picture, product.handle)
  const { result } = await uploadFilesWorkflow(container).run({ input: { files: [{ filename: `${product.handle}.webp`, mimeType: "image/webp", content: bytes.toString("base64"), access: "public" }] } })
  return result[0]?.url ?? ""
}

const optionsOf = (product: SeedProduct, values: string[]) => Object.fromEntries(product.options.map((option, i) => [option.name["zh-CN"], values[i] ?? ""]))

const variantPrices = (manifest: TenantManifest, fen: number) => [{ currency_code: manifest.currency_code, amount: toMajorUnits(fen) }]

async function addProducts(container: MedusaContainer, manifest: TenantManifest, products: SeedProduct[], categories: Map<string, string>) {
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({}, { take: 1 })
  const [profile] = await container.resolve(Modules.FULFILLMENT).listShippingProfiles({}, { take: 1 })
  if (!channel || !profile) throw new Error("The tenant has no sales channel or shipping profile")
  const pictures = await Promise.all(products.map((product) => picture(container, product)))
  const { result } = await createProductsWorkflow(container).run({
    input: {
      products: products.map((product, i) => ({
        title: product.title["zh-CN"],
        handle: product.handle,
        ...(product.subtitle ? { subtitle: product.subtitle["zh-CN"] } : {}),
        description: product.description["zh-CN"],
        status: "published" as const,
        thumbnail: pictures[i] ?? "",
        images: [{ url: pictures[i] ?? "" }],
        category_ids: [categories.get(product.category) ?? ""].filter(Boolean),
        ...(product.origin_country ? { origin_country: product.origin_country } : {}),
        shipping_profile_id: profile.id,
        sales_channels: [{ id: channel.id }],
        options: product.options.map((option) => ({ title: option.name["zh-CN"], values: option.values })),
        variants: product.variants.map((variant) => ({
          title: variant.values.join(" / "),
          sku: variant.sku,
          ...(variant.barcode ? { barcode: variant.barcode } : {}),
          options: optionsOf(product, variant.values),
          manage_inventory: variant.stock !== null,
          prices: variantPrices(manifest, variant.price_amount),
          metadata: variant.original_price_amount ? { original_price_amount: variant.original_price_amount } : {},
        })),
        metadata: { seed_digest: PENDING },
      })),
    },
  })
  const made = result as unknown as { id: string; handle: string; options?: { id: string; title: string }[] }[]
  await saveTexts(container, products, made)
  const digestOf = new Map(products.map((product) => [product.handle, digest(product)]))
  await container.resolve(Modules.PRODUCT).upsertProducts(made.map((row) => ({ id: row.id, metadata: { seed_digest: digestOf.get(row.handle) ?? "" } })))
}

/** Products whose making was cut off have no prices or no texts: they are made again. */
async function dropPending(container: MedusaContainer, known: Map<string, Row>): Promise<Map<string, Row>> {
  const pending = [...known.values()].filter((row) => row.metadata?.seed_digest === PENDING)
  if (pending.length) await deleteProductsWorkflow(container).run({ input: { ids: pending.map((row) => row.id) } })
  for (const row of pending) known.delete(row.handle)
  return known
}

async function saveTexts(container: MedusaContainer, products: SeedProduct[], made: { id: string; handle: string; options?: { id: string; title: string }[] }[]) {
  const seedOf = new Map(products.map((product) => [product.handle, product]))
  await saveTranslations(container, "product", made.flatMap((row) => {
    const seed = seedOf.get(row.handle)
    return seed ? [{ id: row.id, texts: { title: seed.title.en, subtitle: seed.subtitle?.en, description: seed.description.en } }] : []
  }))
  await saveTranslations(container, "product_option", made.flatMap((row) =>
    (row.options ?? []).flatMap((option) => {
      const seed = seedOf.get(row.handle)?.options.find((candidate) => candidate.name["zh-CN"] === option.title)
      return seed ? [{ id: option.id, texts: { title: seed.name.en } }] : []
    }),
  ))
}

type CurrentProduct = { variants: { id: string; sku: string }[]; options: { id: string; title: string; values: { value: string }[] }[] }

async function currentProduct(container: MedusaContainer, id: string): Promise<CurrentProduct> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "product", fields: ["variants.id", "variants.sku", "options.id", "options.title", "options.values.value"], filters: { id } })
  return data[0] as unknown as CurrentProduct
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

async function changeProduct(container: MedusaContainer, manifest: TenantManifest, product: SeedProduct, row: Row, categories: Map<string, string>) {
  const before = await currentProduct(container, row.id)
  await matchOptions(container, product, row.id, before)
  const idOf = new Map(before.variants.map((variant) => [variant.sku, variant.id]))
  const url = await picture(container, product)
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
            title: variant.values.join(" / "),
            sku: variant.sku,
            options: optionsOf(product, variant.values),
            manage_inventory: variant.stock !== null,
            prices: variantPrices(manifest, variant.price_amount),
            metadata: variant.original_price_amount ? { original_price_amount: variant.original_price_amount } : {},
          }
        }),
        metadata: { ...row.metadata, seed_digest: digest(product) },
      }] as never,
    },
  })
  const { options } = await currentProduct(container, row.id)
  await saveTexts(container, [product], [{ id: row.id, handle: product.handle, options }])
}

/** Opening stock for items that have no level yet; stock that exists is the merchant's and stays. */
async function fillMissingStock(container: MedusaContainer, catalogue: SeedCatalogue) {
  const [location] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({}, { take: 1, order: { created_at: "ASC" } })
  if (!location) throw new Error("The tenant has no stock location")
  const stockOf = new Map(catalogue.products.flatMap((product) => product.variants.map((variant) => [variant.sku, variant.stock] as const)))
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "inventory_item", fields: ["id", "sku", "location_levels.id"], pagination: { take: 100_000, skip: 0 } })
  const missing = (data as unknown as { id: string; sku: string; location_levels?: unknown[] }[]).filter((item) => !item.location_levels?.length && stockOf.get(item.sku) != null)
  for (let i = 0; i < missing.length; i += 500) {
    const batch = missing.slice(i, i + 500)
    await createInventoryLevelsWorkflow(container).run({
      input: { inventory_levels: batch.map((item) => ({ inventory_item_id: item.id, location_id: location.id, stocked_quantity: stockOf.get(item.sku) ?? 0 })) },
    })
  }
}
