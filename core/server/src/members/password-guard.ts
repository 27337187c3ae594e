import type { GuessRules } from "../guess-guard"

export const PASSWORD_GUARD = "fangshi_password_guard"

/** Whoever is kept out by somebody else's guesses still gets in by a code. */
export const PASSWORD_GUESSES: GuessRules = { kind: "password", minutes: 15, per_subject: 5, per_client: 30, refusal: "PASSWORD_TRIES" }
