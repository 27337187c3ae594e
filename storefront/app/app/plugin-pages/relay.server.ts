import { type Side, apiHeaders } from "./plugin-api.server"
import type { Locale, ShopContext } from "@fangshi/contracts"

/** Of an answer of the shop API, what a browser needs to read it. */
const TOLD = ["content-type", "content-disposition", "content-language", "retry-after"]

/** The answer of the shop API at `to`, whose :names stand for `params`, as it comes in: it may be a stream that never ends. */
export async function relay(request: Request, { to, params, ...caller }: { to: string; params: Record<string, string>; shop: ShopContext; locale: Locale; side: Side; token: string | null }): Promise<Response> {
  const path = to.replace(/:([A-Za-z_]\w*)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""))
  const asked = new Headers(apiHeaders(caller, path))
  for (const name of ["accept", "last-event-id"]) {
    const value = request.headers.get(name)
    if (value) asked.set(name, value)
  }
  const answer = await fetch(caller.shop.api.base_url + path + new URL(request.url).search, { headers: asked, signal: request.signal })
  const headers = new Headers(TOLD.flatMap((name) => {
    const value = answer.headers.get(name)
    return value ? [[name, value] as [string, string]] : []
  }))
  headers.set("cache-control", "private, no-store")
  return new Response(answer.body, { status: answer.status, headers })
}
