import { Modules } from "@medusajs/framework/utils"
import type { MerchantsService } from "../../../../modules/merchants/service"
import { forStaff } from "../../../../workbench/for-staff"

/** Who is signed in, and for whom they work. */
export const GET = forStaff("orders", async (req, res, staff) => {
  const user = await req.scope.resolve(Modules.USER).retrieveUser(staff.user_id)
  const merchant = staff.merchant_id ? await req.scope.resolve<MerchantsService>("merchants").findMerchant(staff.merchant_id) : null
  res.json({ me: { name: user.first_name || user.email, role: staff.role, merchant } })
})
