import type { Locale } from "@fangshi/contracts"
import { LanguageProvider, type PublicShop, ShopProvider, SlotProvider, ThemeProvider } from "@fangshi/storefront-kit"
import partsStyle from "@fangshi/storefront-kit/src/parts/parts.css?url"
import { type ReactNode, useEffect, useMemo } from "react"
import { Links, type LoaderFunctionArgs, Meta, Outlet, Scripts, ScrollRestoration, isRouteErrorResponse, useMatches, useRouteError, useRouteLoaderData } from "react-router"
import { ErrorPage } from "./ErrorPage"
import { StyleSheet } from "./StyleSheet"
import { readCartId } from "./cookies"
import { brandAddress } from "./install/brand-pictures.server"
import { languageOf } from "./language"
import { localeOf } from "./locale.server"
import { countUnread } from "./notices/notices.server"
import { refusalIn } from "./plugin-pages/refusal-in"
import { pluginsNamed, registryOf } from "./plugins"
import { findCart, shopApi, shopFrame, topCategories } from "./shop-api.server"
import { barColour, themeVariables } from "./theme-variables"
import { builtIn, themeNamed } from "./themes"

export async function loader({ request, context: { shop, scripts } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const cartId = await readCartId(request)
  const [frame, cart, unread_count] = await Promise.all([shopFrame(shop, locale), findCart(shopApi(shop, locale), cartId).catch(() => null), countUnread(request, shop, locale)])
  const publicShop: PublicShop = {
    tenant_id: shop.tenant_id,
    name: shop.name,
    brand: shop.brand,
    theme: shop.theme,
    locales: shop.locales,
    currency_code: shop.currency_code,
    time_zone: shop.time_zone,
    locale,
    cart_count: (cart?.items ?? []).reduce((sum, item) => sum + item.quantity, 0),
    unread_count,
  }
  const plugins = pluginsNamed(shop.plugins).map(([name]) => ({ name, script: scripts.plugins[name] ?? "" }))
  const late = [...themeNamed(shop.theme).names.map((name) => scripts.themes[name]), scripts.texts[locale]].filter((each) => each !== undefined)
  return { shop: publicShop, touchIcon: brandAddress(shop, "apple-touch-icon"), plugins, late, categories: topCategories(frame), nonce: shop.csp_nonce }
}

/** The first character of the shop's name on its colour, so that tabs can be told apart. */
const shopIcon = (name: string, colour: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${colour}"/><text x="32" y="45" font-size="38" font-weight="700" text-anchor="middle" fill="#fff" font-family="sans-serif">${name.slice(0, 1)}</text></svg>`)}`

function Page({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root")
  const handles = useMatches().map((match) => match.handle as { buyBar?: boolean; ownLayout?: boolean } | undefined)
  const hasBuyBar = handles.some((handle) => handle?.buyBar)
  // The workbench is the staff's and no part of the shop's look.
  const ownLayout = handles.some((handle) => handle?.ownLayout)
  const asked = { locale: data?.shop.locale ?? "zh-CN", theme: builtIn(data?.shop.theme ?? "default") }
  // A browser has loaded the one theme and language that the page came with. Where they have been changed since, in another window or by the shop, the page comes anew.
  const { locale, theme: themeName } = typeof document === "undefined" ? asked : { locale: document.documentElement.lang as Locale, theme: document.documentElement.dataset.theme ?? "default" }
  const changed = asked.locale !== locale || asked.theme !== themeName
  useEffect(() => {
    if (changed) window.location.reload()
  }, [changed])
  const theme = themeNamed(themeName)
  const language = useMemo(() => languageOf(locale, themeName), [locale, themeName])
  const names = (data?.plugins ?? []).map(({ name }) => name)
  const brand: Record<string, string> = data ? { primary: data.shop.brand.primary_colour, accent: data.shop.brand.accent_colour } : {}
  // Browsers hide a nonce from scripts; hydration must not complain of the empty one it finds.
  const nonce = typeof document === "undefined" ? data?.nonce : ""
  return (
    <html lang={locale} data-theme={theme.look.name}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content={barColour(theme.look, brand.primary)} />
        {data && <link rel="icon" href={shopIcon(data.shop.name["zh-CN"], data.shop.brand.primary_colour)} />}
        {data && <link rel="apple-touch-icon" href={data.touchIcon} />}
        {data && <link rel="manifest" href={`/manifest.webmanifest?locale=${locale}`} />}
        <Meta />
        <Links />
        <style dangerouslySetInnerHTML={{ __html: themeVariables(theme.look, brand) }} />
        {data?.late.map((href) => <link key={href} rel="modulepreload" href={href} />)}
        {data?.plugins.map(({ name, script }) => <link key={name} rel="modulepreload" href={script} data-plugin={name} />)}
        {names.length > 0 && <StyleSheet href={partsStyle} />}
        {!ownLayout && <StyleSheet href={theme.style} />}
        {pluginsNamed(names).flatMap(([, { styles = [] }]) => styles).map((href) => <StyleSheet key={href} href={href} />)}
      </head>
      <body className={hasBuyBar ? "fs-has-buy" : undefined}>
        <LanguageProvider value={language}>
          <ThemeProvider theme={theme}>
            {data ? (
              <ShopProvider shop={data.shop}>
                <SlotProvider value={registryOf(names)}>
                  {ownLayout ? children : <theme.Layout categories={data.categories}>{children}</theme.Layout>}
                </SlotProvider>
              </ShopProvider>
            ) : (
              <main>{children}</main>
            )}
          </ThemeProvider>
        </LanguageProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  return (
    <Page>
      <Outlet />
    </Page>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  return (
    <Page>
      <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} said={isRouteErrorResponse(error) ? refusalIn(error.data) : null} />
    </Page>
  )
}

export const meta = ({ data }: { data: Awaited<ReturnType<typeof loader>> | undefined }) => {
  if (!data) return [{ title: "坊市 Fangshi" }]
  const { name, brand, locale } = data.shop
  return [{ title: `${name[locale]} · ${brand.slogan[locale]}` }, { name: "description", content: brand.slogan[locale] }]
}
