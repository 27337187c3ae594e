import { FangshiError } from "@fangshi/contracts"
import { Modules } from "@medusajs/framework/utils"
import { z } from "zod"
import type { MerchantsService } from "../../../../../../modules/merchants/service"
import { forShopOwnerWithBody } from "../../../../../../workbench/for-staff"

/** Gives products to a merchant; orders placed before keep the merchant they had. */
export const POST = forShopOwnerWithBody(z.strictObject({ product_ids: z.array(z.string().max(80)).min(1).max(200) }), async (req, res, _staff, { product_ids }) => {
  const merchants = req.scope.resolve<MerchantsService>("merchants")
  const { id } = await merchants.getMerchant(req.params.id ?? "")
  const known = await req.scope.resolve(Modules.PRODUCT).listProducts({ id: product_ids }, { take: product_ids.length, select: ["id"] })
  if (known.length !== new Set(product_ids).size) throw new FangshiError("NOT_FOUND")
  await merchants.giveProducts(id, product_ids)
  res.json({ merchant: { id }, product_ids })
})
