import type { LocalizedText } from "./localized"
import type { Capability } from "./plugin-manifest"

/**
 * What the kernel does for a plugin, for the shop that the running code works for. Money is in fen, times are Date. Every
 * call that changes something takes a `key` of the plugin's own choosing: the same key again changes nothing and answers
 * the same. A call without its capability throws PLUGIN_FORBIDDEN and is noted in the audit.
 */
export type PluginPorts<Settings = Record<string, unknown>> = {
  clock: ClockPort
  /** What this shop set; secrets in clear. */
  settings: { get: () => Promise<Settings> }
  audit: { note: (action: string, facts?: AuditFacts) => Promise<void> }
  live: LivePort
  catalogue: CataloguePort
  customers: CustomersPort
  orders: OrdersPort
  payments: PaymentsPort
  stock: StockPort
  ledger: LedgerPort
  notifications: NotificationsPort
  files: FilesPort
  schedule: SchedulePort
  http: HttpPort
}

/** The capability each call needs; those not named need none. */
export const PORT_CAPABILITIES: Record<string, Capability> = {
  "catalogue.findVariants": "catalogue.read",
  "customers.find": "customers.read",
  "orders.place": "orders.write",
  "orders.cancel": "orders.write",
  "orders.find": "orders.read",
  "payments.begin": "payments.take",
  "payments.find": "payments.take",
  "payments.authorize": "payments.take",
  "payments.capture": "payments.take",
  "payments.captureAll": "payments.take",
  "payments.release": "payments.refund",
  "payments.refund": "payments.refund",
  "payments.refundAll": "payments.refund",
  "stock.reserve": "stock.reserve",
  "stock.release": "stock.reserve",
  "ledger.post": "ledger.post",
  "ledger.postAll": "ledger.post",
  "notifications.tellCustomer": "notifications.send",
  "notifications.tellCustomers": "notifications.send",
  "notifications.tellStaff": "notifications.send",
  "files.write": "files.write",
  "files.remove": "files.write",
  "schedule.at": "schedule",
  "schedule.cancel": "schedule",
  "http.fetch": "http",
}

/** `timeZone`: of the shop, such as Asia/Shanghai. */
export type ClockPort = { now: () => Date; timeZone: () => Promise<string> }

export type AuditFacts = Record<string, string | number | boolean | null>

/** Tells everybody who is watching, in every process; what nobody watches is forgotten. Names a topic of the plugin's own. */
export type LivePort = {
  /** At most 4,000 bytes of JSON. Of several messages on one topic within a tenth of a second the last counts. */
  publish: (topic: string, message: unknown) => void
  /** Returns what ends the watching. */
  subscribe: (topic: string, hear: (message: unknown) => void) => () => void
}

/** A variant as it is sold now; `price_amount` in fen, null where it has none. */
export type PortVariant = {
  id: string
  title: LocalizedText
  product_id: string
  product_title: LocalizedText
  product_handle: string
  thumbnail: string | null
  sku: string | null
  price_amount: number | null
  currency_code: string
  /** Pieces that can be sold; null where stock is not counted. */
  available: number | null
}
export type CataloguePort = {
  /** In the order asked for; unknown ones are left out. At most 200. */
  findVariants: (ids: readonly string[]) => Promise<PortVariant[]>
}

/** `name` and `phone` as the customer gave them: mask both wherever others see them. */
export type PortCustomer = { id: string; name: string; phone: string | null; email: string | null }
export type CustomersPort = { find: (ids: readonly string[]) => Promise<PortCustomer[]> }

/** Where an order goes: to a point the plugin runs, or home. */
export type PortAddress = { name: string; phone: string; province?: string; city?: string; district?: string; address: string }
export type OrderLine = { variant_id: string; quantity: number; /** Fen for one. */ unit_price_amount: number }
export type NewOrder = {
  key: string
  customer_id: string
  lines: readonly OrderLine[]
  payment_id: string
  ship_to: PortAddress
  /** What the customer reads as the way of delivery. */
  delivery: LocalizedText
  metadata?: Record<string, string>
}
export type PlacedOrder = { key: string; order_id: string; display_id: number }
export type OrdersPort = {
  /** Turns what is paid into Medusa's orders. Each whole or not at all; all keys that are there already answer their order. At most 1,000. */
  place: (orders: readonly NewOrder[]) => Promise<PlacedOrder[]>
  /** Cancels one that was not sent yet; the money is not touched. */
  cancel: (order_id: string, key: string) => Promise<void>
  find: (order_ids: readonly string[]) => Promise<{ id: string; display_id: number; status: string; total_amount: number }[]>
}

