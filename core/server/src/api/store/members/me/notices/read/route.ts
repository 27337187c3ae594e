import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { clockOf } from "../../../../../../clock"
import { memberId } from "../../../../../../members/member"
import { noticesOf } from "../../../../../../notices/notices"

/** Marks a notice as read, or without an id all of them. */
export const POST = withBody(z.strictObject({ id: z.string().max(80).optional() }), async (req, res, { id }) => {
  const notices = noticesOf(req.scope)
  const [member, now] = [memberId(req), clockOf(req.scope)()]
  const notice = id === undefined ? undefined : await notices.markRead(member, id, now)
  if (id === undefined) await notices.markAllRead(member, now)
  res.json({ notice, unread_count: await notices.countUnread(member) })
})
