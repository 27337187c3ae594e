import { slotBody } from "../../../../../delivery/bodies"
import { deliveryOf } from "../../../../../delivery/delivery"
import { forWholeShopWithBody } from "../../../../../workbench/for-staff"

/** Changes it as a whole; `open: false` closes it. */
export const POST = forWholeShopWithBody("delivery", slotBody, async (req, res, _staff, { open, ...fields }) => {
  res.json({ delivery_slot: { id: await deliveryOf(req.scope).saveSlot(req.params.id ?? "", fields, open) } })
})
