import type { NewOrder } from "@fangshi/contracts"
import { decorateCartTotals, generateEntityId } from "@medusajs/framework/utils"
import { fromFen, toFen } from "../workbench/fen"
import type { BookedPayment } from "./booked-payments"

/** A variant as an order line remembers it. */
export type Ware = {
  id: string
  title: string
  sku: string | null
  barcode: string | null
  product_id: string
  product_title: string
  product_subtitle: string | null
  product_description: string | null
  product_handle: string
  product_type: string | null
  product_type_id: string | null
  product_collection: string | null
  thumbnail: string | null
  is_giftcard: boolean
  is_discountable: boolean
  requires_shipping: boolean
  profile_id: string | null
}

/** A tax on an order line; `rate` in percent. */
export type Tax = { rate: number; code: string; name: string; rate_id: string | null; provider_id: string | null }

/** Where and how orders of one currency are sold. */
export type Sale = { region_id: string; channel_id: string | null; country_code: string; tax_inclusive: boolean }

/** An order to write, all it depends on having been looked up. `transactions` in major units, negative where money went back. */
export type Order = {
  id: string
  wanted: NewOrder
  payment: BookedPayment
  email: string | null
  sale: Sale
  wares: Ware[]
  taxes: Tax[][]
  /** One way of delivery for each kind of goods. */
  option_ids: string[]
  transactions: { amount: string; reference: "capture" | "refund"; reference_id: string }[]
}

/** The rows of Medusa's tables that make the order, and what it costs. */
export type OrderRows = { tables: Record<string, object[]>; total_amount: number; lines: { id: string; variant_id: string; product_id: string; quantity: number; goods_amount: number }[] }

const raw = (amount: number | string) => ({ value: String(amount), precision: 20 })
const money = (name: string, amount: number | string) => ({ [name]: amount, [`raw_${name}`]: raw(amount) })
const NONE = ["fulfilled", "shipped", "delivered", "return_requested", "return_received", "return_dismissed", "written_off"].map((what) => money(`${what}_quantity`, 0))

/** `total` in major units, `goods` in fen for each line. */
export type Totals = { total: number; goods: number[] }

/** What the order costs. Many of a batch are alike, and Medusa's arithmetic is slow: what is `known` is not asked again. */
function totalsOf(order: Order, known: Map<string, Totals>): Totals {
  const { wanted, sale, taxes } = order
  const like = JSON.stringify([wanted.lines.map(({ quantity, unit_price_amount }) => [quantity, unit_price_amount]), sale.tax_inclusive, taxes])
  const totals = known.get(like) ?? calculate(order)
  known.set(like, totals)
  return totals
}

/** By Medusa's own arithmetic. */
function calculate({ wanted, sale, taxes }: Order): Totals {
  const items = wanted.lines.map(({ quantity, unit_price_amount }, i) => ({ id: String(i), quantity, unit_price: fromFen(unit_price_amount), is_tax_inclusive: sale.tax_inclusive, tax_lines: taxes[i] ?? [], adjustments: [] }))
  const decorated = decorateCartTotals({ items, shipping_methods: [], credit_lines: [] } as never) as unknown as { total: unknown; items: { total: unknown }[] }
  return { total: Number(decorated.total), goods: decorated.items.map(({ total }) => toFen(total)) }
}

function summaryOf(total: number, transactions: Order["transactions"]): object {
  const sum = (amounts: number[]) => fromFen(amounts.reduce((all, amount) => all + toFen(amount), 0))
  const amounts = transactions.map(({ amount }) => Number(amount))
  const paid = sum(amounts.filter((amount) => amount > 0))
  const refunded = sum(amounts.filter((amount) => amount < 0).map((amount) => -amount))
  const transaction = sum(amounts)
  const figures = { paid_total: paid, refunded_total: refunded, accounting_total: total, credit_line_total: 0, transaction_total: transaction, pending_difference: sum([total, -transaction]), current_order_total: total, original_order_total: total }
  return Object.assign({}, ...Object.entries(figures).map(([name, amount]) => money(name, amount))) as object
}

