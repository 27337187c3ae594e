import { FangshiError, type PaymentsPort, type PortPayment } from "@fangshi/contracts"
import { withProviderKey } from "@fangshi/kernel"
import { MedusaError, Modules, PaymentCollectionStatus, generateEntityId } from "@medusajs/framework/utils"
import { capturePaymentWorkflow, refundPaymentWorkflow } from "@medusajs/medusa/core-flows"
import { z } from "zod"
import { fromFen } from "../workbench/fen"
import { type BookedPayment, FIELDS, booked, bookedPayments, shown } from "./booked-payments"
import { type Caller, checked, invalid, portKey, providerKey, rowsOf, whole } from "./caller"
import { captureAll } from "./capture-all"
import { refundAll } from "./refund-all"

const fen = z.int().min(1).max(1e12)
const newPayment = z.strictObject({ key: portKey, amount: fen, currency_code: z.string().length(3).toLowerCase(), customer_id: portKey, provider_id: portKey.optional() })
const refundOf = z.strictObject({ amount: fen, key: portKey })
const refunds = z.array(z.strictObject({ id: portKey, amount: fen, key: portKey })).max(1_000)
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, "has a key twice")
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "has a payment twice")

type Row = Record<string, unknown>

/** The payment, which nobody else of this plugin changes before the unit of work ends. Throws NOT_FOUND. */
async function locked(caller: Caller, id: string): Promise<BookedPayment> {
  await rowsOf(caller, "select id from plugin_payment where plugin = ? and id = ? for update", [caller.plugin, id])
  const [payment] = await bookedPayments(caller, [id])
  if (!payment) throw new FangshiError("NOT_FOUND")
  return payment
}

/** Does `work` with a payment nobody else changes meanwhile, and answers what became of it. */
const withPayment = (caller: Caller, id: string, work: (payment: BookedPayment) => Promise<unknown>): Promise<PortPayment> =>
  whole(caller, async () => {
    await work(await locked(caller, id))
    const [payment] = await bookedPayments(caller, [id])
    if (!payment) throw new FangshiError("NOT_FOUND")
    return shown(payment)
  })

const moduleOf = ({ scope }: Caller) => scope.resolve(Modules.PAYMENT)

/** The provider asked for, or the first of the shop's region of this currency. */
async function providerOf(caller: Caller, currency_code: string, provider_id: string | undefined): Promise<string> {
  const rows = await rowsOf<{ id: string }>(
    caller,
    `select p.id from region r join region_payment_provider l on l.region_id = r.id and l.deleted_at is null join payment_provider p on p.id = l.payment_provider_id and p.is_enabled
     where r.currency_code = ? and r.deleted_at is null order by r.created_at, l.created_at, p.id`,
    [currency_code],
  )
  const found = provider_id === undefined ? rows[0] : rows.find(({ id }) => id === provider_id)
  if (!found) throw invalid(caller.plugin, "payments.begin", rows.length ? "provider_id" : "currency_code")
  return found.id
}

type New = z.output<typeof newPayment>

async function begin(caller: Caller, { key, amount, currency_code, customer_id, provider_id }: New): Promise<PortPayment> {
  const [customer] = await rowsOf<Row>(caller, "select id, email, first_name, last_name, phone from customer where id = ? and deleted_at is null", [customer_id])
  if (!customer) throw invalid(caller.plugin, "payments.begin", "customer_id")
  const provider = await providerOf(caller, currency_code, provider_id)
  return whole(caller, async () => {
    // Whoever comes second waits here until the first one's payment is there, and gets that.
    const [made] = await rowsOf<{ id: string }>(
      caller,
      "insert into plugin_payment (id, plugin, key, customer_id, amount, currency_code, provider_id) values (?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, plugin, key) do nothing returning id",
      [generateEntityId(undefined, "plpay"), caller.plugin, key, customer_id, amount, currency_code, provider],
    )
    if (!made) return known(caller, { key, amount, currency_code, customer_id, provider_id })
    const payments = moduleOf(caller)
    const collection = await payments.createPaymentCollections({ currency_code, amount: fromFen(amount) })
    const idempotency_key = providerKey(caller.plugin, "payment", key)
    const session = await payments.createPaymentSession(collection.id, { provider_id: provider, currency_code, amount: fromFen(amount), data: {}, context: { customer: customer as never, idempotency_key } })
    await rowsOf(caller, "update plugin_payment set payment_collection_id = ?, payment_session_id = ? where id = ?", [collection.id, session.id, made.id])
    const [payment] = await bookedPayments(caller, [made.id])
    if (!payment) throw new FangshiError("NOT_FOUND")
    return shown(payment)
  })
}

async function known(caller: Caller, { key, amount, currency_code, customer_id, provider_id }: New): Promise<PortPayment> {
  const [row] = await rowsOf<Row>(caller, `select ${FIELDS} where p.plugin = ? and p.key = ?`, [caller.plugin, key])
  const payment = row && booked(row)
  const same = payment?.amount === amount && payment.currency_code === currency_code && payment.customer_id === customer_id && (provider_id ?? payment.provider_id) === payment.provider_id
  if (!payment || !same) throw new FangshiError("PLUGIN_KEY_USED", { plugin: caller.plugin, key })
  return shown(payment)
}

