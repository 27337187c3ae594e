import type { Locale, ShopContext } from "@fangshi/contracts"
import type { MetaDescriptor } from "react-router"
import { brandAddress } from "../install/brand-pictures.server"

type Shared = { title?: string | undefined; description?: string | null; picture?: string | null | undefined; price?: number | null | undefined; kind?: "website" | "product" | "article" }

/** The address of a page in a language: plain in the shop's own, so that each language has one of its own. */
export function addressIn(locale: Locale, { origin, default_locale }: Pick<ShopContext, "origin" | "default_locale">, path: string, query: Record<string, string> = {}): string {
  const asked = new URLSearchParams({ ...query, ...(locale === default_locale ? {} : { locale }) }).toString()
  return `${origin}${path}${asked && `?${asked}`}`
}

/** The address of a product, as cards, codes and links name it. */
export const productAddress = (shop: ShopContext, locale: Locale, handle: string): string => addressIn(locale, shop, `/p/${encodeURIComponent(handle)}`)

const MOST_DESCRIPTION = 160
/** One paragraph, as long as search engines and messengers show it. */
const short = (text: string) => [...text.replace(/\s+/g, " ").trim()].slice(0, MOST_DESCRIPTION).join("")

/** The second page of a list is a page of its own; how it is sorted is not. */
function pageOfList(asked: URLSearchParams): Record<string, string> {
  const page = asked.get("page")
  return page && /^[1-9]\d?$/.test(page) && page !== "1" ? { page } : {}
}

/**
 * What search engines and messengers read of a page: title (the shop's name and slogan where the page has none), description,
 * picture, price, its address and those in other languages. Made by the loader, since no browser needs to know how.
 */
export function shareMeta(request: Request, shop: ShopContext, locale: Locale, { title: own, description, picture: given, price, kind = "website" }: Shared): MetaDescriptor[] {
  const { pathname: path, searchParams } = new URL(request.url)
  const { origin, name, brand: { slogan }, locales, default_locale, currency_code } = shop
  const query = pageOfList(searchParams)
  const address = (of: Locale) => addressIn(of, shop, path, query)
  const title = own || `${name[locale]} · ${slogan[locale]}`
  // What a shopkeeper typed may be no address at all.
  const picture = given && URL.canParse(given, origin) ? given : null
  const image = new URL(picture ?? brandAddress(shop, `share-${locale}`), origin).href
  const text = short(description || slogan[locale])
  const property = (entries: Record<string, string>): MetaDescriptor[] => Object.entries(entries).map(([key, content]) => ({ property: key, content }))
  const alternate = (hrefLang: string, of: Locale): MetaDescriptor => ({ tagName: "link", rel: "alternate", hrefLang, href: address(of) })
  return [
    { title },
    { name: "description", content: text },
    { tagName: "link", rel: "canonical", href: address(locale) },
    ...(locales.length > 1 ? [...locales.map((each) => alternate(each, each)), alternate("x-default", default_locale)] : []),
    ...property({ "og:type": kind, "og:site_name": name[locale], "og:title": title, "og:description": text, "og:url": address(locale), "og:image": image, "og:locale": locale.replace("-", "_") }),
    ...(picture ? [] : property({ "og:image:width": "1200", "og:image:height": "630" })),
    ...(price == null ? [] : property({ "product:price:amount": String(price), "product:price:currency": currency_code.toUpperCase() })),
    { name: "twitter:card", content: "summary_large_image" },
    // WeChat reads these.
    { itemProp: "name", content: title },
    { itemProp: "description", content: text },
    { itemProp: "image", content: image },
  ]
}
