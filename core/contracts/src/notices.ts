import type { LocalizedText } from "./localized"

/** What a shop tells its members of what became of their orders, requests and reviews. */
export const NOTICE_KINDS = ["parcel_accepted", "parcel_ready", "parcel_handed_over", "parcel_refused", "order_canceled", "refunded", "after_sale_approved", "after_sale_refused", "after_sale_received", "after_sale_done", "review_answered", "plugin"] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** A notice as its member reads it; a time is ISO. */
export type Notice = {
  id: string
  kind: NoticeKind
  /** Null where it is not about an order, as its number and currency are then. */
  order_id: string | null
  /** The number the shop and its buyers call the order by. */
  order_number: number | null
  after_sale_id: string | null
  /** The name of what it is about, as it was bought. */
  title: string
  /** Fen, where money went back. */
  amount: number | null
  currency_code: string | null
  /** The shop's own words: why it refused. */
  reason: string | null
  /** A plugin's own words, with kind plugin. */
  news: NoticeNews | null
  read: boolean
  created_at: string
}

/** What a plugin tells; `link` is a page of the shop. */
export type NoticeNews = { title: LocalizedText; text: LocalizedText; link: string | null }

/** What the owner and the managers read in the workbench; `created_at` is ISO. */
export type StaffNotice = NoticeNews & { id: string; source: string; read: boolean; created_at: string }
