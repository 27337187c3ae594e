import type { ParcelsService } from "../../../../../modules/parcels/service"
import { forStaff } from "../../../../../workbench/for-staff"
import { parcelCards } from "../../../../../workbench/parcel-page"
import { refundable } from "../../../../../workbench/refunds"

/** One order, with what could still be refunded of it. */
export const GET = forStaff("orders", async (req, res, { merchant_id }) => {
  const parcel = await req.scope.resolve<ParcelsService>("parcels").getParcel(merchant_id, req.params.id ?? "")
  const [[card], refundable_amount] = await Promise.all([parcelCards(req.scope, [parcel], { wholePhone: true }), refundable(req.scope, parcel)])
  res.json({ parcel: { ...card, refundable_amount } })
})
