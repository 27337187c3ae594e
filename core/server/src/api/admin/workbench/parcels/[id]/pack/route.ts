import { z } from "zod"
import type { ParcelsService } from "../../../../../../modules/parcels/service"
import { doing } from "../../../../../../workbench/doing"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"
import { packParcel } from "../../../../../../workbench/parcel-steps"

/** Says that the goods are packed, which takes them off the shelves. */
export const POST = forStaffWithBody("orders", z.strictObject({}), async (req, res, staff) => {
  const id = req.params.id ?? ""
  await packParcel(doing(req, res, staff), id)
  const { state } = await req.scope.resolve<ParcelsService>("parcels").getParcel(staff.merchant_id, id)
  res.json({ parcel: { id, state } })
})
