import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toFen } from "./fen"

/** Medusa's provider for money that changes hands outside: cash, a transfer, a code at the counter. */
const OFFLINE = "pp_system_default"

/** Amounts in fen. `shipping_amount`: the order's delivery fee. */
export type OfflinePayment = { id: string; authorized_amount: number; captured_amount: number; refunded_amount: number; shipping_amount: number }

type Amounts = { amount: unknown }[] | null | undefined
type Payment = { id: string; provider_id: string; amount: unknown; canceled_at: unknown; captures?: Amounts; refunds?: Amounts }

const sum = (rows: Amounts) => (rows ?? []).reduce((total, { amount }) => total + toFen(amount), 0)

/** The payment of an order that is paid on the spot; null where a payment service took the money, or nothing is to be paid. */
export async function offlinePayment(scope: MedusaContainer, order_id: string): Promise<OfflinePayment | null> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY)
  const fields = ["id", "shipping_total", ...["id", "provider_id", "amount", "canceled_at", "captures.amount", "refunds.amount"].map((field) => `payment_collections.payments.${field}`)]
  const { data } = await query.graph({ entity: "order", fields, filters: { id: order_id } })
  const order = data[0] as unknown as { shipping_total: unknown; payment_collections?: { payments?: Payment[] }[] } | undefined
  const payment = (order?.payment_collections ?? []).flatMap(({ payments }) => payments ?? []).find(({ provider_id, canceled_at }) => provider_id === OFFLINE && !canceled_at)
  if (!order || !payment) return null
  return { id: payment.id, authorized_amount: toFen(payment.amount), captured_amount: sum(payment.captures), refunded_amount: sum(payment.refunds), shipping_amount: toFen(order.shipping_total) }
}
