import type { Locale, LocalizedText } from "./localized"

/** What the host hands the storefront with every request, so that a page never asks who it is for. */
export type ShopContext = {
  tenant_id: string
  /** Under which the visitor sees the shop, e.g. https://shop.example; always a host of the shop. */
  origin: string
  name: LocalizedText
  theme: string
  /** Counts the changes of what shoppers see; whatever is kept of a page is kept under it. */
  revision: string
  brand: { slogan: LocalizedText; primary_colour: string; accent_colour: string; phone?: string }
  default_locale: Locale
  locales: Locale[]
  /** Those it has switched on, by the name of their package. */
  plugins: string[]
  time_zone: string
  currency_code: string
  publishable_key: string
  /** Origin of the shop API, reachable from the server process, and the headers that name the shop and the visitor to it. */
  api: { base_url: string; headers: Record<string, string> }
  /** Fresh for every answer; the only inline scripts allowed by the policy carry it. */
  csp_nonce: string
}
