import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { memberId } from "../../../../../../members/member"
import { noticesOf } from "../../../../../../notices/notices"

/** How many the member has not read: what a badge shows. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.set("cache-control", "no-store").json({ unread_count: await noticesOf(req.scope).countUnread(memberId(req)) })
}
