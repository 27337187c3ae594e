import { model } from "@medusajs/framework/utils"

/** One of several sellers under the roof of one shop. */
export const Merchant = model
  .define("merchant", {
    id: model.id({ prefix: "mer" }).primaryKey(),
    name: model.text(),
    /** null: there too it is called by its name. */
    name_en: model.text().nullable(),
    handle: model.text(),
    active: model.boolean().default(true),
    metadata: model.json().nullable(),
    products: model.hasMany(() => MerchantProduct, { mappedBy: "merchant" }),
  })
  .indexes([{ on: ["handle"], unique: true, where: "deleted_at IS NULL" }])

/** Whose product it is; one without a row is the shop's own. */
export const MerchantProduct = model
  .define("merchant_product", {
    id: model.id({ prefix: "merprod" }).primaryKey(),
    product_id: model.text(),
    merchant: model.belongsTo(() => Merchant, { mappedBy: "products" }),
  })
  .indexes([{ on: ["product_id"], unique: true, where: "deleted_at IS NULL" }])
