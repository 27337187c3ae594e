import type { Locale, LocalizedText } from "@fangshi/contracts"
import type { MetaDescriptor } from "react-router"

/** What the root knows of the shop that links and share cards need. */
export type ShareFrame = { origin: string; name: LocalizedText; slogan: LocalizedText; locale: Locale; locales: Locale[]; default_locale: Locale; currency_code: string; picture: string }
type Shared = { title?: string | undefined; description?: string | null; picture?: string | null; price?: number | null; kind?: "website" | "product" | "article" }
type Args = { matches: readonly ({ id: string; loaderData?: unknown; data?: unknown } | undefined)[]; location: { pathname: string; search: string } }

/** The address of a page in a language: plain in the shop's own, so that each language has one of its own. */
export function addressIn(locale: Locale, { origin, default_locale }: Pick<ShareFrame, "origin" | "default_locale">, path: string, query: Record<string, string> = {}): string {
  const asked = new URLSearchParams({ ...query, ...(locale === default_locale ? {} : { locale }) }).toString()
  return `${origin}${path}${asked && `?${asked}`}`
}

const MOST_DESCRIPTION = 160
/** One paragraph, as long as search engines and messengers show it. */
const short = (text: string) => [...text.replace(/\s+/g, " ").trim()].slice(0, MOST_DESCRIPTION).join("")

/** The second page of a list is a page of its own; how it is sorted is not. */
function pageOfList(search: string): Record<string, string> {
  const page = new URLSearchParams(search).get("page")
  return page && /^[1-9]\d?$/.test(page) && page !== "1" ? { page } : {}
}

/** What search engines and messengers read of a page: title (the shop's name and slogan where the page has none), description, picture, price, its address and those in other languages. */
export function shareMeta({ matches, location }: Args, { title: own, description, picture, price, kind = "website" }: Shared): MetaDescriptor[] {
  const root = matches.find((match) => match?.id === "root")
  const frame = ((root?.loaderData ?? root?.data) as { share?: ShareFrame } | undefined)?.share
  if (!frame) return []
  const { origin, name, slogan, locale, locales, default_locale, currency_code } = frame
  const title = own || `${name[locale]} · ${slogan[locale]}`
  const query = pageOfList(location.search)
  const address = (of: Locale) => addressIn(of, frame, location.pathname, query)
  const image = new URL(picture || frame.picture, origin).href
  const text = short(description || slogan[locale])
  const property = (entries: Record<string, string>): MetaDescriptor[] => Object.entries(entries).map(([key, content]) => ({ property: key, content }))
  return [
    { title },
    { name: "description", content: text },
    { tagName: "link", rel: "canonical", href: address(locale) },
    ...(locales.length > 1 ? [...locales.map((each) => ({ tagName: "link" as const, rel: "alternate", hrefLang: each, href: address(each) })), { tagName: "link" as const, rel: "alternate", hrefLang: "x-default", href: address(default_locale) }] : []),
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
