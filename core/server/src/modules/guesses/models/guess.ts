import { model } from "@medusajs/framework/utils"

/** A code or password that was wrong: whoever collects many of them is guessing. The keys are digests. */
export const Guess = model.define("guess", {
  id: model.id({ prefix: "guess" }).primaryKey(),
  kind: model.text(),
  client_key: model.text(),
  subject_key: model.text().nullable(),
  missed_at: model.dateTime(),
})
