import type { IncomingMessage, ServerResponse } from "node:http"
import type { ShopContext } from "@fangshi/contracts"
import { localeCookie } from "../app/cookies"
import { LANGUAGES, SHARED } from "./anonymous-page"

const CHOICES = new Map(await Promise.all(LANGUAGES.map(async (locale) => [locale, await localeCookie.serialize(locale)] as const)))
const without = (cookies: string) => cookies.split(/;\s*/).filter((each) => each && !each.startsWith(`${localeCookie.name}=`))

/**
 * A page that is asked for in a language by its address, as search engines and shared links do, is made as for somebody
 * who chose that language, and the choice is remembered. What is fetched for a page already open changes no choice.
 */
export function takeAskedLanguage(req: IncomingMessage & { path: string; originalUrl: string }, res: ServerResponse, shop: ShopContext): void {
  if ((req.method !== "GET" && req.method !== "HEAD") || !req.originalUrl.includes("locale=") || !SHARED.test(req.path) || req.path.endsWith(".data")) return
  const asked = new URLSearchParams(req.originalUrl.slice(req.originalUrl.indexOf("?"))).get("locale")
  const locale = shop.locales.find((each) => each === asked)
  const choice = locale && CHOICES.get(locale)
  if (!choice) return
  res.appendHeader("set-cookie", choice)
  req.headers.cookie = [...without(req.headers.cookie ?? ""), choice.slice(0, choice.indexOf(";"))].join("; ")
}