/** `pending`: begun; `authorized`: the money is kept for us; `captured`: it is ours; `failed`: another way or try is needed; `released`: given up before capture. */
export type PaymentState = "pending" | "authorized" | "captured" | "failed" | "released"
export type PortPayment = { id: string; key: string; state: PaymentState; amount: number; refunded_amount: number; currency_code: string; provider_id: string | null; /** What the customer's page needs to pay, as the provider gave it. */ data: Record<string, unknown> }
/** `amount` in fen. */
export type PartRefund = { id: string; amount: number; key: string }
export type PaymentsPort = {
  /** A payment to make, with the shop's provider; without one the shop's first is taken. */
  begin: (payment: { key: string; amount: number; currency_code: string; customer_id: string; provider_id?: string }) => Promise<PortPayment>
  find: (id: string) => Promise<PortPayment | null>
  /** Asks the provider whether it is paid; those that capture at once answer `captured`. */
  authorize: (id: string) => Promise<PortPayment>
  capture: (id: string) => Promise<PortPayment>
  /** Takes the money of many, and answers each as it is then, unknown ones left out. One whose provider did not let us stays `authorized`: `capture` says why. At most 1,000. */
  captureAll: (ids: readonly string[]) => Promise<PortPayment[]>
  /** Gives up what was authorised and not captured, or begun and not paid. */
  release: (id: string) => Promise<PortPayment>
  /** Gives back part or all of what was captured. One key, one refund. */
  refund: (id: string, amount: number, key: string) => Promise<PortPayment>
  /** The same for many payments, before they pay for orders. Answers the keys of what is back; of any other `refund` says why. At most 1,000, each of a payment of its own. */
  refundAll: (refunds: readonly PartRefund[]) => Promise<string[]>
}

export type StockPort = {
  /** Keeps pieces for the plugin, so that nobody else sells them. Throws STOCK_INSUFFICIENT. Pieces of a variant whose stock is not counted are always there. */
  reserve: (key: string, variant_id: string, quantity: number) => Promise<void>
  /** Gives back what is kept under a key, or only as many as are not needed any more. */
  release: (key: string, quantity?: number) => Promise<void>
}

/** Double entry: debits equal credits, in fen. `account` as in partner:7. */
export type LedgerEntry = { account: string; debit_amount?: number; credit_amount?: number }
export type LedgerPosting = { currency_code: string; memo: LocalizedText; entries: readonly LedgerEntry[] }
export type LedgerPort = {
  post: (key: string, posting: LedgerPosting) => Promise<void>
  /** All of them or none. At most 1,000, each under a key of its own. */
  postAll: (postings: readonly (LedgerPosting & { key: string })[]) => Promise<void>
}

export type PluginNews = { key: string; title: LocalizedText; text: LocalizedText; /** A page of the shop. */ link?: string }
export type NotificationsPort = {
  tellCustomer: (customer_id: string, news: PluginNews) => Promise<void>
  /** At most 1,000 at a time. */
  tellCustomers: (told: readonly { customer_id: string; news: PluginNews }[]) => Promise<void>
  /** Shown in the workbench to the owner and the managers. */
  tellStaff: (news: PluginNews) => Promise<void>
}

export type FilesPort = {
  /** Stores a file of this shop; answers its address. `access` private: the address is signed and ends. */
  write: (file: { name: string; type: string; bytes: Uint8Array; access: "public" | "private" }) => Promise<{ key: string; url: string }>
  remove: (key: string) => Promise<void>
}

export type SchedulePort = {
  /** Has src/tasks/<task>.ts run at that time or soon after, again and later each time it fails. The same key moves it. */
  at: (key: string, due: Date, task: string, payload?: Record<string, string | number | boolean | null>) => Promise<void>
  cancel: (key: string) => Promise<void>
}

/** Answers of other hosts, read whole. */
export type PortAnswer = { status: number; headers: Record<string, string>; text: () => string; json: () => unknown }
export type HttpPort = {
  /** Https to hosts of permissions.hosts alone. Throws PLUGIN_HOST_FORBIDDEN, PLUGIN_HTTP_BUDGET, PLUGIN_HTTP_FAILED. */
  fetch: (url: string, request?: { method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; headers?: Record<string, string>; body?: string }) => Promise<PortAnswer>
}
