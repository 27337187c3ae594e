import type { CatalogueFacets, CatalogueList, CatalogueSort, Locale, ShopContext } from "@fangshi/contracts"
import type { ProductTile } from "@fangshi/storefront-kit"
import { keep } from "./kept.server"
import { FILTERS, isSort, pageOf } from "./list-order"
import { fetchTiles, shopApi } from "./shop-api.server"

const PAGE_SIZE = 24

/** Filters as they stand in the address. Prices in major units, as they were typed. */
export type AskedFilters = { in_stock: boolean; reduced: boolean; origins: string[]; price_min: string; price_max: string }

/** A page of a list as it is shown; prices in major units. */
export type ShownList = { tiles: ProductTile[]; count: number; facets: CatalogueFacets; asked: AskedFilters; sort: CatalogueSort; page: number; pages: number }

/** Typed by hand: what is no price is no filter. */
const fenOf = (typed: string) => (/^\d{1,8}(?:\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : undefined)

/** The list an address asks for, within a category or by a word. */
export async function loadList(shop: ShopContext, locale: Locale, url: URL, within: { category_id?: string[]; q?: string }): Promise<ShownList> {
  const { searchParams: asking } = url
  const [sort, page] = [asking.get("sort"), pageOf(asking.get("page"))]
  const asked: AskedFilters = {
    in_stock: asking.get("in_stock") === "true",
    reduced: asking.get("reduced") === "true",
    origins: [...new Set(asking.getAll("origin").filter((code) => /^[a-z]{2}$/.test(code)))].slice(0, 30),
    price_min: (asking.get("price_min") ?? "").trim().slice(0, 12),
    price_max: (asking.get("price_max") ?? "").trim().slice(0, 12),
  }
  const query = {
    ...within,
    in_stock: asked.in_stock,
    reduced: asked.reduced,
    origin: asked.origins,
    price_min: fenOf(asked.price_min),
    price_max: fenOf(asked.price_max),
    sort: isSort(sort) ? sort : "recommended",
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  } as const
  const fetchList = async () => {
    const { product_ids, ...list } = await shopApi(shop, locale).client.fetch<CatalogueList>("/store/catalogue", { query })
    if (!product_ids.length) return { ...list, tiles: [] }
    const { tiles, ids } = await fetchTiles(shop, locale, { id: product_ids, limit: product_ids.length })
    return { ...list, tiles: product_ids.flatMap((id) => tiles[ids.indexOf(id)] ?? []) }
  }
  // Visitors can think up any number of narrowed lists: those are not worth keeping.
  const isNarrowed = FILTERS.some((key) => asking.has(key))
  const { tiles, count, facets } = isNarrowed ? await fetchList() : await keep(shop, locale, `list${JSON.stringify(query)}`, fetchList)
  const price = facets.price && { least: facets.price.least / 100, most: facets.price.most / 100 }
  return { tiles, count, facets: { ...facets, price }, asked, sort: query.sort, page, pages: Math.ceil(count / PAGE_SIZE) }
}
