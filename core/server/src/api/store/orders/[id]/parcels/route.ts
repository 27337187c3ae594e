import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { type MerchantsService, nameOf } from "../../../../../modules/merchants/service"
import type { ParcelsService } from "../../../../../modules/parcels/service"
import { buyersOrder } from "../../../../../orders/buyers-order"
import { openParcelsOf } from "../../../../../workbench/open-parcels"

/** The parcels of an order with their pick-up codes, for who bought it. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const id = await buyersOrder(req, res)
  const parcels = req.scope.resolve<ParcelsService>("parcels")
  if (!(await parcels.parcelsOfOrder(id)).length) await openParcelsOf(req.scope, id)
  const merchants = await req.scope.resolve<MerchantsService>("merchants").listAll()
  const all = await parcels.parcelsOfOrder(id)
  res.set("cache-control", "no-store").json({
    parcels: all.map(({ id: parcel_id, state, pick_up_code, merchant_key, refusal_reason, goods_amount, pieces }) => {
      const merchant = merchants.find((each) => each.id === merchant_key)
      return { id: parcel_id, state, pick_up_code, refusal_reason, goods_amount, pieces, merchant_name: merchant ? nameOf(merchant) : null }
    }),
  })
}
