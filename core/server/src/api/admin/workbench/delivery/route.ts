import { deliveryOf } from "../../../../delivery/delivery"
import { forWholeShop } from "../../../../workbench/for-staff"

/** Every point and slot of the shop, those that are closed last. */
export const GET = forWholeShop("delivery", async (req, res) => {
  const { points, slots } = await deliveryOf(req.scope).listForStaff()
  res.json({ pick_up_points: points, delivery_slots: slots })
})
