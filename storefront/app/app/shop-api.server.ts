import type { Locale, ShopContext } from "@fangshi/contracts"
import type { CategoryLink, ProductTile } from "@fangshi/storefront-kit"
import sdkModule from "@medusajs/js-sdk"
import type { HttpTypes } from "@medusajs/types"
import { keep } from "./kept.server"

const Medusa = ("default" in sdkModule ? sdkModule.default : sdkModule) as typeof sdkModule

/** Medusa's name of a language: ours and a country. */
export const medusaLocale = (locale: Locale): string => (locale === "en" ? "en-US" : locale)

/** The official client, made for one request: it keeps no session and no state between shoppers. With a token it speaks for that member. */
export function shopApi(shop: ShopContext, locale: Locale, token: string | null = null) {
  return new Medusa({
    baseUrl: shop.api.base_url,
    publishableKey: shop.publishable_key,
    auth: { type: "jwt", jwtTokenStorageMethod: "nostore" },
    globalHeaders: { ...shop.api.headers, "x-medusa-locale": medusaLocale(locale), ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })
}
export type ShopApi = ReturnType<typeof shopApi>

type StatusError = { status?: number; message?: string }
export const statusOf = (error: unknown): number | undefined => (error as StatusError | null)?.status

export type Frame = { region_id: string; categories: (CategoryLink & { id: string; parent_id: string | null })[] }

/** Region and categories of a shop. */
export const shopFrame = (shop: ShopContext, locale: Locale): Promise<Frame> => keep(shop, locale, "frame", () => loadFrame(shop, locale))

async function loadFrame(shop: ShopContext, locale: Locale): Promise<Frame> {
  const api = shopApi(shop, locale)
  const [{ regions }, { product_categories }] = await Promise.all([
    api.store.region.list({ limit: 1, fields: "id" }),
    api.store.category.list({ limit: 100, fields: "id,name,handle,parent_category_id,rank", order: "rank" }),
  ])
  const region = regions[0]
  if (!region) throw new Response("no region", { status: 503 })
  return { region_id: region.id, categories: product_categories.map((c) => ({ id: c.id, handle: c.handle, name: c.name, parent_id: c.parent_category_id })) }
}

export const topCategories = (frame: Frame): CategoryLink[] => frame.categories.filter((c) => !c.parent_id).map(({ handle, name }) => ({ handle, name }))

/** The category itself and everything below it. */
export function categoryIds(frame: Frame, handle: string): string[] {
  const root = frame.categories.find((c) => c.handle === handle)
  if (!root) return []
  return [root.id, ...frame.categories.filter((c) => c.parent_id === root.id).flatMap((child) => categoryIds(frame, child.handle))]
}

// The former price is in the metadata of a variant, which the shop API gives only with the whole variant.
const TILE_FIELDS = "id,title,subtitle,handle,thumbnail,origin_country,*variants,*variants.calculated_price,+variants.inventory_quantity"

/** One page of products as tiles, with how many there are in all. */
export function listTiles(shop: ShopContext, locale: Locale, query: Record<string, unknown>): Promise<{ tiles: ProductTile[]; count: number }> {
  return keep(shop, locale, `tiles${JSON.stringify(query)}`, () => fetchTiles(shop, locale, query))
}

/** As listTiles, but never kept: for lists that are one visitor's own. */
export async function fetchTiles(shop: ShopContext, locale: Locale, query: Record<string, unknown>): Promise<{ tiles: ProductTile[]; count: number; ids: string[] }> {
  const frame = await shopFrame(shop, locale)
  const { products, count } = await shopApi(shop, locale).store.product.list({ region_id: frame.region_id, fields: TILE_FIELDS, ...query })
  return { tiles: products.map(tileOf), count, ids: products.map(({ id }) => id) }
}

/** One product as a tile, or null: the price is that of its page. */
export const findTile = async (shop: ShopContext, locale: Locale, handle: string): Promise<ProductTile | null> => (await listTiles(shop, locale, { handle, limit: 1 })).tiles[0] ?? null

const isAvailable = (variant: HttpTypes.StoreProductVariant) => !variant.manage_inventory || (variant.inventory_quantity ?? 0) > 0

/** The struck-through price of a variant in major units, from the fen the seed keeps. */
export function originalPrice(variant: { metadata?: Record<string, unknown> | null }): number | null {
  const fen = variant.metadata?.original_price_amount
  return typeof fen === "number" ? fen / 100 : null
}

function tileOf(product: HttpTypes.StoreProduct): ProductTile {
  const priced = (product.variants ?? []).flatMap((variant) => {
    const amount = variant.calculated_price?.calculated_amount
    return amount == null ? [] : [{ amount, variant }]
  })
  priced.sort((x, y) => x.amount - y.amount)
  const cheapest = priced.find(({ variant }) => isAvailable(variant)) ?? priced[0]
  return {
    handle: product.handle,
    title: product.title,
    subtitle: product.subtitle,
    picture: product.thumbnail,
    origin: product.origin_country,
    price: cheapest?.amount ?? null,
    from: new Set(priced.map(({ amount }) => amount)).size > 1,
    original_price: cheapest ? originalPrice(cheapest.variant) : null,
    sold_out: priced.length > 0 && !priced.some(({ variant }) => isAvailable(variant)),
  }
}

const CART_FIELDS = "id,currency_code,completed_at,email,total,item_total,original_item_total,shipping_total,tax_total,discount_total,item_subtotal,*items,*items.adjustments,*items.variant,+items.variant.inventory_quantity,items.variant.manage_inventory,*shipping_address,*shipping_methods"

/** The open cart of this browser, or null: gone, completed or never made. */
export async function findCart(api: ShopApi, id: string | null): Promise<HttpTypes.StoreCart | null> {
  if (!id) return null
  try {
    const { cart } = await api.store.cart.retrieve(id, { fields: CART_FIELDS })
    return (cart as { completed_at?: unknown }).completed_at ? null : cart
  } catch (error) {
    if (statusOf(error) === 404) return null
    throw error
  }
}

/** How many pieces of each variant can be bought. A variant whose stock is not counted is left out. */
export async function piecesLeft(api: ShopApi, variantIds: string[]): Promise<Map<string, number>> {
  if (!variantIds.length) return new Map()
  const { variants } = await api.client.fetch<{ variants: HttpTypes.StoreProductVariant[] }>("/store/product-variants", {
    query: { id: variantIds, limit: variantIds.length, fields: "id,manage_inventory,+inventory_quantity" },
  })
  return new Map(variants.filter((variant) => variant.manage_inventory).map((variant) => [variant.id, Math.max(0, variant.inventory_quantity ?? 0)]))
}
