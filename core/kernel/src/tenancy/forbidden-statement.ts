/** Thrown when a plugin would give its connection another tenant or role. Nothing was sent. */
export class ForbiddenStatement extends Error {
  constructor(plugin: string) {
    super(`The plugin ${plugin} may not change for whom its connection works`)
    this.name = "ForbiddenStatement"
  }
}

/** What only the pool says: set and reset at the beginning of a statement, where an update's list of columns does not stand. */
const FOR_WHOM = /\bset_config\b|(?:^|;)\s*(?:(?:set|reset)\s+(?:(?:session|local)\s+)?(?:"?app"?\s*\.|"?role"?(?!\w)|authorization\b|all\b)|discard\s)/i

/** Whether a query, as the driver takes it, would change for whom its connection works. It stops mistakes and the lazy, not somebody who hides the words in a function of SQL. */
export const changesForWhom = (query: unknown): boolean => FOR_WHOM.test(typeof query === "string" ? query : String((query as { text?: unknown } | null)?.text ?? ""))
