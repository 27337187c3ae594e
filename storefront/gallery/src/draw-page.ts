import type { Locale } from "@fangshi/contracts"
import type { CategoryLink, PublicShop, ShownSection, Theme } from "@fangshi/storefront-kit"
import i18next from "i18next"
import { createElement } from "react"
import { renderToString } from "react-dom/server"
import { StaticRouterProvider, createStaticHandler, createStaticRouter } from "react-router"
import { DrawnPage } from "./DrawnPage"

export type PageToDraw = { theme: Theme; shop: PublicShop; texts: Record<Locale, object>; categories: CategoryLink[]; sections: ShownSection[] }

/** A page of a theme as HTML, without a server behind it. */
export async function drawPage({ theme, shop, texts, categories, sections }: PageToDraw): Promise<string> {
  const language = i18next.createInstance()
  await language.init({ lng: shop.locale, defaultNS: "theme", fallbackNS: "shop", interpolation: { escapeValue: false }, resources: { [shop.locale]: { theme: theme.locales[shop.locale], shop: texts[shop.locale] } } })
  const handler = createStaticHandler([{ path: "*", element: createElement(DrawnPage, { theme, shop, language, categories, sections }) }])
  const context = await handler.query(new Request("http://shop.localhost/"))
  if (context instanceof Response) throw new Error(`the page answered ${context.status}`)
  return renderToString(createElement(StaticRouterProvider, { router: createStaticRouter(handler.dataRoutes, context), context, hydrate: false }))
}
