import type { Locale } from "@fangshi/contracts"
import type { LoaderFunctionArgs } from "react-router"
import { stampOf } from "../drawing/send-picture.server"
import noWorker from "../install/no-worker.js?raw"
import worker from "../install/worker.js?raw"

/**
 * GET /sw.js: the worker of this shop, one for all its languages, since changing it during a visit makes pages wait. It is
 * another one as soon as the build, or what its offline pages show of the shop, is another; not with every price and piece of
 * stock, of which it keeps nothing.
 */
export function loader({ context: { shop, worker: { build, on } } }: LoaderFunctionArgs) {
  const version = stampOf([build, shop.locales, shop.name, shop.brand, shop.theme])
  const offline = Object.fromEntries(shop.locales.map((locale: Locale) => [locale, `/offline?locale=${locale}&of=${version}`]))
  const own = `const VERSION = ${JSON.stringify(version)}\nconst OFFLINE = ${JSON.stringify(offline)}\n`
  return new Response(on ? own + worker : noWorker, { headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "private, no-cache" } })
}
