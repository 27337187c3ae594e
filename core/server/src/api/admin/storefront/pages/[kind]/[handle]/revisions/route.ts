import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { pageKeyOf, pagesOf } from "../../../../../../../themes/page-key"

/** When the page was published and by whom, the latest first. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.json({ revisions: await pagesOf(req).listRevisions(pageKeyOf(req, res)) })
}
