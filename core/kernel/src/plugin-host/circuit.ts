import type { PluginWork } from "./running"

/** `failures` within `window_ms` are too many where they are `share` (0 to 1) of all that was begun in that time, or more. */
export type CircuitRules = { failures: number; window_ms: number; share: number }

/** In a rush on a busy machine a few of many are late: that is no reason to close a trade. */
export const CIRCUIT_RULES: CircuitRules = { failures: 5, window_ms: 60_000, share: 0.1 }

/** What was begun is counted in so many parts of the window. */
const PARTS = 6

type Count = { begun: Map<number, number>; failedAt: number[] }

/**
 * Counts the failures of each plugin in each shop, each kind of its work by itself: requests that go well excuse no job that
 * fails. A success takes no failure back. `now` in milliseconds.
 */
export class Circuit {
  private readonly counts = new Map<string, Count>()

  constructor(
    private readonly now: () => number,
    private readonly rules: CircuitRules = CIRCUIT_RULES,
  ) {}

  begin(work: PluginWork): void {
    const { begun } = this.countOf(work)
    const part = this.part()
    begun.set(part, (begun.get(part) ?? 0) + 1)
    for (const old of begun.keys()) if (old <= part - PARTS) begun.delete(old)
  }

  /** True where this failure is the one too many; the count then begins anew. */
  fail(work: PluginWork): boolean {
    const count = this.countOf(work)
    const now = this.now()
    count.failedAt = [...count.failedAt.filter((at) => at > now - this.rules.window_ms), now]
    const all = [...count.begun].reduce((sum, [part, n]) => (part > this.part() - PARTS ? sum + n : sum), 0)
    const tooMany = count.failedAt.length >= this.rules.failures && count.failedAt.length >= all * this.rules.share
    if (tooMany) this.counts.delete(workKey(work))
    return tooMany
  }

  private part(): number {
    return Math.floor((this.now() * PARTS) / this.rules.window_ms)
  }

  private countOf(work: PluginWork): Count {
    const key = workKey(work)
    const count = this.counts.get(key) ?? { begun: new Map<number, number>(), failedAt: [] }
    this.counts.set(key, count)
    return count
  }
}

const workKey = ({ plugin, tenant, kind }: PluginWork) => `${keyOf(plugin, tenant)}\n${kind}`

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
