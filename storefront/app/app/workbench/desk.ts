import type { AfterSale, AfterSaleList, DeliverySlot, HideReason, LocalizedText, OrderDelivery, ParcelState, PickUpPoint, PublicReview, ReportReason, ReviewList, Role } from "@fangshi/contracts"

/** What the workbench API tells, as far as the pages show it. Amounts in fen. */
export type Me = { name: string; role: Role; merchant: { id: string; name: string } | null }
export type DeskLine = { line_item_id: string; title: string; variant_title: string | null; variant_sku: string | null; thumbnail: string | null; quantity: number; goods_amount: number; discount_amount: number; discount_codes: string[] }
export type DeskParcel = {
  id: string
  number: number
  state: ParcelState
  goods_amount: number
  refunded_amount: number
  shipping_amount: number | null
  pieces: number
  refusal_reason: string | null
  ordered_at: string
  closed_at: string | null
  merchant_name: string | null
  customer: { name: string; phone: string; address: string; shipping_name: string; note: string }
  delivery: OrderDelivery | null
  lines: DeskLine[]
  refundable_amount?: number
}
export type Counts = Partial<Record<ParcelState, number>>
export type DeskProduct = { product_id: string; variant_id: string; title: string; variant_title: string; thumbnail: string | null; sku: string | null; status: string; stocked: number | null; left: number | null; price_amount: number | null }
export type DeskMember = { id: string; name: string; email: string; role: Role; active: boolean; merchant_name: string | null }

/** Why the server refused, in both languages, with what to do. */
export type Problem = { code: string; text: LocalizedText; hint: LocalizedText }

/** A price as somebody types it, in fen; null where it is none. */
export function fenOf(typed: unknown): number | null {
  const text = typeof typed === "string" ? typed.trim() : ""
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : null
}

/** A review as the staff sees it. */
export type DeskReview = PublicReview & { title: string; state: "shown" | "hidden"; hidden_reason: HideReason | null; reports: { reason: ReportReason; note: string | null }[]; merchant_name: string | null }
export type ReviewCounts = Record<ReviewList, number>

/** Points and slots as the staff sees them, closed ones too. */
export type DeskPoint = PickUpPoint & { id: string; open: boolean }
export type DeskSlot = DeliverySlot & { id: string; open: boolean }
/** A request after the sale as the staff sees it. */
export type DeskAfterSale = AfterSale & { number: number; name: string; parcel_id: string; merchant_name: string | null; restocked: boolean }
export type AfterSaleCounts = Record<AfterSaleList, number>
