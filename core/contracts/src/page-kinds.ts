/** Pages a tenant arranges. home, category and product are one each; articles and landing pages have handles of their own. */
export const PAGE_KINDS = ["home", "category", "product", "article", "landing"] as const
export type PageKind = (typeof PAGE_KINDS)[number]

/** The handle of the pages of which there is one each. */
export const ONLY_HANDLE = "default"
export const hasHandles = (kind: PageKind): boolean => kind === "article" || kind === "landing"

/** Stands where the page's own content goes: the goods of a category, the product. Every category and product page has one. */
export const MAIN_SECTION = "main"
export const needsMain = (kind: PageKind): boolean => kind === "category" || kind === "product"
