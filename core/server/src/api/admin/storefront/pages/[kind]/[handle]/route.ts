import { localizedText, pageDocument } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { pageKeyOf, pagesOf } from "../../../../../../themes/page-key"
import { shopChanged } from "../../../../../../themes/shop-changed"

const draft = z.strictObject({
  document: pageDocument,
  title: localizedText.nullable().optional(),
  /** That of the page as it was read: somebody else's save in between is then not overwritten. */
  version: z.int().min(0).optional(),
})

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.json({ page: await pagesOf(req).getPage(pageKeyOf(req, res)) })
}

/** Saves the draft; shoppers see nothing of it. */
export const POST = withBody(draft, async (req, res, body) => {
  res.json({ page: await pagesOf(req).saveDraft(pageKeyOf(req, res), body, req.auth_context.actor_id) })
})

export const DELETE = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const key = pageKeyOf(req, res)
  await pagesOf(req).removePage(key)
  await shopChanged(req)
  res.json({ kind: key.kind, handle: key.handle, deleted: true })
}
