import type { LoaderFunctionArgs } from "react-router"
import { stampOf } from "../drawing/send-picture.server"
import noWorker from "../install/no-worker.js?raw"
import worker from "../install/worker.js?raw"
import { localeAsked } from "../locale.server"

/**
 * GET /sw.js?locale=: the worker of this shop in one language. It is another one as soon as the build, or what its offline
 * page shows of the shop, is another; not with every price and piece of stock, of which it keeps nothing.
 */
export async function loader({ request, context: { shop, worker: { build, on } } }: LoaderFunctionArgs) {
  const locale = await localeAsked(request, shop)
  const version = stampOf([build, locale, shop.name, shop.brand, shop.theme])
  const own = `const VERSION = ${JSON.stringify(version)}\nconst OFFLINE = ${JSON.stringify(`/offline?locale=${locale}&of=${version}`)}\n`
  return new Response(on ? own + worker : noWorker, { headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "private, no-cache", vary: "cookie" } })
}
