import { AFTER_SALE_LIMITS } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { sendBack } from "../../../../../../../after-sales/steps"
import { clockOf } from "../../../../../../../clock"
import { buyersView } from "../../../../../../../modules/after-sales/views"
import { buyersOrder } from "../../../../../../../orders/buyers-order"

const body = z.strictObject({
  carrier: z.string().trim().min(1).max(AFTER_SALE_LIMITS.carrier),
  tracking_number: z.string().trim().regex(/^[A-Za-z0-9-]{5,40}$/, "letters and digits"),
})

/** Says with whom and under which number the goods are on their way back. */
export const POST = withBody(body, async (req, res, sent) => {
  const order_id = await buyersOrder(req, res)
  res.json({ after_sale: buyersView(await sendBack({ scope: req.scope, whose: { order_id }, now: clockOf(req.scope)() }, req.params.request_id ?? "", sent)) })
})
