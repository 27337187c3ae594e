import type { GuessRules } from "../guess-guard"

export const COUPON_GUARD = "fangshi_coupon_guard"

/** A cart is made anew in a moment, an address is shared by many. */
export const COUPON_GUESSES: GuessRules = { kind: "coupon", minutes: 10, per_subject: 5, per_client: 20, refusal: "COUPON_TRIES" }
