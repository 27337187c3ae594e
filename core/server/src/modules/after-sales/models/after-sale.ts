import { model } from "@medusajs/framework/utils"

/** What a buyer asks for after a line of an order was handed over; one open request a line. */
export const AfterSale = model.define("after_sale", {
  id: model.id({ prefix: "aftsale" }).primaryKey(),
  order_id: model.text(),
  parcel_id: model.text(),
  line_item_id: model.text(),
  /** Who sold it, or "" for the shop itself. */
  merchant_key: model.text(),
  /** Null once the account is erased. */
  customer_id: model.text().nullable(),
  kind: model.text(),
  quantity: model.number(),
  reason: model.text(),
  text: model.text(),
  picture_count: model.number().default(0),
  state: model.text().default("asked"),
  /** Fen, as the two amounts below; nothing for an exchange. */
  asked_amount: model.number(),
  approved_amount: model.number().nullable(),
  refunded_amount: model.number().default(0),
  currency_code: model.text(),
  lowered_reason: model.text().nullable(),
  refusal_reason: model.text().nullable(),
  /** Where the goods go, as it was when the request was approved. */
  return_to: model.text().nullable(),
  carrier: model.text().nullable(),
  tracking_number: model.text().nullable(),
  /** Whether the goods are for sale again. */
  restocked: model.boolean().default(false),
  approved_at: model.dateTime().nullable(),
  sent_at: model.dateTime().nullable(),
  received_at: model.dateTime().nullable(),
  closed_at: model.dateTime().nullable(),
  /** The user of the staff who did the latest step. */
  handled_by: model.text().nullable(),
})

/** A picture sent with an order; without a request it waits for one, for a day. */
export const AfterSalePicture = model.define("after_sale_picture", {
  id: model.id({ prefix: "aftpic" }).primaryKey(),
  order_id: model.text(),
  after_sale_id: model.text().nullable(),
  position: model.number().default(0),
  file_key: model.text(),
  url: model.text(),
  width: model.number(),
  height: model.number(),
})
