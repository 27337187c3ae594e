import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { knexOf, memberId } from "../../../../../../../members/member"
import { cancelOrder } from "../../../../../../../members/orders"

export const POST = withBody(z.strictObject({}), async (req, res) => {
  res.json({ order: await cancelOrder(req.scope, knexOf(req), memberId(req), req.params.order_id ?? "") })
})
