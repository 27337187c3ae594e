import { LOCALES, type Locale, type ShopContext } from "@fangshi/contracts"
import { localeCookie } from "./cookies"

/** The language of a page: the shopper's choice, else the shop's own. */
export async function localeOf(request: Request, shop: ShopContext): Promise<Locale> {
  const chosen: unknown = await localeCookie.parse(request.headers.get("cookie"))
  const locale = LOCALES.find((candidate) => candidate === chosen)
  return locale && shop.locales.includes(locale) ? locale : shop.default_locale
}
