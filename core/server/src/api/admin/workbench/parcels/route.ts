import { PARCEL_STATES } from "@fangshi/contracts"
import { parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import type { ParcelsService } from "../../../../modules/parcels/service"
import { forStaff } from "../../../../workbench/for-staff"
import { openNewParcels } from "../../../../workbench/open-parcels"
import { parcelCards } from "../../../../workbench/parcel-page"

const query = z.object({ state: z.enum(PARCEL_STATES).default("new"), page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** Orders in one state, with how many are in each. */
export const GET = forStaff("orders", async (req, res, { merchant_id }) => {
  const { state, page } = parseQuery(query, req)
  await openNewParcels(req.scope)
  const service = req.scope.resolve<ParcelsService>("parcels")
  const [{ parcels, count }, counts] = await Promise.all([service.listPage(merchant_id, state, page), service.countStates(merchant_id)])
  res.json({ parcels: await parcelCards(req.scope, parcels, { wholePhone: false }), count, counts })
})
