/** `failures` within `window_ms` are one too many. */
export type CircuitRules = { failures: number; window_ms: number }

export const CIRCUIT_RULES: CircuitRules = { failures: 5, window_ms: 60_000 }

/**
 * Counts the failures of each plugin in each shop. A success takes none back: a plugin that fails at every other request
 * fails. `now` in milliseconds.
 */
export class Circuit {
  private readonly failedAt = new Map<string, number[]>()

  constructor(
    private readonly now: () => number,
    private readonly rules: CircuitRules = CIRCUIT_RULES,
  ) {}

  /** True where this failure is the one too many; the count then begins anew. */
  fail(plugin: string, tenant: string): boolean {
    const key = keyOf(plugin, tenant)
    const now = this.now()
    const recent = [...(this.failedAt.get(key) ?? []).filter((at) => at > now - this.rules.window_ms), now]
    const tooMany = recent.length >= this.rules.failures
    if (tooMany) this.failedAt.delete(key)
    else this.failedAt.set(key, recent)
    return tooMany
  }
}

/** No id of a shop or name of a package holds a line break. */
export const keyOf = (plugin: string, tenant: string): string => `${tenant}\n${plugin}`

/** Types of errors that are answered with a status below 500, whoever throws them. */
const REFUSALS = new Set(["duplicate_error", "invalid_argument", "invalid_data", "unauthorized", "forbidden", "not_found", "not_allowed", "conflict", "payment_authorization_error", "payment_requires_more_error"])

/** Postgres refuses the value: classes 22 (data) and 23 (constraints), 54000 (larger than an index takes). */
const BAD_DATA = /^(?:2[23][0-9A-Z]{3}|54000)$/

/** Postgres or the way to it: classes 08 (connection), 53 (resources), 57P (shut down), 40 and 55P03 (two transactions in each other's way). */
const NOT_THE_PLUGINS = /^(?:08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P[0-9A-Z]{2}|40[0-9A-Z]{3}|55P03|ECONNREFUSED|ECONNRESET|EPIPE)$/

/** Codes of ours that say that somebody else is at fault. */
const NOT_NOW = new Set(["PLUGIN_QUARANTINED", "UNAVAILABLE"])

type Thrown = { name?: unknown; type?: unknown; code?: unknown; status?: unknown } | null | undefined

/** Whether what a plugin threw is its own failure: not a refusal of bad input (a status below 500), and not a database that is away. What was thrown in a step of a workflow has lost its class, so only fields are looked at. */
export function isFailure(thrown: unknown): boolean {
  const { name, type, code, status } = (thrown as Thrown) ?? {}
  if (typeof status === "number" && status >= 400 && status < 500) return false
  if (name === "KnexTimeoutError" || (name === "FangshiError" && NOT_NOW.has(String(code)))) return false
  if (typeof code === "string" && (BAD_DATA.test(code) || NOT_THE_PLUGINS.test(code))) return false
  return !REFUSALS.has(String(type))
}
