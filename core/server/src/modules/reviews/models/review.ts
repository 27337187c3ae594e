import { model } from "@medusajs/framework/utils"

/** What a buyer says of one line of an order: one review a line. */
export const Review = model.define("review", {
  id: model.id({ prefix: "rev" }).primaryKey(),
  product_id: model.text(),
  order_id: model.text(),
  line_item_id: model.text(),
  /** Who sold it, or "" for the shop itself; fixed when it was bought, whoever sells the product later. */
  merchant_key: model.text(),
  /** Null once the account is erased: then only the stars are left. */
  customer_id: model.text().nullable(),
  /** Masked; null for those who wish to stay unknown. The whole name is not kept here. */
  author_name: model.text().nullable(),
  stars: model.number(),
  text: model.text(),
  picture_count: model.number().default(0),
  state: model.text().default("shown"),
  hidden_reason: model.text().nullable(),
  follow_up: model.text().nullable(),
  followed_up_at: model.dateTime().nullable(),
  reply: model.text().nullable(),
  replied_at: model.dateTime().nullable(),
  /** The user who replied, hid or showed it last. */
  handled_by: model.text().nullable(),
})

/** A picture a member sent; without a review it waits for one, for a day. */
export const ReviewPicture = model.define("review_picture", {
  id: model.id({ prefix: "revpic" }).primaryKey(),
  /** Null once the account is erased. */
  customer_id: model.text().nullable(),
  review_id: model.text().nullable(),
  position: model.number().default(0),
  file_key: model.text(),
  url: model.text(),
  width: model.number(),
  height: model.number(),
})

/** A member's objection to a review, one a member and review. */
export const ReviewReport = model.define("review_report", {
  id: model.id({ prefix: "revrep" }).primaryKey(),
  review_id: model.text(),
  customer_id: model.text(),
  reason: model.text(),
  note: model.text().nullable(),
  /** When the staff decided about it. */
  settled_at: model.dateTime().nullable(),
})