function addressOf({ wanted: { ship_to, customer_id }, sale }: Order): object {
  const { name, phone, province, city, district, address } = ship_to
  return { id: generateEntityId(undefined, "ordaddr"), customer_id, first_name: name, last_name: "", phone, province: province ?? null, city: city ?? null, address_2: district ?? null, address_1: address, country_code: sale.country_code }
}

/** As completing a cart writes them. */
export function rowsOfOrder(order: Order, known: Map<string, Totals>): OrderRows {
  const { id, wanted, payment, sale, wares, taxes } = order
  const { total, goods } = totalsOf(order, known)
  const [ship, bill] = [addressOf(order), addressOf(order)] as { id: string }[]
  const methods = order.option_ids.map((shipping_option_id) => ({ id: generateEntityId(undefined, "ordsm"), name: wanted.delivery["zh-CN"], ...money("amount", 0), is_tax_inclusive: sale.tax_inclusive, shipping_option_id, data: {}, metadata: { name: wanted.delivery } }))
  const lines = wanted.lines.map(({ variant_id, quantity }, i) => ({ id: generateEntityId(undefined, "ordli"), variant_id, product_id: wares[i]?.product_id ?? "", quantity, goods_amount: goods[i] ?? 0 }))
  return {
    total_amount: toFen(total),
    lines,
    tables: {
      order_address: [ship, bill].filter((row) => row !== undefined),
      order: [{
        id,
        region_id: sale.region_id,
        customer_id: wanted.customer_id,
        version: 1,
        sales_channel_id: sale.channel_id,
        status: "pending",
        is_draft_order: false,
        email: order.email,
        currency_code: payment.currency_code,
        shipping_address_id: ship?.id,
        billing_address_id: bill?.id,
        no_notification: false,
        metadata: wanted.metadata ?? null,
      }],
      order_summary: [{ id: generateEntityId(undefined, "ordsum"), order_id: id, version: 1, totals: summaryOf(total, order.transactions) }],
      order_shipping_method: methods,
      order_shipping: methods.map(({ id: shipping_method_id }) => ({ id: generateEntityId(undefined, "ordspmv"), order_id: id, version: 1, shipping_method_id })),
      order_line_item: lines.map((line, i) => lineRow(line, wares[i] as Ware, wanted.lines[i]?.unit_price_amount ?? 0, sale)),
      order_line_item_tax_line: lines.flatMap((line, i) => (taxes[i] ?? []).map(({ rate, code, name, rate_id, provider_id }) => ({ id: generateEntityId(undefined, "ordlitxl"), item_id: line.id, description: name, tax_rate_id: rate_id, code, ...money("rate", rate), provider_id }))),
      order_item: lines.map((line) => Object.assign({ id: generateEntityId(undefined, "orditem"), order_id: id, version: 1, item_id: line.id, ...money("quantity", line.quantity), metadata: {} }, ...NONE) as object),
      order_payment_collection: [{ id: generateEntityId(undefined, "ordpay"), order_id: id, payment_collection_id: payment.collection_id }],
      order_transaction: order.transactions.map(({ amount, reference, reference_id }) => ({ id: generateEntityId(undefined, "ordtrx"), order_id: id, version: 1, ...money("amount", amount), currency_code: payment.currency_code, reference, reference_id })),
    },
  }
}

const lineRow = ({ id, variant_id }: { id: string; variant_id: string }, ware: Ware, unit_price_amount: number, { tax_inclusive }: Sale): object => ({
  id,
  title: ware.product_title,
  subtitle: ware.title,
  thumbnail: ware.thumbnail,
  variant_id,
  product_id: ware.product_id,
  product_title: ware.product_title,
  product_subtitle: ware.product_subtitle,
  product_description: ware.product_description,
  product_handle: ware.product_handle,
  product_type: ware.product_type,
  product_type_id: ware.product_type_id,
  product_collection: ware.product_collection,
  variant_sku: ware.sku,
  variant_barcode: ware.barcode,
  variant_title: ware.title,
  requires_shipping: ware.requires_shipping,
  is_discountable: ware.is_discountable,
  is_giftcard: ware.is_giftcard,
  is_tax_inclusive: tax_inclusive,
  is_custom_price: true,
  ...money("unit_price", fromFen(unit_price_amount)),
  metadata: {},
})
