import { model } from "@medusajs/framework/utils"

/** What somebody did, or was refused. Never changed afterwards. */
export const AuditEntry = model.define("audit_entry", {
  id: model.id({ prefix: "aud" }).primaryKey(),
  at: model.dateTime(),
  /** As in plugin:notes or user:user_1. */
  actor: model.text(),
  action: model.text(),
  facts: model.json(),
  refused: model.boolean(),
})
