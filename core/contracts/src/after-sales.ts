import type { PictureView } from "./pictures"

/** What a buyer may ask for after the goods were handed over: money alone, money for goods that go back, or other goods for them. */
export const AFTER_SALE_KINDS = ["refund", "return", "exchange"] as const
export type AfterSaleKind = (typeof AFTER_SALE_KINDS)[number]

/** Why. `unwanted` needs no reason beyond itself and is open for fewer days. */
export const AFTER_SALE_REASONS = ["unwanted", "damaged", "quality", "wrong", "missing", "other"] as const
export type AfterSaleReason = (typeof AFTER_SALE_REASONS)[number]

/** The way of a request. */
export const AFTER_SALE_STATES = ["asked", "approved", "sent_back", "received", "done", "refused", "withdrawn"] as const
export type AfterSaleState = (typeof AFTER_SALE_STATES)[number]
/** Those in which something is still to happen. */
export const OPEN_AFTER_SALES = ["asked", "approved", "sent_back", "received"] as const satisfies readonly AfterSaleState[]

/** The lists in which the staff looks through requests. */
export const AFTER_SALE_LISTS = [...OPEN_AFTER_SALES, "closed"] as const
export type AfterSaleList = (typeof AFTER_SALE_LISTS)[number]

/** What a request may hold. */
export const AFTER_SALE_LIMITS = { text: 500, pictures: 6, reason: 200, return_to: 200, carrier: 40, tracking_number: 40 } as const

/** Days after the goods were handed over, where a shop says nothing else. Seven without a reason is what the Consumer Protection Law (article 25) asks for. */
export const AFTER_SALE_DAYS = { without_reason: 7, with_reason: 15 } as const
export type AfterSaleDays = { without_reason: number; with_reason: number }

/** Whether goods go back to the shop. */
export const goesBack = (kind: AfterSaleKind): boolean => kind !== "refund"

type Stand = { kind: AfterSaleKind; state: AfterSaleState }
type Rule = { from: readonly AfterSaleState[]; to: AfterSaleState; kinds: readonly AfterSaleKind[] }

/** From where each step leads where. Goods may also be brought to the shop, and then nobody says that they were sent. */
const STEPS = {
  approve: { from: ["asked"], to: "approved", kinds: AFTER_SALE_KINDS },
  refuse: { from: OPEN_AFTER_SALES, to: "refused", kinds: AFTER_SALE_KINDS },
  withdraw: { from: ["asked", "approved"], to: "withdrawn", kinds: AFTER_SALE_KINDS },
  "send-back": { from: ["approved"], to: "sent_back", kinds: ["return", "exchange"] },
  receive: { from: ["approved", "sent_back"], to: "received", kinds: ["return", "exchange"] },
  finish: { from: ["received"], to: "done", kinds: ["exchange"] },
} as const satisfies Record<string, Rule>
/** Money goes back once the goods are there, or at once where they stay with the buyer. */
const REFUND: Record<AfterSaleKind, readonly AfterSaleState[]> = { refund: ["approved"], return: ["received"], exchange: [] }

export type AfterSaleStep = keyof typeof STEPS | "refund"

/** The state a step leads to. */
export const stateAfter = (step: AfterSaleStep): AfterSaleState => (step === "refund" ? "done" : STEPS[step].to)

/** Whether a step can be taken now. */
export function mayStep(step: AfterSaleStep, { kind, state }: Stand): boolean {
  if (step === "refund") return REFUND[kind].includes(state)
  const { from, kinds } = STEPS[step] as Rule
  return from.includes(state) && kinds.includes(kind)
}

/** A line of an order as far as something can be asked about it. Amounts in fen; `pieces` are those that did not go back yet. */
export type AfterSaleLine = {
  line_item_id: string
  title: string
  variant_title: string | null
  thumbnail: string | null
  quantity: number
  goods_amount: number
  pieces: number
  refunded_amount: number
  currency_code: string
  open_id: string | null
  /** Whether it is in the buyer's hands and not for too long. */
  askable: boolean
  reasons: AfterSaleReason[]
}

/**
 * The most fen that can go back for so many pieces of a line: what was paid for them, as far as it is still there. The
 * shares of all pieces add up to the last fen; what a shop kept of one piece cannot be asked for with the next.
 */
export function mostFor({ quantity, goods_amount, pieces, refunded_amount }: Pick<AfterSaleLine, "quantity" | "goods_amount" | "pieces" | "refunded_amount">, asked: number): number {
  const paidFor = (first: number) => Math.floor((goods_amount * first) / quantity)
  const returned = quantity - pieces
  return Math.max(0, Math.min(goods_amount - refunded_amount, paidFor(returned + asked) - paidFor(returned)))
}

/** A request as buyer and shop see it. Amounts in fen, times ISO. */
export type AfterSale = {
  id: string
  order_id: string
  line_item_id: string
  title: string
  variant_title: string | null
  thumbnail: string | null
  kind: AfterSaleKind
  quantity: number
  reason: AfterSaleReason
  text: string
  pictures: PictureView[]
  state: AfterSaleState
  asked_amount: number
  approved_amount: number | null
  /** Why less was approved than asked. */
  lowered_reason: string | null
  refunded_amount: number
  currency_code: string
  return_to: string | null
  carrier: string | null
  tracking_number: string | null
  refusal_reason: string | null
  created_at: string
  approved_at: string | null
  sent_at: string | null
  received_at: string | null
  closed_at: string | null
}
