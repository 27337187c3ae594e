import { model } from "@medusajs/framework/utils"

/** The code that the buyer of a cart asked for. Medusa forgets a code as soon as it takes nothing off; the buyer does not. */
export const CouponChoice = model.define("coupon_choice", {
  id: model.id({ prefix: "cpch" }).primaryKey(),
  cart_id: model.text(),
  code: model.text(),
})
