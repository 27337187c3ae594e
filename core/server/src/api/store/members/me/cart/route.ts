import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { knexOf, memberId } from "../../../../../members/member"
import { takeCart } from "../../../../../members/open-cart"

/** Tells which cart the member goes on with; `cart_id` is the one this browser filled as a guest. */
export const POST = withBody(z.strictObject({ cart_id: z.string().max(80).optional() }), async (req, res, { cart_id }) => {
  res.json({ cart_id: await takeCart(req.scope, knexOf(req), memberId(req), cart_id) })
})
