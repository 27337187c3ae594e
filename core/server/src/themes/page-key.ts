import { FangshiError, ONLY_HANDLE, PAGE_KINDS, type PageKind, type ThemeManifest, hasHandles, pageHandle } from "@fangshi/contracts"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { PageKey, PagesService } from "../modules/pages/service"
import type { Tenant } from "../tenants/directory"
import type { ThemeRegistry } from "./registry"

export const THEMES = "fangshi_themes"

export const pagesOf = (req: MedusaRequest): PagesService => req.scope.resolve("pages")

export const tenantOf = (res: MedusaResponse): Tenant => res.locals.tenant as Tenant

/** The theme the shop shows. */
export const themeOf = (req: MedusaRequest, res: MedusaResponse): ThemeManifest => req.scope.resolve<ThemeRegistry>(THEMES).named(tenantOf(res).manifest.theme)

/** The page an address such as …/pages/article/about names. Throws PAGE_UNKNOWN for a kind that does not exist, or a handle where there is one page only. */
export function pageKeyOf(req: MedusaRequest, res: MedusaResponse): PageKey {
  const { kind = "", handle = "" } = req.params
  const isPage = (PAGE_KINDS as readonly string[]).includes(kind) && pageHandle.safeParse(handle).success && (hasHandles(kind as PageKind) || handle === ONLY_HANDLE)
  if (!isPage) throw new FangshiError("PAGE_UNKNOWN", { kind, handle })
  return { theme: themeOf(req, res), kind: kind as PageKind, handle }
}
