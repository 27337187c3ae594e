import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pagesOf, themeOf } from "../../../../themes/page-key"

/** All pages of the shop's theme. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.json({ pages: await pagesOf(req).listPages(themeOf(req, res)) })
}
