import { AFTER_SALE_REASONS, type AfterSale, type AfterSaleDays, type AfterSaleKind, type AfterSaleLine, type AfterSaleReason, type AfterSaleState, type PictureView } from "@fangshi/contracts"

type Row = Record<string, unknown>
const DAY_MS = 86_400_000
const iso = (value: unknown) => (value ? new Date(value as string).toISOString() : null)
const text = (value: unknown) => (value as string | null) ?? null

/** A request with what only the server needs to know of it. */
export type AfterSaleRow = AfterSale & { parcel_id: string; merchant_key: string; customer_id: string | null; restocked: boolean }

export const afterSaleRow = (row: Row, pictures: PictureView[]): AfterSaleRow => ({
  id: row.id as string,
  order_id: row.order_id as string,
  parcel_id: row.parcel_id as string,
  line_item_id: row.line_item_id as string,
  merchant_key: row.merchant_key as string,
  customer_id: text(row.customer_id),
  title: text(row.title) ?? "",
  variant_title: text(row.variant_title),
  thumbnail: text(row.thumbnail),
  kind: row.kind as AfterSaleKind,
  quantity: Number(row.quantity),
  reason: row.reason as AfterSaleReason,
  text: row.text as string,
  pictures,
  state: row.state as AfterSaleState,
  asked_amount: Number(row.asked_amount),
  approved_amount: row.approved_amount === null ? null : Number(row.approved_amount),
  lowered_reason: text(row.lowered_reason),
  refunded_amount: Number(row.refunded_amount),
  currency_code: row.currency_code as string,
  return_to: text(row.return_to),
  carrier: text(row.carrier),
  tracking_number: text(row.tracking_number),
  refusal_reason: text(row.refusal_reason),
  restocked: row.restocked as boolean,
  created_at: iso(row.created_at) ?? "",
  approved_at: iso(row.approved_at),
  sent_at: iso(row.sent_at),
  received_at: iso(row.received_at),
  closed_at: iso(row.closed_at),
})

/** As its buyer sees it: without the ids of the shop's own affairs. */
export const buyersView = ({ parcel_id: _parcel, merchant_key: _merchant, customer_id: _customer, restocked: _restocked, ...request }: AfterSaleRow): AfterSale => request

/** A line of a handed over parcel, or of one that is not yet. */
export type SoldLine = AfterSaleLine & { parcel_id: string; merchant_key: string; customer_id: string | null; handed_over: boolean; too_late: boolean }

export function soldLine(row: Row, days: AfterSaleDays, now: number): SoldLine {
  const handed_over = row.parcel_state === "done"
  const age = now - new Date(row.handed_over_at as string).getTime()
  const reasons = AFTER_SALE_REASONS.filter((reason) => age <= DAY_MS * (reason === "unwanted" ? days.without_reason : days.with_reason))
  const [quantity, pieces, open_id] = [Number(row.quantity), Number(row.quantity) - Number(row.returned), text(row.open_id)]
  return {
    line_item_id: row.line_item_id as string,
    parcel_id: row.parcel_id as string,
    merchant_key: row.merchant_key as string,
    customer_id: text(row.customer_id),
    title: text(row.title) ?? "",
    variant_title: text(row.variant_title),
    thumbnail: text(row.thumbnail),
    quantity,
    goods_amount: Number(row.goods_amount),
    pieces,
    refunded_amount: Number(row.refunded),
    currency_code: row.currency_code as string,
    open_id,
    handed_over,
    too_late: handed_over && reasons.length === 0,
    reasons: handed_over ? reasons : [],
    askable: handed_over && reasons.length > 0 && pieces > 0 && open_id === null,
  }
}
