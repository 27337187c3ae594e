import { PICK_UP_CODE } from "@fangshi/contracts"
import { z } from "zod"
import { doing } from "../../../../workbench/doing"
import { forStaffWithBody } from "../../../../workbench/for-staff"
import { parcelCards } from "../../../../workbench/parcel-page"
import { handOver } from "../../../../workbench/parcel-steps"

/** Hands a parcel over to whoever shows its pick-up code. */
export const POST = forStaffWithBody("orders", z.strictObject({ code: z.string().regex(PICK_UP_CODE) }), async (req, res, staff, { code }) => {
  const parcel = await handOver(doing(req, res, staff), code)
  const [card] = await parcelCards(req.scope, [parcel], { wholePhone: true })
  res.json({ parcel: card })
})
