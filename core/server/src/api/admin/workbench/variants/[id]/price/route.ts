import { z } from "zod"
import { shopChanged } from "../../../../../../themes/shop-changed"
import { tenantOf } from "../../../../../../themes/page-key"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"
import { changePrice } from "../../../../../../workbench/stock"

const fen = z.int().min(0).max(100_000_000)

/** Sets the price; `seen_amount` is the one it had when it was looked at. */
export const POST = forStaffWithBody("products", z.strictObject({ price_amount: fen, seen_amount: fen.nullable() }), async (req, res, { merchant_id }, body) => {
  await changePrice(req.scope, merchant_id, req.params.id ?? "", tenantOf(res).manifest.currency_code, body)
  await shopChanged(req)
  res.json({ price: { price_amount: body.price_amount } })
})
