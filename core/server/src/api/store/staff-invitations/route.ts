import { parseQuery, withBody } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import type { StaffService } from "../../../modules/staff/service"
import { acceptInvitation } from "../../../workbench/accept-invitation"

const token = z.string().min(1).max(100)

/** What a link invites to. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { role, expires_at } = await req.scope.resolve<StaffService>("staff").getInvitation(parseQuery(z.object({ token }), req).token)
  res.set("cache-control", "no-store").json({ invitation: { role, expires_at } })
}

const body = z.strictObject({ token, name: z.string().trim().min(1).max(40), email: z.email().max(200).toLowerCase(), password: z.string().min(8).max(128) })

/** Takes an invitation up with an e-mail address and a password to sign in with. */
export const POST = withBody(body, async (req, res, { token: given, ...member }) => {
  const { role } = await acceptInvitation(req.scope, given, member)
  res.set("cache-control", "no-store").json({ staff_member: { role } })
})
