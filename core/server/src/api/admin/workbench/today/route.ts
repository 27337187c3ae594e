import type { ParcelsService } from "../../../../modules/parcels/service"
import { tenantOf } from "../../../../themes/page-key"
import { forStaff } from "../../../../workbench/for-staff"
import { openNewParcels } from "../../../../workbench/open-parcels"
import { countLowStock } from "../../../../workbench/stock"

/** Figures of the shop's own today, and of the week up to it. Amounts in fen. */
export const GET = forStaff("orders", async (req, res, { merchant_id }) => {
  await openNewParcels(req.scope)
  const parcels = req.scope.resolve<ParcelsService>("parcels")
  const [counts, week, low_stock] = await Promise.all([parcels.countStates(merchant_id), parcels.week(merchant_id, tenantOf(res).manifest.time_zone), countLowStock(req.scope, merchant_id)])
  res.json({ counts, week, low_stock })
})
