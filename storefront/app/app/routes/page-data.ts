import { PAGE_KINDS, type PageKind } from "@fangshi/contracts"
import type { LoaderFunctionArgs } from "react-router"
import { localeAsked } from "../locale.server"
import { loadPage } from "../page.server"

/** GET /pages/:kind/:handle?locale=: the same page as data, for shells that draw it themselves, such as a mini program. */
export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  if (!(PAGE_KINDS as readonly (string | undefined)[]).includes(params.kind)) throw new Response("no such page", { status: 404 })
  const locale = await localeAsked(request, shop)
  const page = await loadPage(request, shop, locale, params.kind as PageKind, params.handle)
  return Response.json({ shop: { name: shop.name, brand: shop.brand, theme: shop.theme, currency_code: shop.currency_code }, locale, page })
}
