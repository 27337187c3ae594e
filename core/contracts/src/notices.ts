/** What a shop tells its members of what became of their orders, requests and reviews. */
export const NOTICE_KINDS = ["parcel_accepted", "parcel_ready", "parcel_handed_over", "parcel_refused", "order_canceled", "refunded", "after_sale_approved", "after_sale_refused", "after_sale_received", "after_sale_done", "review_answered"] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** A notice as its member reads it; a time is ISO. */
export type Notice = {
  id: string
  kind: NoticeKind
  order_id: string
  /** The number the shop and its buyers call the order by. */
  order_number: number
  after_sale_id: string | null
  /** The name of what it is about, as it was bought. */
  title: string
  /** Fen, where money went back. */
  amount: number | null
  currency_code: string
  /** The shop's own words: why it refused. */
  reason: string | null
  read: boolean
  created_at: string
}
