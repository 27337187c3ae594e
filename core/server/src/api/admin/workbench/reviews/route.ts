import { REVIEW_LISTS } from "@fangshi/contracts"
import { parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import type { MerchantsService } from "../../../../modules/merchants/service"
import { reviewsOf } from "../../../../reviews/reviews"
import { forStaff } from "../../../../workbench/for-staff"

const query = z.object({ list: z.enum(REVIEW_LISTS).default("unanswered"), page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** Reviews of what this merchant, or the shop, sold; with how many are in each list. */
export const GET = forStaff("reviews", async (req, res, { merchant_id }) => {
  const { list, page } = parseQuery(query, req)
  const [reviews, counts, merchants] = await Promise.all([
    reviewsOf(req.scope).listForStaff(merchant_id, list, page),
    reviewsOf(req.scope).countForStaff(merchant_id),
    req.scope.resolve<MerchantsService>("merchants").listAll(),
  ])
  res.json({ reviews: reviews.map(({ merchant_key, ...review }) => ({ ...review, merchant_name: merchants.find(({ id }) => id === merchant_key)?.name ?? null })), counts })
})
