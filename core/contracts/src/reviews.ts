import type { PictureView } from "./pictures"

/** What a review may hold. */
export const REVIEW_LIMITS = { text: 1_000, follow_up: 500, reply: 500, report_note: 200, pictures: 9 } as const

/** From very bad to very good. */
export const STARS = [1, 2, 3, 4, 5] as const
export type Stars = (typeof STARS)[number]

/** Why a shop may hide a review. That it is a bad one is no reason: the E-Commerce Law (article 39) forbids to delete those. */
export const HIDE_REASONS = ["abuse", "private", "advert", "unlawful", "unrelated"] as const
export type HideReason = (typeof HIDE_REASONS)[number]

/** What a member may say is wrong with another's review. */
export const REPORT_REASONS = ["abuse", "private", "advert", "false", "other"] as const
export type ReportReason = (typeof REPORT_REASONS)[number]

/** The lists in which the staff looks through reviews. */
export const REVIEW_LISTS = ["unanswered", "reported", "all", "hidden"] as const
export type ReviewList = (typeof REVIEW_LISTS)[number]

/** Reviews of a product in figures; `average` has one decimal and is null where there are none. */
export type ReviewSummary = { count: number; average: number | null; stars: Record<Stars, number>; with_pictures: number }

/** A review as every visitor may see it; `author_name` is masked, and null for who wishes to stay unknown. */
export type PublicReview = {
  id: string
  stars: Stars
  text: string
  author_name: string | null
  /** The author's account is erased; only the stars are left. */
  erased: boolean
  variant_title: string | null
  pictures: PictureView[]
  follow_up: string | null
  followed_up_at: string | null
  reply: string | null
  replied_at: string | null
  created_at: string
}

/** One character of a name, the rest stars: 张**. Null for no name. */
export function maskName(name: string): string | null {
  const [first] = [...name.trim()]
  return first === undefined ? null : `${first}**`
}
