import { type Locale, type PublicReview, type ReviewSummary, type ShopContext } from "@fangshi/contracts"
import { dayAndTime } from "../day-and-time"
import { keep } from "../kept.server"
import { shopApi, statusOf } from "../shop-api.server"
import type { ShownReview } from "./review-form"

export type ReviewQuery = { stars?: number; with_pictures?: boolean; page?: number; limit?: number }
export type ReviewPage = { summary: ReviewSummary; reviews: ShownReview[]; count: number }

/** Times as the shop's clock shows them. */
export const shownReview = <R extends PublicReview>(review: R, locale: Locale, shop: ShopContext): R & ShownReview => ({ ...review, at: dayAndTime(review.created_at, locale, shop.time_zone) })

/** Reviews of a product as everybody sees them, made once per revision of the shop. A product that is not there is a 404. */
export const loadReviews = (shop: ShopContext, locale: Locale, product_id: string, query: ReviewQuery): Promise<ReviewPage> =>
  keep(shop, locale, `reviews|${product_id}|${JSON.stringify(query)}`, async () => {
    try {
      const page = await shopApi(shop, locale).client.fetch<{ summary: ReviewSummary; reviews: PublicReview[]; count: number }>(`/store/products/${encodeURIComponent(product_id)}/reviews`, { query })
      return { summary: page.summary, count: page.count, reviews: page.reviews.map((review) => shownReview(review, locale, shop)) }
    } catch (error) {
      if (statusOf(error) === 404) throw new Response("no such product", { status: 404 })
      throw error
    }
  })
