/** Counts what was looked at and collects what did not hold. */
export class Report {
  readonly faults: string[] = []
  checks = 0

  /** `fact` is what should hold; `seen` is shown where it does not. */
  check(fact: string, holds: boolean, seen?: unknown): void {
    this.checks++
    if (!holds) this.faults.push(seen === undefined ? fact : `${fact}; seen: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`.slice(0, 500))
  }

  equal(fact: string, seen: unknown, should: unknown): void {
    this.check(fact, JSON.stringify(seen) === JSON.stringify(should), `${JSON.stringify(seen)} instead of ${JSON.stringify(should)}`)
  }

  /** Runs one part of the proof and prints what came of it. A part that cannot go on is a fault. */
  async part(name: string, work: () => Promise<string>): Promise<void> {
    const [from, checks, faults] = [Date.now(), this.checks, this.faults.length]
    let told = ""
    try {
      told = await work()
    } catch (error) {
      this.check(`${name} can be looked at`, false, error instanceof Error ? error.message : String(error))
    }
    const seconds = ((Date.now() - from) / 1_000).toFixed(1)
    console.log(`${this.faults.length === faults ? "✓" : "✗"} ${name.padEnd(10)} ${String(this.checks - checks).padStart(3)} checks, ${this.faults.length - faults} faults  ${seconds.padStart(5)} s  ${told}`)
  }
}

/** Looks until there is an answer, for `ms` at most; then gives null. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>, ms = 30_000): Promise<T | null> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const seen = await look()
    if (seen) return seen
  }
  return null
}
