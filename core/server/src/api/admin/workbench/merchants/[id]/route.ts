import { z } from "zod"
import type { MerchantsService } from "../../../../../modules/merchants/service"
import { forShopOwnerWithBody } from "../../../../../workbench/for-staff"

/** Closes a merchant to its own staff, or opens it again; the shop's own staff goes on with its orders. */
export const POST = forShopOwnerWithBody(z.strictObject({ active: z.boolean() }), async (req, res, _staff, { active }) => {
  const merchants = req.scope.resolve<MerchantsService>("merchants")
  const { id } = await merchants.getMerchant(req.params.id ?? "")
  await merchants.updateMerchants({ id, active })
  res.json({ merchant: await merchants.getMerchant(id) })
})
