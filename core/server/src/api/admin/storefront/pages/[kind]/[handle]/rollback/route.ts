import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { pageKeyOf, pagesOf } from "../../../../../../../themes/page-key"
import { shopChanged } from "../../../../../../../themes/shop-changed"

/** Shows the revision before the present one again. */
export const POST = withBody(z.strictObject({}), async (req, res) => {
  const page = await pagesOf(req).rollBack(pageKeyOf(req, res))
  await shopChanged(req)
  res.json({ page })
})
