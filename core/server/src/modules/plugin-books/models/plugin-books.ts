import { model } from "@medusajs/framework/utils"

/** A payment a plugin began. What became of it is in Medusa's payment, where staff may change it, too. */
export const PluginPayment = model.define("plugin_payment", {
  id: model.id({ prefix: "plpay" }).primaryKey(),
  plugin: model.text(),
  key: model.text(),
  customer_id: model.text(),
  /** Fen. */
  amount: model.number(),
  currency_code: model.text(),
  provider_id: model.text(),
  payment_collection_id: model.text().nullable(),
  payment_session_id: model.text().nullable(),
  /** Fen that the plugin gave back. */
  refunded_amount: model.number().default(0),
  released_at: model.dateTime().nullable(),
})

/** One key, one refund. */
export const PluginRefund = model.define("plugin_refund", {
  id: model.id({ prefix: "plref" }).primaryKey(),
  plugin: model.text(),
  key: model.text(),
  plugin_payment_id: model.text(),
  /** Fen. */
  refund_amount: model.number(),
})

/** One key, one order; one payment pays for one order. */
export const PluginOrder = model.define("plugin_order", {
  id: model.id({ prefix: "plord" }).primaryKey(),
  plugin: model.text(),
  key: model.text(),
  order_id: model.text(),
  plugin_payment_id: model.text(),
})

/** Pieces of a variant that a plugin keeps; which shelves they are on is in Medusa's reservations. */
export const PluginStock = model.define("plugin_stock", {
  id: model.id({ prefix: "plstk" }).primaryKey(),
  plugin: model.text(),
  key: model.text(),
  variant_id: model.text(),
  asked_quantity: model.number(),
  /** What is still kept of it. */
  quantity: model.number(),
})

/** What is to be posted to the ledger, in the order it was made. */
export const PluginPosting = model.define("plugin_posting", {
  id: model.id({ prefix: "plpost" }).primaryKey(),
  plugin: model.text(),
  key: model.text(),
  currency_code: model.text(),
  memo: model.json(),
  /** [{ account, debit_amount, credit_amount }] in fen. */
  entries: model.json(),
  /** When the ledger took it. */
  posted_at: model.dateTime().nullable(),
})
