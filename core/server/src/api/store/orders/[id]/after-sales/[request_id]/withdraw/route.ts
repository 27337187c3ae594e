import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { withdraw } from "../../../../../../../after-sales/steps"
import { clockOf } from "../../../../../../../clock"
import { buyersView } from "../../../../../../../modules/after-sales/views"
import { buyersOrder } from "../../../../../../../orders/buyers-order"

/** Takes a request back. */
export const POST = withBody(z.strictObject({}), async (req, res) => {
  const order_id = await buyersOrder(req, res)
  res.json({ after_sale: buyersView(await withdraw({ scope: req.scope, whose: { order_id }, now: clockOf(req.scope)() }, req.params.request_id ?? "")) })
})
