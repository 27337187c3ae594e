import { LOCALES, type Locale, type ShopContext } from "@fangshi/contracts"
import { localeCookie } from "./cookies"

/** The language of a page: the shopper's choice, else the shop's own. */
export async function localeOf(request: Request, shop: ShopContext): Promise<Locale> {
  const chosen: unknown = await localeCookie.parse(request.headers.get("cookie"))
  const locale = LOCALES.find((candidate) => candidate === chosen)
  return locale && shop.locales.includes(locale) ? locale : shop.default_locale
}

/** The language of what is fetched by its address: `locale` of the query, else as a page. */
export async function localeAsked(request: Request, shop: ShopContext): Promise<Locale> {
  const asked = new URL(request.url).searchParams.get("locale")
  return LOCALES.find((each) => each === asked && shop.locales.includes(each)) ?? (await localeOf(request, shop))
}
