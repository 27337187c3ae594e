import type { PaymentState, PortPayment } from "@fangshi/contracts"
import { type Caller, rowsOf } from "./caller"

type Row = Record<string, unknown>

/** A payment with what became of it; amounts in fen, `order` where it paid for one. */
export type BookedPayment = {
  id: string
  key: string
  customer_id: string
  amount: number
  currency_code: string
  provider_id: string
  collection_id: string
  session_id: string
  payment_id: string | null
  order: { id: string; status: string } | null
  captured_amount: number
  refunded_amount: number
  state: PaymentState
  data: Record<string, unknown>
}

const FEN_OF = (table: string) => `coalesce((select round(sum(x.amount) * 100) from ${table} x where x.payment_id = pay.id and x.deleted_at is null), 0)`
/** What is read of a payment, and from where. */
export const FIELDS = `p.id, p.key, p.customer_id, p.amount, p.currency_code, p.provider_id, p.payment_collection_id as collection_id, p.payment_session_id as session_id, p.released_at,
  s.status as session_status, s.data, pay.id as payment_id, pay.canceled_at, ${FEN_OF("capture")} as captured, ${FEN_OF("refund")} as refunded,
  (select json_build_object('id', o.id, 'status', o.status) from order_payment_collection l join "order" o on o.id = l.order_id where l.payment_collection_id = p.payment_collection_id and l.deleted_at is null limit 1) as "order"
  from plugin_payment p left join payment_session s on s.id = p.payment_session_id left join payment pay on pay.payment_session_id = s.id and pay.deleted_at is null`

function stateOf(row: Row, amount: number, captured: number): PaymentState {
  if (row.released_at || row.canceled_at) return "released"
  if (captured >= amount) return "captured"
  if (row.payment_id) return "authorized"
  return row.session_status === "error" || row.session_status === "canceled" ? "failed" : "pending"
}

/** A row of FIELDS. */
export const booked = (row: Row): BookedPayment => ({
  ...(row as BookedPayment),
  amount: Number(row.amount),
  captured_amount: Number(row.captured),
  refunded_amount: Number(row.refunded),
  state: stateOf(row, Number(row.amount), Number(row.captured)),
  data: (row.data ?? {}) as Record<string, unknown>,
})

/** As plugins see it. */
export const shown = ({ id, key, state, amount, refunded_amount, currency_code, provider_id, data }: BookedPayment): PortPayment => ({ id, key, state, amount, refunded_amount, currency_code, provider_id, data })

/** Payments of this plugin by id, as they are now in Medusa: staff may capture and refund there, too. */
export async function bookedPayments(caller: Caller, ids: readonly string[]): Promise<BookedPayment[]> {
  return (await rowsOf<Row>(caller, `select ${FIELDS} where p.plugin = ? and p.id = any(?)`, [caller.plugin, ids])).map(booked)
}
