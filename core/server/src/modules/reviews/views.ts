import type { HideReason, PictureView, PublicReview, ReportReason, Stars } from "@fangshi/contracts"

/** A line of an order that was handed over and waits for its review. */
export type DueLine = { line_item_id: string; order_id: string; product_id: string; merchant_key: string; title: string; variant_title: string | null; thumbnail: string | null; handle: string | null; name: string }

type Bought = { line_item_id: string; title: string; handle: string | null; thumbnail: string | null }

/** A review as its author sees it. */
export type OwnReview = PublicReview & Bought & { state: "shown" | "hidden"; hidden_reason: HideReason | null; anonymous: boolean }

/** A review as the staff sees it: not who wrote it, beyond what everybody sees. */
export type StaffReview = PublicReview & Bought & { state: "shown" | "hidden"; hidden_reason: HideReason | null; merchant_key: string; reports: { reason: ReportReason; note: string | null }[] }

type Row = Record<string, unknown>
const iso = (value: unknown) => (value ? new Date(value as string).toISOString() : null)

export const publicView = (row: Row, pictures: PictureView[]): PublicReview => ({
  id: row.id as string,
  stars: Number(row.stars) as Stars,
  text: row.text as string,
  author_name: row.author_name as string | null,
  erased: row.customer_id === null,
  variant_title: (row.variant_title as string | null) ?? null,
  pictures,
  follow_up: row.follow_up as string | null,
  followed_up_at: iso(row.followed_up_at),
  reply: row.reply as string | null,
  replied_at: iso(row.replied_at),
  created_at: iso(row.created_at) ?? "",
})

const boughtView = (row: Row): Bought => ({ line_item_id: row.line_item_id as string, title: (row.title as string | null) ?? "", handle: (row.handle as string | null) ?? null, thumbnail: (row.thumbnail as string | null) ?? null })
const stateView = (row: Row) => ({ state: row.state as "shown" | "hidden", hidden_reason: row.hidden_reason as HideReason | null })

export const ownView = (row: Row, pictures: PictureView[]): OwnReview => ({ ...publicView(row, pictures), ...boughtView(row), ...stateView(row), anonymous: row.author_name === null })

export const staffView = (row: Row, pictures: PictureView[]): StaffReview => ({
  ...publicView(row, pictures),
  ...boughtView(row),
  ...stateView(row),
  merchant_key: row.merchant_key as string,
  reports: (row.reports as StaffReview["reports"] | null) ?? [],
})
