import { model } from "@medusajs/framework/utils"

/** One merchant's part of an order: what it packs and hands over. An order has one for each merchant whose goods are in it. */
export const Parcel = model.define("parcel", {
  id: model.id({ prefix: "parcel" }).primaryKey(),
  order_id: model.text(),
  /** The merchant, or "" for the shop's own goods: a unique key does not compare nulls. */
  merchant_key: model.text(),
  state: model.text(),
  /** Six digits the customer shows; unique among the shop's open parcels. */
  pick_up_code: model.text(),
  /** Fen, of its lines alone. */
  goods_amount: model.number(),
  refunded_amount: model.number().default(0),
  currency_code: model.text(),
  pieces: model.number(),
  /** Medusa's fulfilments once it is packed: one, or two where goods that travel and goods that do not were bought together. */
  fulfillment_ids: model.json(),
  refusal_reason: model.text().nullable(),
  /** When the customer ordered. */
  ordered_at: model.dateTime(),
  accepted_at: model.dateTime().nullable(),
  packed_at: model.dateTime().nullable(),
  closed_at: model.dateTime().nullable(),
  /** The user who did the latest step. */
  handled_by: model.text().nullable(),
})

/** A line of the order that goes into a parcel; fixed when the parcel is opened, whoever sells the product later. */
export const ParcelLine = model.define("parcel_line", {
  id: model.id({ prefix: "parln" }).primaryKey(),
  parcel_id: model.text(),
  line_item_id: model.text(),
  quantity: model.number(),
  goods_amount: model.number(),
  discount_amount: model.number().default(0),
})

/** A wrong pick-up code somebody typed. */
export const ParcelMiss = model.define("parcel_miss", {
  id: model.id({ prefix: "parmiss" }).primaryKey(),
  user_id: model.text(),
  missed_at: model.dateTime(),
})

/** Money given back for a parcel; one idempotency key, one refund. */
export const ParcelRefund = model.define("parcel_refund", {
  id: model.id({ prefix: "parref" }).primaryKey(),
  parcel_id: model.text(),
  idempotency_key: model.text(),
  refund_amount: model.number(),
  currency_code: model.text(),
  refunded_by: model.text(),
})
