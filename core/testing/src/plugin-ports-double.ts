import { FangshiError, type LedgerEntry, type NewOrder, type PlacedOrder, type PluginNews, type PluginPorts, type PortCustomer, type PortPayment, type PortVariant } from "@fangshi/contracts"

type Payment = PortPayment & { refunds: Map<string, number>; customer_id: string }
export type ScheduledTask = { key: string; due: Date; task: string; payload: Record<string, string | number | boolean | null> }

const frozen = ({ refunds: _refunds, customer_id: _customer, ...payment }: Payment): PortPayment => ({ ...payment })

/**
 * The kernel's ports in memory, as their types promise: one key, one effect; never more refunded than captured. What a shopper
 * does at a provider's page is done here: authorise, captureAtOnce, decline.
 */
export class PluginPortsDouble<Settings = Record<string, unknown>> {
  now = new Date("2026-01-01T00:00:00Z")
  readonly variants = new Map<string, PortVariant>()
  readonly people = new Map<string, PortCustomer>()
  readonly payments = new Map<string, Payment>()
  readonly orders = new Map<string, PlacedOrder & { order: NewOrder; canceled: boolean }>()
  readonly kept = new Map<string, { variant_id: string; quantity: number }>()
  readonly posted = new Map<string, readonly LedgerEntry[]>()
  readonly told = new Map<string, { to: string; news: PluginNews }>()
  readonly noted: string[] = []
  readonly scheduled = new Map<string, ScheduledTask>()
  readonly published: { topic: string; message: unknown }[] = []
  private readonly byKey = new Map<string, string>()
  private readonly listeners = new Map<string, Set<(message: unknown) => void>>()
  /** What a test lets happen before a call does: throw, to let it fail. */
  before: (call: string) => void | Promise<void> = () => undefined

  constructor(private readonly settings: Settings) {}

  /** The shopper pays at the provider, who keeps the money for us, or takes it at once. */
  authorise(id: string, state: "authorized" | "captured" = "authorized"): void {
    const payment = this.payment(id)
    if (payment.state === "pending" || payment.state === "failed") payment.state = state
  }

  /** Fen that stay with the shop. */
  takings(): number {
    return [...this.payments.values()].reduce((sum, { state, amount, refunded_amount }) => sum + (state === "captured" ? amount - refunded_amount : 0), 0)
  }

  /** Fen on an account: credits less debits. */
  balance(account: string): number {
    return [...this.posted.values()].flat().reduce((sum, entry) => sum + (entry.account === account ? (entry.credit_amount ?? 0) - (entry.debit_amount ?? 0) : 0), 0)
  }

