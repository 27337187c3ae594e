import { exportedPages } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { pagesOf, themeOf } from "../../../../themes/page-key"

/** Takes exported pages in as drafts. */
export const POST = withBody(exportedPages, async (req, res, { pages }) => {
  res.json({ drafts: await pagesOf(req).importPages(themeOf(req, res), pages, req.auth_context.actor_id) })
})
