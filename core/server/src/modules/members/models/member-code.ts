import { model } from "@medusajs/framework/utils"

/** A code that was sent to a phone. Number, address and code are kept as keyed digests only: a stolen table calls nobody and opens nothing. */
export const MemberCode = model
  .define("member_code", {
    id: model.id({ prefix: "mcode" }).primaryKey(),
    purpose: model.text(),
    phone_key: model.text(),
    client_key: model.text(),
    code_hash: model.text(),
    tries: model.number().default(0),
    expires_at: model.dateTime(),
    /** When it was redeemed, or another one took its place. */
    used_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["phone_key", "created_at"] }, { on: ["client_key", "created_at"] }])
