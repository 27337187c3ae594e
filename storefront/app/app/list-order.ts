import type { CatalogueSort } from "@fangshi/contracts"

// Types only from contracts: the page cache loads this file as it is. A sort forgotten here does not compile.
export const SORTS = Object.keys({ recommended: true, newest: true, cheapest: true, dearest: true, title: true } satisfies Record<CatalogueSort, true>) as CatalogueSort[]

export const isSort = (value: string | null): value is CatalogueSort => (SORTS as (string | null)[]).includes(value)

/** What in an address narrows a list down. */
export const FILTERS = ["in_stock", "reduced", "origin", "price_min", "price_max"] as const

const MOST_PAGES = 1_000

/** A page's number as it stands in an address; the first where that is none. */
export const pageOf = (value: string | null): number => Math.min(MOST_PAGES, Math.max(1, Number.parseInt(value ?? "1", 10) || 1))
