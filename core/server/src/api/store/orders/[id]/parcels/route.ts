import { FangshiError } from "@fangshi/contracts"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import type { MerchantsService } from "../../../../../modules/merchants/service"
import type { ParcelsService } from "../../../../../modules/parcels/service"
import { openParcelsOf } from "../../../../../workbench/open-parcels"

/** The parcels of an order with their pick-up codes, for who bought it: the customer who is logged in, or our own storefront, which asks for its visitor's orders only. Knowing the id is not enough. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const id = req.params.id ?? ""
  const [order] = await req.scope.resolve(Modules.ORDER).listOrders({ id }, { select: ["id", "customer_id"], take: 1 })
  const customer = req.auth_context?.actor_id
  if (!order || !(res.locals.from_storefront || (customer && order.customer_id === customer))) throw new FangshiError("NOT_FOUND")
  const parcels = req.scope.resolve<ParcelsService>("parcels")
  if (!(await parcels.parcelsOfOrder(id)).length) await openParcelsOf(req.scope, id)
  const merchants = await req.scope.resolve<MerchantsService>("merchants").listAll()
  const all = await parcels.parcelsOfOrder(id)
  res.set("cache-control", "no-store").json({
    parcels: all.map(({ id: parcel_id, state, pick_up_code, merchant_key, refusal_reason, goods_amount, pieces }) => ({
      id: parcel_id, state, pick_up_code, refusal_reason, goods_amount, pieces, merchant_name: merchants.find((merchant) => merchant.id === merchant_key)?.name ?? null,
    })),
  })
}
