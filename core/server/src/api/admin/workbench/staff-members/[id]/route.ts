import { FangshiError, type Role, mayInvite } from "@fangshi/contracts"
import { z } from "zod"
import type { StaffService } from "../../../../../modules/staff/service"
import { forStaffWithBody } from "../../../../../workbench/for-staff"

/** Sends somebody away, or takes them back; it counts from their next request on. Nobody does it to themselves, or to those they could not invite. */
export const POST = forStaffWithBody("staff", z.strictObject({ active: z.boolean() }), async (req, res, staff, { active }) => {
  const service = req.scope.resolve<StaffService>("staff")
  const [member] = await service.listStaffMembers({ id: req.params.id ?? "", ...(staff.merchant_id ? { merchant_id: staff.merchant_id } : {}) }, { take: 1 })
  if (!member) throw new FangshiError("NOT_FOUND")
  if (member.user_id === staff.user_id || !mayInvite(staff.role, member.role as Role)) throw new FangshiError("FORBIDDEN")
  await service.updateStaffMembers({ id: member.id, active })
  res.json({ staff_member: { id: member.id, active } })
})
