import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pagesOf, themeOf } from "../../../../themes/page-key"

/** Every published page of the shop's theme, in the form that import takes. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.json({ pages: await pagesOf(req).exportPages(themeOf(req, res)) })
}
