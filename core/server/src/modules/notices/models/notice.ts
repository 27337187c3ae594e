import { model } from "@medusajs/framework/utils"

/** What a member is told, once for each cause. */
export const Notice = model.define("notice", {
  id: model.id({ prefix: "notice" }).primaryKey(),
  customer_id: model.text(),
  kind: model.text(),
  /** What caused it: a step that is repeated tells nothing new. */
  cause: model.text(),
  /** Null where it is not about an order. */
  order_id: model.text().nullable(),
  after_sale_id: model.text().nullable(),
  title: model.text(),
  /** Fen. */
  amount: model.number().nullable(),
  reason: model.text().nullable(),
  /** Of a plugin: { title, text, link }, texts in every language. */
  news: model.json().nullable(),
  read_at: model.dateTime().nullable(),
})
