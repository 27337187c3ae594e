import { MedusaService, Module } from "@medusajs/framework/utils"
import { Guess } from "./models/guess"

export const GUESSES = "guesses"

/** Only the table: who may guess how often is decided under a lock, in guess-guard.ts. */
class GuessesService extends MedusaService({ Guess }) {}

export default Module(GUESSES, { service: GuessesService })
