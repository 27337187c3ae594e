import { type Locale, MAIN_SECTION, ONLY_HANDLE, type LocalizedText, type PageKind, type PageSection, type SectionQuery, type ShopContext } from "@fangshi/contracts"
import type { ProductTile, SectionData, ShownSection } from "@fangshi/storefront-kit"
import { keep } from "./kept.server"
import { type Frame, categoryIds, listTiles, shopApi, shopFrame, statusOf, topCategories } from "./shop-api.server"
import { manifestNamed } from "./theme-manifests.server"

export type PageView = { kind: PageKind; handle: string; title: LocalizedText | null; sections: ShownSection[] }
/** The shop API cannot look for former prices: so many products are looked through for them. */
const LOOKED_THROUGH = 100

type StoredPage = Omit<PageView, "sections"> & { sections: PageSection[] }

/** A page as the tenant arranged it, with what its sections show. With a preview token, the draft. A page that is not there is a 404. */
export async function loadPage(request: Request, shop: ShopContext, locale: Locale, kind: PageKind, handle = ONLY_HANDLE): Promise<PageView> {
  const preview = new URL(request.url).searchParams.get("preview")
  const page = preview === null ? await keep(shop, locale, `page|${kind}|${handle}`, () => fetchPage(shop, locale, kind, handle)) : await fetchPage(shop, locale, kind, handle, preview)
  const { sections: definitions } = manifestNamed(shop.theme)
  const sections = await Promise.all(
    page.sections.map(async ({ id, type, settings }): Promise<ShownSection> => {
      const query = type === MAIN_SECTION ? undefined : definitions[type]?.query?.(settings)
      return { id, type, settings, data: query ? await loadData(shop, locale, query) : {} }
    }),
  )
  return { ...page, sections }
}

async function fetchPage(shop: ShopContext, locale: Locale, kind: PageKind, handle: string, preview?: string): Promise<StoredPage> {
  try {
    const { page } = await shopApi(shop, locale).client.fetch<{ page: StoredPage }>(`/store/pages/${kind}/${encodeURIComponent(handle)}`, { query: preview === undefined ? {} : { preview } })
    return page
  } catch (error) {
    if (statusOf(error) === 404) throw new Response("no such page", { status: 404 })
    throw error
  }
}

async function loadData(shop: ShopContext, locale: Locale, { products, categories }: SectionQuery): Promise<SectionData> {
  const frame = await shopFrame(shop, locale)
  return {
    ...(products ? { tiles: await tilesOf(shop, locale, frame, products) } : {}),
    ...(categories ? { rows: await rowsOf(shop, locale, frame, categories) } : {}),
  }
}

async function tilesOf(shop: ShopContext, locale: Locale, frame: Frame, { handles, category, order, reduced, limit }: NonNullable<SectionQuery["products"]>): Promise<ProductTile[]> {
  if (handles) {
    if (!handles.length) return []
    const { tiles } = await listTiles(shop, locale, { handle: handles, limit: handles.length })
    return handles.flatMap((handle) => tiles.find((tile) => tile.handle === handle) ?? []).slice(0, limit)
  }
  const ids = category ? categoryIds(frame, category) : null
  // A category that is gone has no products, not all of them.
  if (ids && !ids.length) return []
  const { tiles } = await listTiles(shop, locale, { limit: reduced ? LOOKED_THROUGH : limit, order: order === "newest" ? "-created_at" : "created_at", ...(ids ? { category_id: ids } : {}) })
  return reduced ? tiles.filter(isReduced).slice(0, limit) : tiles
}

const isReduced = ({ price, original_price, sold_out }: ProductTile) => !sold_out && price !== null && original_price !== null && original_price > price

const rowsOf = (shop: ShopContext, locale: Locale, frame: Frame, { skip = 0, limit, products }: NonNullable<SectionQuery["categories"]>) =>
  Promise.all(
    topCategories(frame)
      .slice(skip, skip + limit)
      .map(async (category) => ({ category, tiles: products ? (await listTiles(shop, locale, { limit: products, category_id: categoryIds(frame, category.handle) })).tiles : [] })),
  )
