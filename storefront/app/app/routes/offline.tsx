import { renderToStaticMarkup } from "react-dom/server"
import type { LoaderFunctionArgs } from "react-router"
import { drawLine, firstLetter } from "../drawing/letters.server"
import { OfflinePage } from "../install/OfflinePage"
import { languageOf } from "../language"
import { localeAsked } from "../locale.server"
import { barColour, themeVariables } from "../theme-variables"
import { themeNamed } from "../themes"

/** GET /offline?locale=: whole in itself, for the worker of this shop to keep. */
export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeAsked(request, shop)
  const { look } = themeNamed(shop.theme)
  const { t } = languageOf(locale, shop.theme)
  const { path } = await drawLine(await firstLetter(shop.name["zh-CN"] + shop.name.en), { size: 60, weight: 700, x: 50, y: 72, align: "middle" })
  const html = renderToStaticMarkup(
    <OfflinePage
      locale={locale}
      theme={look.name}
      variables={themeVariables(look, { primary: shop.brand.primary_colour, accent: shop.brand.accent_colour })}
      bar={barColour(look, shop.brand.primary_colour)}
      shop={shop.name[locale]}
      phone={shop.brand.phone}
      sign={path}
      nonce={shop.csp_nonce}
      texts={{ title: t("offline.title"), text: t("offline.text"), again: t("offline.again"), phone: t("layout.phone") }}
    />,
  )
  return new Response(`<!doctype html>${html}`, { headers: { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-cache", vary: "cookie" } })
}
