import { z } from "zod"
import { shopChanged } from "../../../../../../themes/shop-changed"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"
import { changeStock } from "../../../../../../workbench/stock"

const pieces = z.int().min(-100_000).max(100_000).refine((change) => change !== 0)

/** Adds pieces, or takes some off. */
export const POST = forStaffWithBody("products", z.strictObject({ change: pieces }), async (req, res, { merchant_id }, { change }) => {
  const stock = await changeStock(req.scope, merchant_id, req.params.id ?? "", change)
  await shopChanged(req)
  res.json({ stock })
})
