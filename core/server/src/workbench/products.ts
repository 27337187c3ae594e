import { type EditedProduct, FangshiError, type NewProduct, PRODUCT_LIMITS, type ProductChange, may } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createInventoryLevelsWorkflow, createProductsWorkflow, updateProductsWorkflow } from "@medusajs/medusa/core-flows"
import type { MerchantsService } from "../modules/merchants/service"
import type { Staff } from "../modules/staff/service"
import { type StoredPicture, storePicture } from "../pictures/picture-files"
import { ENGLISH, saveTranslations } from "../tenants/translations"
import { fromFen } from "./fen"

type Doing = { scope: MedusaContainer; staff: Staff }
type Row = { id: string; handle: string; title: string; description: string | null; status: string; images: { id: string; url: string; rank?: number }[]; categories: { id: string }[] }

const FIELDS = ["id", "handle", "title", "description", "status", "images.id", "images.url", "images.rank", "categories.id"]
/** The one kind there is; Medusa knows no product without an option. */
const KIND = { title: "规格", value: "标准", english: { title: "Kind", value: "Standard" } }

const merchantsOf = (scope: MedusaContainer) => scope.resolve<MerchantsService>("merchants")

/** One change of a product at a time, whole or not at all. */
function inTurn<T>({ scope }: Doing, product: string, work: () => Promise<T>): Promise<T> {
  const lock = "select pg_advisory_xact_lock(hashtextextended('product:' || current_setting('app.tenant_id') || ':' || $1, 0))"
  return inUnitOfWork(scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), async (unit) => void (await unit.query(lock, [product])), work)
}

async function find({ scope, staff }: Doing, filters: { id: string } | { handle: string }): Promise<Row | null> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({ entity: "product", fields: FIELDS, filters })
  const row = data[0] as unknown as Row | undefined
  if (!row) return null
  if (staff.merchant_id !== null && (await merchantsOf(scope).merchantsOf([row.id])).get(row.id) !== staff.merchant_id) return null
  return { ...row, images: [...row.images].sort((x, y) => (x.rank ?? 0) - (y.rank ?? 0)), categories: [...row.categories].sort((x, y) => (x.id < y.id ? -1 : 1)) }
}

/** Throws NOT_FOUND, also for another merchant's. */
async function get(doing: Doing, id: string): Promise<Row> {
  const row = await find(doing, { id })
  if (!row) throw new FangshiError("NOT_FOUND")
  return row
}

async function englishOf(scope: MedusaContainer, id: string): Promise<Record<string, string | undefined>> {
  const [row] = await scope.resolve(Modules.TRANSLATION).listTranslations({ reference: "product", reference_id: id, locale_code: ENGLISH }, { take: 1 })
  return (row?.translations ?? {}) as Record<string, string | undefined>
}

/** Throws NOT_FOUND, also for another merchant's. */
export async function readProduct(doing: Doing, id: string): Promise<EditedProduct> {
  const [{ handle, title, description, status, images, categories }, english, merchants] = await Promise.all([get(doing, id), englishOf(doing.scope, id), merchantsOf(doing.scope).merchantsOf([id])])
  return {
    id, handle, title, title_en: english.title ?? "", description: description ?? "", description_en: english.description ?? "",
    category_id: categories[0]?.id ?? null, merchant_id: merchants.get(id) ?? null, status: status === "published" ? "published" : "draft", pictures: images.map((image) => ({ id: image.id, url: image.url })),
  }
}

/** What may be chosen for a product: all, in the order the shop shows them. */
export async function listCategories(scope: MedusaContainer): Promise<{ id: string; name: string; name_en: string }[]> {
  const rows = await scope.resolve(Modules.PRODUCT).listProductCategories({ is_active: true }, { select: ["id", "name"], order: { rank: "ASC" }, take: 500 })
  const english = await scope.resolve(Modules.TRANSLATION).listTranslations({ reference: "product_category", reference_id: rows.map(({ id }) => id), locale_code: ENGLISH }, { take: 500 })
  const nameOf = new Map(english.map(({ reference_id, translations }) => [reference_id, (translations as { name?: string }).name]))
  return rows.map(({ id, name }) => ({ id, name, name_en: nameOf.get(id) ?? name }))
}

async function assertCategory(scope: MedusaContainer, id: string | null): Promise<void> {
  if (id && !(await scope.resolve(Modules.PRODUCT).listProductCategories({ id }, { select: ["id"], take: 1 })).length) throw new FangshiError("REQUEST_INVALID", { field: "category_id" })
}

