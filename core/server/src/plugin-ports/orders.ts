import { FangshiError, type NewOrder, type OrdersPort, type PlacedOrder, localizedText } from "@fangshi/contracts"
import { Modules, generateEntityId } from "@medusajs/framework/utils"
import { cancelOrderFulfillmentWorkflow, cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { z } from "zod"
import { type MemberOrder, isCancellable } from "../members/orders"
import { openPlaced } from "../workbench/open-parcels"
import { toFen } from "../workbench/fen"
import { type Caller, checked, invalid, portKey, rowsOf, whole } from "./caller"
import { insertRows } from "./insert-rows"
import { type Order, type OrderRows, type Totals, rowsOfOrder } from "./order-rows"
import { type BookedPayment, bookedPayments } from "./booked-payments"
import { Taxes, deliveryOptions, optionsFor, saleIn, waresOf } from "./sale-facts"
import { lockShelves, reservationRows, takePieces } from "./shelves"

const CALL = "orders.place"
/** Orders of one transaction: long enough to be fast, short enough to keep nobody waiting. */
const BATCH = 100

const words = z.string().min(1).max(500)
const newOrder = z.strictObject({
  key: portKey,
  customer_id: portKey,
  lines: z.array(z.strictObject({ variant_id: portKey, quantity: z.int().min(1).max(100_000), unit_price_amount: z.int().min(0).max(1e12) })).min(1).max(100),
  payment_id: portKey,
  ship_to: z.strictObject({ name: words, phone: words, province: words.optional(), city: words.optional(), district: words.optional(), address: words }),
  delivery: localizedText,
  metadata: z.record(z.string(), z.string()).optional(),
})
const once = (pick: (order: z.output<typeof newOrder>) => string) => (orders: z.output<typeof newOrder>[]) => new Set(orders.map(pick)).size === orders.length
const newOrders = z.array(newOrder).max(1_000).refine(once(({ key }) => key), "has a key twice").refine(once(({ payment_id }) => payment_id), "has a payment twice")

type Known = { key: string; order_id: string; display_id: number; payment_id: string }

/** Those of the wanted orders that are there already. Throws PLUGIN_KEY_USED for a key that another payment paid for. */
async function knownOf(caller: Caller, wanted: readonly NewOrder[]): Promise<Known[]> {
  const known = await rowsOf<Known>(
    caller,
    `select p.key, p.order_id, o.display_id, p.plugin_payment_id as payment_id from plugin_order p join "order" o on o.id = p.order_id where p.plugin = ? and p.key = any(?)`,
    [caller.plugin, wanted.map(({ key }) => key)],
  )
  const paidBy = new Map(wanted.map(({ key, payment_id }) => [key, payment_id]))
  const other = known.find(({ key, payment_id }) => paidBy.get(key) !== payment_id)
  if (other) throw new FangshiError("PLUGIN_KEY_USED", { plugin: caller.plugin, key: other.key })
  return known
}

/** Takes the keys of orders to place. Whoever wants the same one at the same time waits here until the other's order is there. */
async function claim(caller: Caller, wanted: readonly NewOrder[]): Promise<Map<string, string>> {
  const rows = [...wanted].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, payment_id }) => ({ id: generateEntityId(undefined, "plord"), plugin: caller.plugin, key, order_id: generateEntityId(undefined, "order"), plugin_payment_id: payment_id }))
  const made = await rowsOf<{ key: string; order_id: string }>(
    caller,
    `insert into plugin_order (id, plugin, key, order_id, plugin_payment_id) select id, plugin, key, order_id, plugin_payment_id from jsonb_populate_recordset(null::plugin_order, ?::jsonb) on conflict do nothing returning key, order_id`,
    [JSON.stringify(rows)],
  )
  return new Map(made.map(({ key, order_id }) => [key, order_id]))
}

/** The payments, which nobody takes or gives back before the unit of work ends. Throws where one is not this customer's or not paid. */
async function paidBy(caller: Caller, wanted: readonly NewOrder[]): Promise<Map<string, BookedPayment>> {
  const ids = wanted.map(({ payment_id }) => payment_id)
  await rowsOf(caller, "select id from plugin_payment where plugin = ? and id = any(?) order by id for update", [caller.plugin, ids])
  const payments = new Map((await bookedPayments(caller, ids)).map((payment) => [payment.id, payment]))
  for (const { customer_id, payment_id } of wanted) {
    const payment = payments.get(payment_id)
    if (payment?.customer_id !== customer_id) throw invalid(caller.plugin, CALL, "payment_id")
    if (payment.state !== "authorized" && payment.state !== "captured") throw new FangshiError("PAYMENT_NOT_AUTHORIZED")
  }
  return payments
}

