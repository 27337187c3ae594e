import { FangshiError, type ThemeManifest } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { THEMES, tenantOf, themeOf } from "../../../../themes/page-key"
import type { ThemeRegistry } from "../../../../themes/registry"
import { shopChanged } from "../../../../themes/shop-changed"
import { setTenantTheme } from "../../../../tenants/tenant-theme"

/** The shop's theme with the form of each of its sections, and the themes there are. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const themes = req.scope.resolve<ThemeRegistry>(THEMES)
  res.json({ theme: described(themeOf(req, res)), themes: themes.list().map(({ name, title, version }) => ({ name, title, version })) })
}

/** Shows the shop in another theme. Pages made for the old one are kept and come back with it. */
export const POST = withBody(z.strictObject({ name: z.string().max(40) }), async (req, res, { name }) => {
  const themes = req.scope.resolve<ThemeRegistry>(THEMES)
  const theme = themes.find(name)
  if (!theme) throw new FangshiError("THEME_UNKNOWN", { theme: name, known: themes.list().map((each) => each.name).join(", ") })
  await setTenantTheme(req.scope, tenantOf(res).id, name)
  await shopChanged(req)
  res.json({ theme: described(theme) })
})

const described = ({ name, title, version, sections }: ThemeManifest) => ({
  name,
  title,
  version,
  sections: Object.entries(sections).map(([type, { title: label, pages, most, settings }]) => ({ type, title: label, pages, most: most ?? null, settings: z.toJSONSchema(settings, { io: "input" }) })),
})
