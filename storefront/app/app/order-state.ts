type Fulfillment = { packed_at?: string | Date | null; shipped_at?: string | Date | null; delivered_at?: string | Date | null; canceled_at?: string | Date | null }
type StatedOrder = { status: string; fulfillments?: Fulfillment[] | null }

/** How far an order is, as a key of the locale files. */
export type OrderState = "placed" | "packed" | "shipped" | "delivered" | "canceled"

type Moment = "packed_at" | "shipped_at" | "delivered_at"

/** When the last parcel came that far; null while one has not, or none exists. */
function reached(order: StatedOrder, moment: Moment): string | null {
  const parcels = (order.fulfillments ?? []).filter((each) => !each.canceled_at)
  const times = parcels.flatMap((each) => (each[moment] ? [new Date(each[moment]).toISOString()] : []))
  return parcels.length && times.length === parcels.length ? (times.sort().at(-1) ?? null) : null
}

export function stateOf(order: StatedOrder): OrderState {
  if (order.status === "canceled") return "canceled"
  if (reached(order, "delivered_at")) return "delivered"
  if (reached(order, "shipped_at")) return "shipped"
  return reached(order, "packed_at") ? "packed" : "placed"
}

/** A step of the way; `at` is null where it was not taken, or nobody wrote down when. */
export type Step = { key: OrderState | "paid" | "payOnDelivery"; done: boolean; at: string | null }
type TimedOrder = StatedOrder & { created_at: string | Date; canceled_at?: string | Date | null; payment_status?: string; payment_collections?: { payments?: { captured_at?: string | Date | null }[] }[] | null }

const iso = (time: string | Date) => new Date(time).toISOString()

/** The way of an order from placed to delivered, or to where it was cancelled. */
export function stepsOf(order: TimedOrder): Step[] {
  const placed: Step = { key: "placed", done: true, at: iso(order.created_at) }
  if (order.status === "canceled") return [placed, { key: "canceled", done: true, at: order.canceled_at ? iso(order.canceled_at) : null }]
  const captured = (order.payment_collections ?? []).flatMap((collection) => collection.payments ?? []).flatMap(({ captured_at }) => captured_at ?? [])[0]
  const isPaid = order.payment_status === "captured"
  const step = (key: "packed" | "shipped" | "delivered"): Step => ({ key, done: reached(order, `${key}_at`) !== null, at: reached(order, `${key}_at`) })
  return [placed, { key: isPaid ? "paid" : "payOnDelivery", done: isPaid, at: captured ? iso(captured) : null }, step("packed"), step("shipped"), step("delivered")]
}