/** Adds a product that nobody sees yet, the merchant's where one merchant's staff adds it. The same key once more answers with the same product. Throws REQUEST_INVALID for an unknown category. */
export async function addProduct(doing: Doing, currency_code: string, { key, title, description, category_id, price_amount, stock, ...english }: NewProduct): Promise<string> {
  const { scope, staff } = doing
  const handle = `p-${key}`
  await assertCategory(scope, category_id)
  return inTurn(doing, handle, async () => {
    const known = await find(doing, { handle })
    if (known) return known.id
    const [channel] = await scope.resolve(Modules.SALES_CHANNEL).listSalesChannels({}, { take: 1 })
    const [profile] = await scope.resolve(Modules.FULFILLMENT).listShippingProfiles({}, { take: 1 })
    if (!channel || !profile) throw new Error("The shop has no sales channel or shipping profile")
    const variant = { title: KIND.value, sku: handle.toUpperCase(), options: { [KIND.title]: KIND.value }, manage_inventory: stock !== null, prices: [{ currency_code, amount: fromFen(price_amount) }] }
    const { result } = await createProductsWorkflow(scope).run({
      input: { products: [{ title, handle, description, status: "draft", category_ids: category_id ? [category_id] : [], shipping_profile_id: profile.id, sales_channels: [{ id: channel.id }], options: [{ title: KIND.title, values: [KIND.value] }], variants: [variant] }] },
    })
    const id = result[0]?.id ?? ""
    if (staff.merchant_id !== null) await merchantsOf(scope).giveProducts(staff.merchant_id, [id])
    if (stock !== null) await fillShelf(scope, variant.sku, stock)
    await translate(scope, id, english)
    await translateKind(scope, id)
    return id
  })
}

async function fillShelf(scope: MedusaContainer, sku: string, stocked_quantity: number): Promise<void> {
  const [location] = await scope.resolve(Modules.STOCK_LOCATION).listStockLocations({}, { take: 1, order: { created_at: "ASC" } })
  const [item] = await scope.resolve(Modules.INVENTORY).listInventoryItems({ sku }, { take: 1 })
  if (!location || !item) throw new Error("The shop has no place to keep goods in")
  await createInventoryLevelsWorkflow(scope).run({ input: { inventory_levels: [{ inventory_item_id: item.id, location_id: location.id, stocked_quantity }] } })
}

/** An empty text is no translation to Medusa; what else was translated of the product stays. */
const translate = (scope: MedusaContainer, id: string, { title_en, description_en }: { title_en: string; description_en: string }): Promise<void> =>
  saveTranslations(scope, "product", [{ id, texts: { title: title_en, description: description_en } }])

async function translateKind(scope: MedusaContainer, id: string): Promise<void> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({ entity: "product", fields: ["options.id", "options.values.id", "variants.id"], filters: { id } })
  const [{ options, variants }] = data as unknown as [{ options: { id: string; values: { id: string }[] }[]; variants: { id: string }[] }]
  const { title, value } = KIND.english
  await saveTranslations(scope, "product_option", options.map((option) => ({ id: option.id, texts: { title } })))
  await saveTranslations(scope, "product_option_value", options.flatMap(({ values }) => values.map((each) => ({ id: each.id, texts: { value } }))))
  await saveTranslations(scope, "product_variant", variants.map((variant) => ({ id: variant.id, texts: { title: value } })))
}

/** Throws NOT_FOUND, also for another merchant's; REQUEST_INVALID for an unknown category or picture; FORBIDDEN where others than the shop's owner say whose it is. */
export async function changeProduct(doing: Doing, id: string, { title, description, category_id, status, picture_ids, merchant_id, ...english }: ProductChange): Promise<void> {
  const { role, merchant_id: of } = doing.staff
  if (merchant_id !== undefined && (of !== null || !may(role, "merchants"))) throw new FangshiError("FORBIDDEN")
  await assertCategory(doing.scope, category_id)
  await inTurn(doing, id, async () => {
    const { images, categories } = await get(doing, id)
    const pictures = picture_ids.map((each) => images.find((image) => image.id === each))
    if (new Set(picture_ids).size !== pictures.length || pictures.some((picture) => !picture)) throw new FangshiError("REQUEST_INVALID", { field: "picture_ids" })
    // In further categories by the console or a file: those stay.
    const category_ids = [...new Set([...(category_id ? [category_id] : []), ...categories.slice(1).map((each) => each.id)])]
    await update(doing.scope, id, { title, description, status, category_ids, ...picturesAs(pictures.flatMap((picture) => picture ?? [])) })
    await translate(doing.scope, id, english)
    if (merchant_id !== undefined) await merchantsOf(doing.scope).giveProducts(merchant_id, [id])
  })
}

/** The file of a picture that is taken away stays: orders show what was bought as it looked. */
const picturesAs = (pictures: { id?: string; url: string }[]) => ({ images: pictures.map(({ id, url }, rank) => ({ ...(id ? { id } : {}), url, rank })), thumbnail: pictures[0]?.url ?? null })

const update = (scope: MedusaContainer, id: string, fields: object) => updateProductsWorkflow(scope).run({ input: { selector: { id }, update: fields } })

/** Adds a photo to a product, after those it has. Throws NOT_FOUND, PICTURE_INVALID, PRODUCT_PICTURES_FULL. */
export async function addPicture(doing: Doing, id: string, bytes: Buffer): Promise<StoredPicture> {
  await get(doing, id)
  return storePicture(doing.scope, "product", bytes, ({ url, width, height }) =>
    inTurn(doing, id, async () => {
      const { images } = await get(doing, id)
      if (images.length >= PRODUCT_LIMITS.pictures) throw new FangshiError("PRODUCT_PICTURES_FULL", { most: PRODUCT_LIMITS.pictures })
      await update(doing.scope, id, picturesAs([...images, { url }]))
      const added = (await get(doing, id)).images.find((image) => image.url === url)
      return { id: added?.id ?? "", url, width, height }
    }),
  )
}
