import { pointBody } from "../../../../../delivery/bodies"
import { deliveryOf } from "../../../../../delivery/delivery"
import { forWholeShopWithBody } from "../../../../../workbench/for-staff"

/** Changes it as a whole; `open: false` closes it. */
export const POST = forWholeShopWithBody("delivery", pointBody, async (req, res, _staff, { open, ...fields }) => {
  res.json({ pick_up_point: { id: await deliveryOf(req.scope).savePoint(req.params.id ?? "", fields, open) } })
})
