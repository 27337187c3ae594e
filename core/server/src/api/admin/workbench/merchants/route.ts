import { z } from "zod"
import type { MerchantsService } from "../../../../modules/merchants/service"
import { forShopOwner, forShopOwnerWithBody } from "../../../../workbench/for-staff"

export const GET = forShopOwner(async (req, res) => {
  res.json({ merchants: await req.scope.resolve<MerchantsService>("merchants").listAll() })
})

const merchantName = z.string().trim().min(1).max(60)

/** Opens a merchant under the shop's roof. */
export const POST = forShopOwnerWithBody(z.strictObject({ name: merchantName, name_en: merchantName.optional(), handle: z.string().regex(/^[a-z0-9-]{2,40}$/) }), async (req, res, _staff, input) => {
  res.json({ merchant: await req.scope.resolve<MerchantsService>("merchants").openMerchant(input) })
})
