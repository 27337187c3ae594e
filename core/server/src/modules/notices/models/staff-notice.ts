import { model } from "@medusajs/framework/utils"

/** What the shop's owner and managers are told, once for each key of its source. One of them reading it is enough. */
export const StaffNotice = model.define("staff_notice", {
  id: model.id({ prefix: "stnote" }).primaryKey(),
  /** As in plugin:notes. */
  source: model.text(),
  key: model.text(),
  /** { title, text, link }: texts in every language. */
  news: model.json(),
  read_at: model.dateTime().nullable(),
})
