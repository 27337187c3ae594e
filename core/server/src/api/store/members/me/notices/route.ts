import { parseQuery } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { memberId } from "../../../../../members/member"
import { noticesOf } from "../../../../../notices/notices"

const query = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** What the shop told the member, the latest first, and how much of it all is unread. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { page } = parseQuery(query, req)
  const notices = noticesOf(req.scope)
  const [list, unread_count] = await Promise.all([notices.listOwn(memberId(req), page), notices.countUnread(memberId(req))])
  res.set("cache-control", "no-store").json({ notices: list, unread_count })
}