type Transaction = Order["transactions"][number] & { payment_id: string }

const transactionsOf = (caller: Caller, payments: Iterable<BookedPayment>): Promise<Transaction[]> =>
  rowsOf<Transaction>(
    caller,
    `select payment_id, 'capture' as reference, id as reference_id, trim_scale(amount)::text as amount from capture where payment_id = any(:ids) and deleted_at is null
     union all select payment_id, 'refund', id, trim_scale(-amount)::text from refund where payment_id = any(:ids) and deleted_at is null`,
    { ids: [...payments].flatMap(({ payment_id }) => payment_id ?? []) },
  )

async function emailsOf(caller: Caller, wanted: readonly NewOrder[]): Promise<Map<string, string | null>> {
  const rows = await rowsOf<{ id: string; email: string | null }>(caller, "select id, email from customer where id = any(?) and deleted_at is null", [wanted.map(({ customer_id }) => customer_id)])
  return new Map(rows.map(({ id, email }) => [id, email]))
}

/** Looks up all that the orders depend on. One currency in a batch. */
async function ordersOf(caller: Caller, wanted: readonly NewOrder[], ids: Map<string, string>): Promise<Order[]> {
  const payments = await paidBy(caller, wanted)
  const [{ currency_code = "" } = {}] = [...payments.values()]
  if ([...payments.values()].some((payment) => payment.currency_code !== currency_code)) throw invalid(caller.plugin, CALL, "payment_id")
  const sale = await saleIn(caller, currency_code)
  const wares = await waresOf(caller, [...new Set(wanted.flatMap(({ lines }) => lines.map(({ variant_id }) => variant_id)))])
  const taxes = new Taxes(caller, sale, currency_code, [...wares.values()])
  const options = await deliveryOptions(caller)
  const emails = await emailsOf(caller, wanted)
  const transactions = await transactionsOf(caller, payments.values())
  return Promise.all(
    wanted.map(async (order) => {
      const payment = payments.get(order.payment_id) as BookedPayment
      const own = order.lines.flatMap(({ variant_id }) => wares.get(variant_id) ?? [])
      const taxOf = await taxes.in(order.ship_to.province)
      return {
        id: ids.get(order.key) ?? "",
        wanted: order,
        payment,
        email: emails.get(order.customer_id) ?? null,
        sale,
        wares: own,
        taxes: own.map(({ id }) => taxOf.get(id) ?? []),
        option_ids: optionsFor(options, own),
        transactions: transactions.filter(({ payment_id }) => payment_id === payment.payment_id),
      }
    }),
  )
}

async function write(caller: Caller, orders: readonly Order[]): Promise<Known[]> {
  const known = new Map<string, Totals>()
  const made = orders.map((order) => rowsOfOrder(order, known))
  for (const [i, { total_amount }] of made.entries()) {
    const payment = orders[i]?.payment
    if (payment && total_amount > payment.amount - payment.refunded_amount) throw new FangshiError("PAYMENT_NOT_AUTHORIZED")
  }
  const tables = Object.keys(made[0]?.tables ?? {})
  const rows = new Map(tables.map((table) => [table, made.flatMap((one) => one.tables[table] ?? [])]))
  const numbers = new Map<string, number>()
  for (const [table, all] of rows) {
    const written = await insertRows<{ id: string; display_id: number }>(caller, table, all, table === "order" ? "id, display_id" : "id")
    if (table === "order") for (const { id, display_id } of written) numbers.set(id, display_id)
  }
  await reserveFor(caller, made)
  await openPlaced(caller.scope, orders.map(({ id, payment: { currency_code } }, i) => ({ order_id: id, ordered_at: new Date(caller.clock()), currency_code, lines: made[i]?.lines ?? [] })))
  return orders.map(({ id, wanted: { key, payment_id } }) => ({ key, order_id: id, display_id: numbers.get(id) ?? 0, payment_id }))
}

async function reserveFor(caller: Caller, made: readonly OrderRows[]): Promise<void> {
  const needs = made.flatMap(({ lines }) => lines.map(({ id, variant_id, quantity }) => ({ for_id: id, variant_id, quantity })))
  const taken = await takePieces(caller, needs, false)
  await insertRows(caller, "reservation_item", reservationRows(taken, ({ for_id }) => ({ line_item_id: for_id })))
}

