import { FangshiError, ROLES, mayInvite } from "@fangshi/contracts"
import { z } from "zod"
import type { MerchantsService } from "../../../../modules/merchants/service"
import type { StaffService } from "../../../../modules/staff/service"
import { forStaffWithBody } from "../../../../workbench/for-staff"

const body = z.strictObject({ role: z.enum(ROLES), merchant_id: z.string().max(80).nullable().optional() })

/** Makes a link that works once. A merchant's staff invites into that merchant only; a manager only clerks. */
export const POST = forStaffWithBody("staff", body, async (req, res, staff, { role, merchant_id = null }) => {
  if (!mayInvite(staff.role, role)) throw new FangshiError("FORBIDDEN")
  const merchant = staff.merchant_id ?? merchant_id
  if (merchant !== null) await req.scope.resolve<MerchantsService>("merchants").getMerchant(merchant)
  res.json({ invitation: await req.scope.resolve<StaffService>("staff").invite({ role, merchant_id: merchant }, staff.user_id) })
})