  readonly ports: PluginPorts<Settings> = {
    clock: { now: () => new Date(this.now), timeZone: async () => "Asia/Shanghai" },
    settings: { get: async () => this.settings },
    audit: { note: async (action) => void this.noted.push(action) },
    live: {
      publish: (topic, message) => {
        this.published.push({ topic, message })
        for (const hear of this.listeners.get(topic) ?? []) hear(JSON.parse(JSON.stringify(message)))
      },
      subscribe: (topic, hear) => {
        const heard = this.listeners.get(topic) ?? new Set()
        this.listeners.set(topic, heard.add(hear))
        return () => void heard.delete(hear)
      },
    },
    catalogue: { findVariants: async (ids) => ids.flatMap((id) => this.variants.get(id) ?? []) },
    customers: { find: async (ids) => ids.flatMap((id) => this.people.get(id) ?? []) },
    orders: {
      place: async (orders) => {
        await this.before("orders.place")
        return orders.map((order) => {
          const { key } = order
          const paid = this.payment(order.payment_id)
          if (paid.state !== "captured") throw new FangshiError("PAYMENT_NOT_AUTHORIZED")
          const made = this.orders.get(key) ?? { key, order_id: `order_${this.orders.size + 1}`, display_id: this.orders.size + 1, order, canceled: false }
          this.orders.set(key, made)
          return { key, order_id: made.order_id, display_id: made.display_id }
        })
      },
      cancel: async (order_id) => {
        const order = [...this.orders.values()].find((one) => one.order_id === order_id)
        if (!order) throw new FangshiError("NOT_FOUND")
        order.canceled = true
      },
      find: async (ids) => [...this.orders.values()].filter(({ order_id }) => ids.includes(order_id)).map(({ order_id, display_id, order, canceled }) => ({ id: order_id, display_id, status: canceled ? "canceled" : "pending", total_amount: order.lines.reduce((sum, line) => sum + line.quantity * line.unit_price_amount, 0) })),
    },
    payments: {
      begin: async ({ key, amount, currency_code, customer_id, provider_id }) => {
        await this.before("payments.begin")
        const known = this.byKey.get(key)
        if (known) return frozen(this.payment(known))
        const payment: Payment = { id: `pay_${this.payments.size + 1}`, key, state: "pending", amount, refunded_amount: 0, currency_code, provider_id: provider_id ?? "pp_double", data: {}, refunds: new Map(), customer_id }
        this.payments.set(payment.id, payment)
        this.byKey.set(key, payment.id)
        return frozen(payment)
      },
      find: async (id) => {
        const payment = this.payments.get(id)
        return payment ? frozen(payment) : null
      },
      authorize: async (id) => {
        await this.before("payments.authorize")
        const payment = this.payment(id)
        if (payment.state === "released") throw new FangshiError("NOT_ALLOWED")
        return frozen(payment)
      },
      capture: async (id) => {
        await this.before("payments.capture")
        const payment = this.payment(id)
        if (payment.state !== "authorized" && payment.state !== "captured") throw new FangshiError("PAYMENT_NOT_AUTHORIZED")
        payment.state = "captured"
        return frozen(payment)
      },
      captureAll: async (ids) => {
        for (const id of ids) await this.ports.payments.capture(id).catch(() => undefined)
        return ids.flatMap((id) => {
          const payment = this.payments.get(id)
          return payment ? [frozen(payment)] : []
        })
      },
      release: async (id) => {
        await this.before("payments.release")
        const payment = this.payment(id)
        if (payment.state === "captured") throw new FangshiError("NOT_ALLOWED")
        payment.state = "released"
        return frozen(payment)
      },
      refund: async (id, amount, key) => {
        await this.before("payments.refund")
        const payment = this.payment(id)
        if (payment.refunds.has(key)) return frozen(payment)
        if (payment.state !== "captured" || amount <= 0 || payment.refunded_amount + amount > payment.amount) throw new FangshiError("REFUND_TOO_LARGE", { most: payment.amount - payment.refunded_amount })
        payment.refunds.set(key, amount)
        payment.refunded_amount += amount
        return frozen(payment)
      },
      refundAll: async (refunds) => {
        const back = refunds.map(({ id, amount, key }) => this.ports.payments.refund(id, amount, key).then(() => [key], () => []))
        return (await Promise.all(back)).flat()
      },
    },
    stock: {
      reserve: async (key, variant_id, quantity) => {
        if (this.kept.has(key)) return
        const variant = this.variants.get(variant_id)
        if (variant && variant.available !== null) {
          if (variant.available < quantity) throw new FangshiError("STOCK_INSUFFICIENT")
          variant.available -= quantity
        }
        this.kept.set(key, { variant_id, quantity })
      },
      release: async (key, quantity) => {
        const kept = this.kept.get(key)
        if (!kept) throw new FangshiError("NOT_FOUND")
        if (kept.quantity < (quantity ?? 0)) throw new FangshiError("NOT_ALLOWED")
        const back = quantity ?? kept.quantity
        const variant = this.variants.get(kept.variant_id)
        if (variant && variant.available !== null) variant.available += back
        kept.quantity -= back
      },
    },
    ledger: {
      post: async (key, { entries }) => {
        const sum = (side: "debit_amount" | "credit_amount") => entries.reduce((all, entry) => all + (entry[side] ?? 0), 0)
        if (sum("debit_amount") !== sum("credit_amount")) throw new FangshiError("NOT_ALLOWED")
        if (!this.posted.has(key)) this.posted.set(key, entries)
      },
      postAll: async (postings) => {
        for (const { key, ...posting } of postings) await this.ports.ledger.post(key, posting)
      },
    },
    notifications: {
      tellCustomer: async (customer_id, news) => void this.told.set(`${customer_id}:${news.key}`, { to: customer_id, news }),
      tellCustomers: async (told) => {
        for (const { customer_id, news } of told) await this.ports.notifications.tellCustomer(customer_id, news)
      },
      tellStaff: async (news) => void this.told.set(`staff:${news.key}`, { to: "staff", news }),
    },
    files: { write: async ({ name }) => ({ key: name, url: `/static/${name}` }), remove: async () => undefined },
    schedule: {
      at: async (key, due, task, payload = {}) => void this.scheduled.set(key, { key, due, task, payload }),
      cancel: async (key) => void this.scheduled.delete(key),
    },
    http: {
      fetch: async (url) => {
        throw new FangshiError("PLUGIN_HTTP_FAILED", { plugin: "double", host: new URL(url).hostname, problem: "there is no network" })
      },
    },
  }

  private payment(id: string): Payment {
    const payment = this.payments.get(id)
    if (!payment) throw new FangshiError("NOT_FOUND")
    return payment
  }
}
