import type { Locale, ShopContext } from "@fangshi/contracts"
import { Refused, type Refusal } from "@fangshi/storefront-kit"
import { medusaLocale } from "../shop-api.server"

/** A page waits so long for one answer of the shop API. */
const PATIENCE_MS = 10_000

export type Side = "store" | "admin"
type Caller = { shop: ShopContext; locale: Locale; side: Side; token: string | null }

/** What the shop API is asked as whoever has this token. A path begins with /store/ or /admin/, whichever side it is. */
export function apiHeaders({ shop, locale, side, token }: Caller, path: string): Record<string, string> {
  if (!path.startsWith(`/${side}/`)) throw new Error(`${path} does not begin with /${side}/`)
  return { ...shop.api.headers, "x-publishable-api-key": shop.publishable_key, "x-medusa-locale": medusaLocale(locale), ...(token ? { authorization: `Bearer ${token}` } : {}) }
}

/** Asks as this visitor. Throws Refused with the words of the API, or an Error where it fails. */
async function ask<T>(caller: Caller, path: string, body?: object): Promise<T> {
  const answer = await fetch(caller.shop.api.base_url + path, {
    headers: { ...apiHeaders(caller, path), ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const said = (await answer.json()) as T & Partial<Refusal>
  if (answer.ok) return said
  if (answer.status >= 500 || !said.code || !said.text || !said.hint) throw new Error(`${path} answered ${answer.status}`)
  throw new Refused(answer.status, { code: said.code, text: said.text, hint: said.hint })
}

/** The two ways of a plugin's page to the shop API. */
export const pluginApi = (caller: Caller) => ({
  get: <T>(path: string) => ask<T>(caller, path),
  post: <T>(path: string, body: object = {}) => ask<T>(caller, path, body),
})