const placeBatch = (caller: Caller, wanted: readonly NewOrder[]): Promise<PlacedOrder[]> =>
  whole(caller, async () => {
    const before = await knownOf(caller, wanted)
    const there = new Set(before.map(({ key }) => key))
    const ids = await claim(caller, wanted.filter(({ key }) => !there.has(key)))
    const mine = wanted.filter(({ key }) => ids.has(key))
    const others = await knownOf(caller, wanted.filter(({ key }) => !ids.has(key)))
    // Neither taken by us nor by an order: it is the payment that has one.
    if (mine.length + others.length < wanted.length) throw invalid(caller.plugin, CALL, "payment_id", { "zh-CN": "已用于别的订单", en: "has paid for another order" })
    const placed = mine.length ? await write(caller, await ordersOf(caller, mine, ids)) : []
    if (placed.length) await caller.scope.resolve(Modules.EVENT_BUS).emit(placed.map(({ order_id }) => ({ name: "order.placed", data: { id: order_id } })))
    const byKey = new Map([...placed, ...others].map((one) => [one.key, one]))
    return wanted.flatMap(({ key }) => {
      const one = byKey.get(key)
      return one ? [{ key, order_id: one.order_id, display_id: Number(one.display_id) }] : []
    })
  })

async function place(caller: Caller, wanted: readonly NewOrder[]): Promise<PlacedOrder[]> {
  const placed: PlacedOrder[] = []
  for (let i = 0; i < wanted.length; i += BATCH) placed.push(...(await placeBatch(caller, wanted.slice(i, i + BATCH))))
  return placed
}

/** Cancels without Medusa's giving back: for the moment it sees an order that nothing was paid for. */
const cancel = (caller: Caller, order_id: string): Promise<void> =>
  whole(caller, async () => {
    const { scope, plugin } = caller
    await rowsOf(caller, "select pg_advisory_xact_lock(hashtextextended('order:' || current_setting('app.tenant_id') || ':' || ?, 0))", [order_id])
    const lines = await rowsOf<{ variant_id: string }>(caller, "select l.variant_id from order_item i join order_line_item l on l.id = i.item_id where i.order_id = ? and i.deleted_at is null", [order_id])
    await lockShelves(caller, lines.flatMap(({ variant_id }) => variant_id ?? []))
    const [own] = await rowsOf<{ id: string; status: string }>(caller, `select o.id, o.status from plugin_order p join "order" o on o.id = p.order_id where p.plugin = ? and p.order_id = ?`, [plugin, order_id])
    if (!own) throw new FangshiError("NOT_FOUND")
    if (own.status === "canceled") return
    const fulfillments = await rowsOf<MemberOrder["fulfillments"][number]>(caller, "select f.id, f.packed_at, f.shipped_at, f.delivered_at, f.canceled_at from order_fulfillment l join fulfillment f on f.id = l.fulfillment_id where l.order_id = ? and l.deleted_at is null", [order_id])
    if (!isCancellable({ status: own.status as MemberOrder["status"], fulfillments })) throw new FangshiError("ORDER_NOT_CANCELLABLE")
    for (const { id, canceled_at } of fulfillments) if (!canceled_at) await cancelOrderFulfillmentWorkflow(scope).run({ input: { order_id, fulfillment_id: id } })
    const links = await rowsOf<{ id: string }>(caller, "update order_payment_collection set deleted_at = now() where order_id = ? and deleted_at is null returning id", [order_id])
    await cancelOrderWorkflow(scope).run({ input: { order_id, canceled_by: `plugin:${plugin}` } })
    await rowsOf(caller, "update order_payment_collection set deleted_at = null where id = any(?)", [links.map(({ id }) => id)])
  })

async function find(caller: Caller, order_ids: readonly string[]) {
  const rows = await rowsOf<{ id: string; display_id: number; status: string; total: string }>(
    caller,
    `select o.id, o.display_id, o.status, s.totals->>'current_order_total' as total from "order" o join order_summary s on s.order_id = o.id and s.version = o.version and s.deleted_at is null where o.id = any(?) and o.deleted_at is null`,
    [order_ids],
  )
  const found = new Map(rows.map(({ total, ...row }) => [row.id, { ...row, total_amount: toFen(total) }]))
  return order_ids.flatMap((id) => found.get(id) ?? [])
}

/** Orders of Medusa, written by the hundred. */
export const ordersPort = (caller: Caller): OrdersPort => ({
  place: async (orders) => place(caller, checked(caller, CALL, newOrders, orders) as NewOrder[]),
  cancel: async (order_id, key) => cancel(caller, checked(caller, "orders.cancel", z.strictObject({ order_id: portKey, key: portKey }), { order_id, key }).order_id),
  find: async (order_ids) => find(caller, checked(caller, "orders.find", z.array(portKey).max(1_000), order_ids)),
})
