import type { IncomingMessage } from "node:http"
import type { Locale, ShopContext } from "@fangshi/contracts"
import { localeCookie } from "../app/cookies"
import { FILTERS, isSort } from "../app/list-order"

/** A page that reads the same for everybody: its address without whatever does not change it, and the only cookie that counts. */
export type AnonymousPage = { address: string; locale: Locale; cookie: string }

/** Home, categories, products, articles and landing pages. `.data` is what a page already open asks for. */
export const SHARED = /^\/(?:([acpl])\/[^/]{1,300})?$/
const PAGE_NUMBER = /^[1-9]\d?$/

// Types only from contracts, which this module of the new kind cannot load by name; a language forgotten here does not compile.
export const LANGUAGES = Object.keys({ "zh-CN": true, en: true } satisfies Record<Locale, true>) as Locale[]
const cookieOf = async (locale: Locale) => (await localeCookie.serialize(locale)).split(";")[0] ?? ""
const COOKIES = new Map(await Promise.all(LANGUAGES.map(async (locale) => [await cookieOf(locale), locale] as const)))

/** What an address asks of a list; null where it asks for more pages than are worth keeping, or for a choice of its own. */
function listQuery(asked: URLSearchParams): string | null {
  const [sort, page] = [asked.get("sort"), asked.get("page")]
  if ((page !== null && !PAGE_NUMBER.test(page)) || FILTERS.some((key) => asked.has(key))) return null
  const known = new URLSearchParams({ ...(isSort(sort) ? { sort } : {}), ...(page === null ? {} : { page }) }).toString()
  return known && `?${known}`
}

/**
 * The page a request asks for if it is one of all visitors alike; null for everything personal. Nothing of the request
 * but what is returned here may reach the page: whatever else a visitor sends cannot get into another's.
 */
export function anonymousPage(req: Pick<IncomingMessage, "method" | "headers"> & { path: string; originalUrl: string }, shop: ShopContext): AnonymousPage | null {
  if (req.method !== "GET" && req.method !== "HEAD") return null
  const { cookie, authorization } = req.headers
  // Any other cookie may be a cart's, a shopper's or a merchant's.
  const chosen = cookie === undefined ? shop.default_locale : COOKIES.get(cookie)
  if (authorization !== undefined || chosen === undefined) return null
  const kind = SHARED.exec(req.path)
  if (!kind || req.path.endsWith(".data")) return null
  const locale = shop.locales.includes(chosen) ? chosen : shop.default_locale
  const from = req.originalUrl.indexOf("?")
  const asked = from < 0 ? null : new URLSearchParams(req.originalUrl.slice(from))
  if (asked?.has("preview")) return null
  const query = asked && kind[1] === "c" ? listQuery(asked) : ""
  return query === null ? null : { address: req.path + query, locale, cookie: cookie ?? "" }
}
