import { z } from "zod"
import { doing } from "../../../../../../workbench/doing"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"
import { refuseParcel } from "../../../../../../workbench/parcel-steps"

/** Refuses an order; the customer reads the reason. */
export const POST = forStaffWithBody("orders", z.strictObject({ reason: z.string().trim().min(2).max(200) }), async (req, res, staff, { reason }) => {
  const id = req.params.id ?? ""
  await refuseParcel(doing(req, res, staff), id, reason)
  res.json({ parcel: { id, state: "refused" } })
})