const authorize = (caller: Caller, id: string): Promise<PortPayment> =>
  withPayment(caller, id, async ({ state, session_id }) => {
    if (state === "released") throw new FangshiError("NOT_ALLOWED")
    if (state !== "pending" && state !== "failed") return
    // The answer of a provider that refuses is kept in the session; it is no failure of ours.
    await moduleOf(caller).authorizePaymentSession(session_id, {}).catch((error: unknown) => {
      if (!(error instanceof MedusaError) || error.type !== MedusaError.Types.NOT_ALLOWED) throw error
    })
  })

const capture = (caller: Caller, id: string): Promise<PortPayment> =>
  withPayment(caller, id, async ({ state, payment_id, amount, captured_amount }) => {
    if (state === "captured") return
    if (state !== "authorized" || !payment_id) throw new FangshiError("PAYMENT_NOT_AUTHORIZED")
    await withProviderKey(providerKey(caller.plugin, "capture", id), () =>
      capturePaymentWorkflow(caller.scope).run({ input: { payment_id, amount: fromFen(amount - captured_amount) } }),
    )
  })

const release = (caller: Caller, id: string): Promise<PortPayment> =>
  withPayment(caller, id, async ({ state, payment_id, session_id, collection_id, captured_amount }) => {
    if (state === "released") return
    if (captured_amount > 0) throw new FangshiError("NOT_ALLOWED")
    const payments = moduleOf(caller)
    await withProviderKey(providerKey(caller.plugin, "release", id), async () => {
      if (payment_id) await payments.cancelPayment(payment_id)
      else await payments.deletePaymentSession(session_id)
    })
    await payments.updatePaymentCollections(collection_id, { status: PaymentCollectionStatus.CANCELED } as never)
    await rowsOf(caller, "update plugin_payment set released_at = ?, updated_at = now() where id = ?", [new Date(caller.clock()), id])
  })

const refund = (caller: Caller, id: string, { amount, key }: z.output<typeof refundOf>): Promise<PortPayment> =>
  withPayment(caller, id, async (payment) => {
    const [made] = await rowsOf<{ id: string }>(
      caller,
      "insert into plugin_refund (id, plugin, key, plugin_payment_id, refund_amount) values (?, ?, ?, ?, ?) on conflict (tenant_id, plugin, key) do nothing returning id",
      [generateEntityId(undefined, "plref"), caller.plugin, key, id, amount],
    )
    if (!made) {
      const [same] = await rowsOf(caller, "select id from plugin_refund where plugin = ? and key = ? and plugin_payment_id = ? and refund_amount = ?", [caller.plugin, key, id, amount])
      if (!same) throw new FangshiError("PLUGIN_KEY_USED", { plugin: caller.plugin, key })
      return
    }
    const most = payment.captured_amount - payment.refunded_amount
    if (amount > most || !payment.payment_id) throw new FangshiError("REFUND_TOO_LARGE", { most: fromFen(most).toFixed(2) })
    await rowsOf(caller, "update plugin_payment set refunded_amount = refunded_amount + ?, updated_at = now() where id = ?", [amount, id])
    await withProviderKey(providerKey(caller.plugin, "refund", key), () => giveBack(caller, payment, payment.payment_id ?? "", fromFen(amount), made.id))
  })

/** `amount` in Medusa's major units. What was paid for an order is written into the order's own account, too. */
async function giveBack({ scope, plugin }: Caller, { order, currency_code }: BookedPayment, payment_id: string, amount: number, plugin_refund: string): Promise<void> {
  const created_by = `plugin:${plugin}`
  if (order && order.status !== "canceled") {
    await refundPaymentWorkflow(scope).run({ input: { payment_id, amount, created_by } })
    return
  }
  const { refunds = [] } = await scope.resolve(Modules.PAYMENT).refundPayment({ payment_id, amount, created_by, metadata: { plugin_refund } })
  if (!order) return
  // Medusa's own way would first lower what a cancelled order costs, which it refuses.
  const reference_id = refunds.find((row) => (row as { metadata?: { plugin_refund?: string } }).metadata?.plugin_refund === plugin_refund)?.id
  await scope.resolve(Modules.ORDER).addOrderTransactions({ order_id: order.id, amount: -amount, currency_code, reference: "refund", ...(reference_id ? { reference_id } : {}) })
}

/** Payments over Medusa's payment module. Amounts here are fen; Medusa's own are major units (workbench/fen.ts). */
export const paymentsPort = (caller: Caller): PaymentsPort => ({
  begin: async (payment) => begin(caller, checked(caller, "payments.begin", newPayment, payment)),
  find: async (id) => {
    const [payment] = await bookedPayments(caller, [id])
    return payment ? shown(payment) : null
  },
  authorize: async (id) => authorize(caller, checked(caller, "payments.authorize", portKey, id)),
  capture: async (id) => capture(caller, checked(caller, "payments.capture", portKey, id)),
  captureAll: async (ids) => captureAll(caller, checked(caller, "payments.captureAll", z.array(portKey).max(1_000), ids)),
  release: async (id) => release(caller, checked(caller, "payments.release", portKey, id)),
  refund: async (id, amount, key) => refund(caller, checked(caller, "payments.refund", portKey, id), checked(caller, "payments.refund", refundOf, { amount, key })),
  refundAll: async (all) => refundAll(caller, checked(caller, "payments.refundAll", refunds, all)),
})
