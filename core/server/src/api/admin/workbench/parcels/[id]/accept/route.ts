import { z } from "zod"
import type { ParcelsService } from "../../../../../../modules/parcels/service"
import { doing } from "../../../../../../workbench/doing"
import { forStaffWithBody } from "../../../../../../workbench/for-staff"
import { acceptParcel } from "../../../../../../workbench/parcel-steps"

/** Takes an order on. */
export const POST = forStaffWithBody("orders", z.strictObject({}), async (req, res, staff) => {
  const id = req.params.id ?? ""
  await acceptParcel(doing(req, res, staff), id)
  const { state } = await req.scope.resolve<ParcelsService>("parcels").getParcel(staff.merchant_id, id)
  res.json({ parcel: { id, state } })
})
