import { z } from "zod"
import { clockOf } from "../../../../clock"
import { parseQuery } from "@fangshi/kernel"
import { noticesOf } from "../../../../notices/notices"
import { forWholeShop, forWholeShopWithBody } from "../../../../workbench/for-staff"

const query = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** What the shop's owner and managers were told, the latest first, and how much of it all is unread. */
export const GET = forWholeShop("staff", async (req, res) => {
  res.json(await noticesOf(req.scope).listForStaff(parseQuery(query, req).page))
})

/** Marks one as read for all of them, or without an id all. */
export const POST = forWholeShopWithBody("staff", z.strictObject({ id: z.string().max(80).optional() }), async (req, res, _staff, { id }) => {
  const notices = noticesOf(req.scope)
  await notices.markReadByStaff(id ?? null, clockOf(req.scope)())
  res.json(await notices.listForStaff(1))
})
