import { model } from "@medusajs/framework/utils"

/** What a member is told, once for each cause. */
export const Notice = model.define("notice", {
  id: model.id({ prefix: "notice" }).primaryKey(),
  customer_id: model.text(),
  kind: model.text(),
  /** What caused it: a step that is repeated tells nothing new. */
  cause: model.text(),
  order_id: model.text(),
  after_sale_id: model.text().nullable(),
  title: model.text(),
  /** Fen. */
  amount: model.number().nullable(),
  reason: model.text().nullable(),
  read_at: model.dateTime().nullable(),
})
