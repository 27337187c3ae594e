import { LOCALES, PAGE_KINDS, type PageKind } from "@fangshi/contracts"
import type { LoaderFunctionArgs } from "react-router"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"

/** GET /pages/:kind/:handle?locale=: the same page as data, for shells that draw it themselves, such as a mini program. */
export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  if (!(PAGE_KINDS as readonly (string | undefined)[]).includes(params.kind)) throw new Response("no such page", { status: 404 })
  const asked = new URL(request.url).searchParams.get("locale")
  const locale = LOCALES.find((each) => each === asked && shop.locales.includes(each)) ?? (await localeOf(request, shop))
  const page = await loadPage(request, shop, locale, params.kind as PageKind, params.handle)
  return Response.json({ shop: { name: shop.name, brand: shop.brand, theme: shop.theme, currency_code: shop.currency_code }, locale, page })
}
