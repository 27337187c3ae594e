import { REVIEW_LIMITS, STARS } from "@fangshi/contracts"
import { parseQuery, withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { clockOf } from "../../../../../clock"
import { memberId } from "../../../../../members/member"
import { reviewsOf } from "../../../../../reviews/reviews"
import { shopChanged } from "../../../../../themes/shop-changed"

const query = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** What the member wrote, and what they received and may write about. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { page } = parseQuery(query, req)
  const [due, reviews] = await Promise.all([reviewsOf(req.scope).listDue(memberId(req)), reviewsOf(req.scope).listOwn(memberId(req), page)])
  res.set("cache-control", "no-store").json({ due: due.map(({ line_item_id, order_id, title, variant_title, thumbnail, handle }) => ({ line_item_id, order_id, title, variant_title, thumbnail, handle })), reviews })
}

const body = z.strictObject({
  line_item_id: z.string().min(1).max(80),
  stars: z.literal(STARS),
  text: z.string().trim().max(REVIEW_LIMITS.text).default(""),
  anonymous: z.boolean().default(false),
  picture_ids: z.array(z.string().min(1).max(80)).max(REVIEW_LIMITS.pictures).refine((ids) => new Set(ids).size === ids.length, "every picture once").default([]),
})

/** Reviews what was bought in one line of an order, with pictures sent before. */
export const POST = withBody(body, async (req, res, review) => {
  const made = await reviewsOf(req.scope).addReview(memberId(req), review, clockOf(req.scope)())
  await shopChanged(req)
  res.json({ review: made })
})
