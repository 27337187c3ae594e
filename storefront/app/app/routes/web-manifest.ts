import type { LoaderFunctionArgs } from "react-router"
import { stampOf } from "../drawing/send-picture.server"
import { type IconName, brandAddress } from "../install/brand-pictures.server"
import { localeAsked } from "../locale.server"
import { barColour } from "../theme-variables"
import { themeNamed } from "../themes"

/** So many characters are shown below an icon. */
const SHORT = 12

/** GET /manifest.webmanifest?locale=: what a phone needs to keep the shop beside its apps. */
export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeAsked(request, shop)
  const { look } = themeNamed(shop.theme)
  const icon = (name: IconName, side: number, purpose: string) => ({ src: brandAddress(shop, name), sizes: `${side}x${side}`, type: "image/png", purpose })
  const body = JSON.stringify({
    id: "/",
    name: shop.name[locale],
    short_name: [...shop.name[locale]].slice(0, SHORT).join("").trim(),
    description: shop.brand.slogan[locale],
    lang: locale,
    dir: "ltr",
    start_url: "/",
    scope: "/",
    display: "standalone",
    theme_color: barColour(look, shop.brand.primary_colour),
    background_color: look.tokens.ground,
    icons: [icon("icon-192", 192, "any"), icon("icon-512", 512, "any"), icon("maskable-192", 192, "maskable"), icon("maskable-512", 512, "maskable")],
  })
  const etag = `"${stampOf(body)}"`
  const headers = { etag, "cache-control": "private, no-cache", vary: "cookie", "content-type": "application/manifest+json; charset=utf-8" }
  if (request.headers.get("if-none-match")?.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers })
}
