import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { pageKeyOf, pagesOf } from "../../../../../../../themes/page-key"
import { shopChanged } from "../../../../../../../themes/shop-changed"

/** `version`: that of the draft as it was looked at. */
export const POST = withBody(z.strictObject({ version: z.int().min(0).optional() }), async (req, res, { version }) => {
  const page = await pagesOf(req).publish(pageKeyOf(req, res), req.auth_context.actor_id, version)
  await shopChanged(req)
  res.json({ page })
})
