import { FangshiError } from "@fangshi/contracts"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import { type MerchantsService, nameOf } from "../../../../../modules/merchants/service"

/** Who sells a product under the shop's roof; null where it is the shop itself. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const [product] = await req.scope.resolve(Modules.PRODUCT).listProducts({ id: [req.params.id ?? ""], status: ProductStatus.PUBLISHED }, { select: ["id"], take: 1 })
  if (!product) throw new FangshiError("NOT_FOUND")
  const merchants = req.scope.resolve<MerchantsService>("merchants")
  const id = (await merchants.merchantsOf([product.id])).get(product.id)
  const merchant = id ? await merchants.findMerchant(id) : null
  res.json({ merchant: merchant && { handle: merchant.handle, name: nameOf(merchant) } })
}
