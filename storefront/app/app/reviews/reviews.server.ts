import { type Locale, type PublicReview, REVIEW_LIMITS, type ReviewSummary, type ShopContext } from "@fangshi/contracts"
import { dayAndTime } from "../day-and-time"
import { keep } from "../kept.server"
import type { Told } from "../member.server"
import { shopApi, statusOf } from "../shop-api.server"
import type { SentPicture, ShownReview } from "./review-form"

export type ReviewQuery = { stars?: number; with_pictures?: boolean; page?: number; limit?: number }
export type ReviewPage = { summary: ReviewSummary; reviews: ShownReview[]; count: number }

/** The whole form with its pictures; more is not read. */
const MOST_FORM_BYTES = 40 * 1024 * 1024

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

/** Reads a form with files, or null where it is larger than nine photos are. */
export async function readPictureForm(request: Request): Promise<FormData | null> {
  let size = 0
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length
      if (size > MOST_FORM_BYTES) controller.error(new Error("the form is too large"))
      else controller.enqueue(chunk)
    },
  })
  if (Number(request.headers.get("content-length")) > MOST_FORM_BYTES) return null
  try {
    return await new Response(request.body?.pipeThrough(counting), { headers: { "content-type": request.headers.get("content-type") ?? "" } }).formData()
  } catch (error) {
    if (size > MOST_FORM_BYTES) return null
    throw error
  }
}

/** Sends one picture to the shop. */
export async function sendPicture(shop: ShopContext, locale: Locale, token: string, file: File): Promise<Told<SentPicture>> {
  // What is too large is refused with the same words as by the server, without sending it.
  const body = file.size > REVIEW_LIMITS.picture_bytes ? new Uint8Array(0) : await file.arrayBuffer()
  const answer = await fetch(`${shop.api.base_url}/store/members/me/review-pictures`, {
    method: "POST",
    headers: { ...shop.api.headers, "x-publishable-api-key": shop.publishable_key, "content-type": "application/octet-stream", authorization: `Bearer ${token}` },
    body,
  })
  const said = (await answer.json()) as { picture?: SentPicture; code?: string; text?: Record<Locale, string> }
  if (said.picture) return { ok: true, value: said.picture }
  if (!said.text || answer.status >= 500) throw new Error(`a picture was answered ${answer.status}`)
  return { ok: false, code: said.code ?? "", text: said.text[locale] }
}
