import { model } from "@medusajs/framework/utils"

/** What a member signs in with beside codes; scrypt, with its salt and cost. */
export const MemberPassword = model
  .define("member_password", {
    id: model.id({ prefix: "mpass" }).primaryKey(),
    auth_identity_id: model.text(),
    hash: model.text(),
    /** When another one took the place of the first: who signed in before must do so again. */
    changed_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["auth_identity_id"], unique: true }])
