import { Modules } from "@medusajs/framework/utils"
import type { MerchantsService } from "../../../../modules/merchants/service"
import type { StaffService } from "../../../../modules/staff/service"
import { forStaff } from "../../../../workbench/for-staff"

/** Who was invited and came. A merchant's staff sees that merchant's only. */
export const GET = forStaff("staff", async (req, res, { merchant_id }) => {
  const members = await req.scope.resolve<StaffService>("staff").listStaffMembers(merchant_id ? { merchant_id } : {}, { order: { created_at: "ASC" }, take: 500 })
  const users = members.length ? await req.scope.resolve(Modules.USER).listUsers({ id: members.map(({ user_id }) => user_id) }, { take: members.length }) : []
  const merchants = await req.scope.resolve<MerchantsService>("merchants").listAll()
  res.json({
    staff_members: members.map(({ id, user_id, role, active, merchant_id: of }) => {
      const user = users.find((each) => each.id === user_id)
      return { id, name: user?.first_name ?? "", email: user?.email ?? "", role, active, merchant_name: merchants.find((each) => each.id === of)?.name ?? null }
    }),
    merchants: merchant_id ? [] : merchants,
  })
})
