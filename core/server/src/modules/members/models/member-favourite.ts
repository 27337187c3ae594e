import { model } from "@medusajs/framework/utils"

/** A product a member keeps in mind, once each. */
export const MemberFavourite = model
  .define("member_favourite", {
    id: model.id({ prefix: "mfav" }).primaryKey(),
    customer_id: model.text(),
    product_id: model.text(),
  })
  .indexes([{ on: ["customer_id", "product_id"], unique: true, where: "deleted_at IS NULL" }])
