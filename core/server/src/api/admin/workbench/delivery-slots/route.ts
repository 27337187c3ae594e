import { slotBody } from "../../../../delivery/bodies"
import { deliveryOf } from "../../../../delivery/delivery"
import { forWholeShopWithBody } from "../../../../workbench/for-staff"

export const POST = forWholeShopWithBody("delivery", slotBody, async (req, res, _staff, { open, ...fields }) => {
  res.json({ delivery_slot: { id: await deliveryOf(req.scope).saveSlot(null, fields, open) } })
})
