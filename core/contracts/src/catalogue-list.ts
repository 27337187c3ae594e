/** Orders of a list of products. `recommended` is the shop's own. */
export const CATALOGUE_SORTS = ["recommended", "newest", "cheapest", "dearest", "title"] as const
export type CatalogueSort = (typeof CATALOGUE_SORTS)[number]

/** How many products each filter would leave, all other filters being as they are. Prices in fen; null where nothing has one. */
export type CatalogueFacets = {
  in_stock: number
  reduced: number
  /** Two-letter countries, the most frequent first. */
  origins: { code: string; count: number }[]
  price: { least: number; most: number } | null
}

/** What GET /store/catalogue answers: products of one page in order, and how many there are in all. */
export type CatalogueList = { product_ids: string[]; count: number; facets: CatalogueFacets }
