import { model } from "@medusajs/framework/utils"

/** A group purchase, for Medusa's links and queries. What moves money or pieces is written in SQL by the verbs of this module. */
export const GroupBuyCampaign = model.define("group_buy_campaign", {
  id: model.id({ prefix: "gbcamp" }).primaryKey(),
  kind: model.text(),
  status: model.text(),
  title_zh: model.text(),
  title_en: model.text(),
  opens_at: model.dateTime(),
  closes_at: model.dateTime(),
})
