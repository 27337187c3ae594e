import { model } from "@medusajs/framework/utils"

/** Limits what a Medusa user may do in this shop. A user without a row is one of Medusa's own admins, such as the owner the shop was opened with, and may do everything. */
export const StaffMember = model
  .define("staff_member", {
    id: model.id({ prefix: "staff" }).primaryKey(),
    user_id: model.text(),
    /** The merchant whose staff it is; null for the whole shop's. */
    merchant_id: model.text().nullable(),
    role: model.text(),
    active: model.boolean().default(true),
  })
  .indexes([{ on: ["user_id"], unique: true, where: "deleted_at IS NULL" }])

/** A link that makes somebody a member of staff, once. Only the token's hash is kept. */
export const StaffInvitation = model
  .define("staff_invitation", {
    id: model.id({ prefix: "stinv" }).primaryKey(),
    token_hash: model.text(),
    role: model.text(),
    merchant_id: model.text().nullable(),
    expires_at: model.dateTime(),
    used_at: model.dateTime().nullable(),
    invited_by: model.text(),
  })
  .indexes([{ on: ["token_hash"], unique: true, where: "deleted_at IS NULL" }])
