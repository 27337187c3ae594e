import { AsyncLocalStorage } from "node:async_hooks"
import { currentTenant } from "../tenancy/context"
import { Turns } from "./turns"

/** A connection of the pool, as far as knex uses one. */
export type Connection = { query: (...args: unknown[]) => unknown; __knex__disposed?: unknown }
export type Answer = { command?: string; rows: Record<string, unknown>[] }
type Callback = (error: unknown, result?: unknown) => void

/** Thrown for a query of code that went on after the unit of work had ended. Nothing was sent. */
export class UnitOfWorkEnded extends Error {
  constructor() {
    super("The unit of work of this connection has ended")
    this.name = "UnitOfWorkEnded"
  }
}

const BEGIN = /^\s*(?:begin|start\s+transaction)\b/i
const COMMIT = /^\s*commit\b/i
const ROLLBACK = /^\s*rollback\s*;?\s*$/i
const ROLLBACK_TO = /^\s*rollback\s+to\b/i

const textOf = (statement: unknown): string => (typeof statement === "string" ? statement : ((statement as { text?: string }).text ?? ""))

const units = new AsyncLocalStorage<UnitOfWork>()

/** The unit of work of the running code, if it is still open and of the same tenant. */
export function currentUnit(): UnitOfWork | undefined {
  const unit = units.getStore()
  return unit && !unit.ended && unit.tenant === currentTenant() ? unit : undefined
}

/**
 * One transaction around code that believes it makes many. Each connection it takes is the same one: its transactions
 * become savepoints and run one after the other, so that one which is rolled back takes nothing of a neighbour with it;
 * a statement outside of them is undone alone when it fails.
 */
export class UnitOfWork {
  readonly tenant = currentTenant()
  /** Keys of locks kept until the end (wraps/locking.ts). */
  readonly locks = new Set<string>()
  private over = false
  private partFailed = false
  private readonly statements = new Turns()
  private readonly parts = new Turns()
  private readonly afterwards: { commit: (() => unknown)[]; rollback: (() => unknown)[] } = { commit: [], rollback: [] }
  private readonly markDone: () => void
  /** Resolves once all is committed or rolled back. */
  readonly done: Promise<void>

  private constructor(private readonly real: Connection) {
    let markDone = () => {}
    this.done = new Promise((resolve) => (markDone = resolve))
    this.markDone = markDone
  }

  static async begin(real: Connection): Promise<UnitOfWork> {
    await real.query("BEGIN")
    return new UnitOfWork(real)
  }

  get ended(): boolean {
    return this.over
  }

  /** Runs `work` so that every connection it takes is this one. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return units.run(this, work)
  }

  /** Runs after the end, outside the unit: one of the two. */
  after(how: "commit" | "rollback", work: () => unknown): void {
    this.afterwards[how].push(work)
  }

  /** One statement, outside every part. */
  query(sql: string, values: unknown[] = []): Promise<Answer> {
    return this.alone([{ text: sql, values }])
  }

  /** What knex takes for a connection of its own. */
  connection(): Connection {
    const own = Object.create(this.real) as Connection
    let leave: (() => void) | null = null
    const send = async (args: unknown[]): Promise<unknown> => {
      const text = textOf(args[0])
      if (!leave) {
        if (!BEGIN.test(text)) return this.alone(args)
        leave = await this.parts.take()
        return this.inPart(["SAVEPOINT part"])
      }
      if (!COMMIT.test(text) && !ROLLBACK.test(text)) return this.inPart(args)
      try {
        // Postgres, too, answers the COMMIT of a failed transaction with a ROLLBACK.
        if (ROLLBACK.test(text) || this.partFailed) await this.inPart(["ROLLBACK TO SAVEPOINT part"])
        return await this.inPart(["RELEASE SAVEPOINT part"])
      } finally {
        this.partFailed = false
        leave()
        leave = null
      }
    }
    own.query = (...args) => {
      const callback = typeof args.at(-1) === "function" ? (args.pop() as Callback) : null
      const pending = send(args)
      if (!callback) return pending
      pending.then((result) => callback(null, result), callback)
      return undefined
    }
    return own
  }

  /** Waits for the part under way, then commits. Throws when Postgres had given the transaction up. */
  async commit(): Promise<void> {
    const answer = await this.end("COMMIT")
    if (answer.command !== "COMMIT") throw new Error("The transaction had failed and was rolled back")
    for (const work of this.afterwards.commit) await units.exit(work)
  }

  async rollback(): Promise<void> {
    await this.end("ROLLBACK").catch((error: unknown) => {
      this.real.__knex__disposed = error // knex throws the connection away instead of handing it on
    })
    for (const work of this.afterwards.rollback) await units.exit(work)
  }

  private async end(how: string): Promise<Answer> {
    if (how === "COMMIT") await this.parts.take()
    const leave = await this.statements.take()
    this.over = true
    leave()
    try {
      return (await this.real.query(how)) as Answer
    } finally {
      this.markDone()
    }
  }

  private async inPart(args: unknown[]): Promise<unknown> {
    return this.inTurn(async () => {
      try {
        const answer = await this.real.query(...args)
        if (ROLLBACK_TO.test(textOf(args[0]))) this.partFailed = false
        return answer
      } catch (error) {
        this.partFailed = true
        throw error
      }
    })
  }

  private async alone(args: unknown[]): Promise<Answer> {
    // Until the part that failed is rolled back, Postgres refuses everything.
    if (this.partFailed) (await this.parts.take())()
    return this.inTurn(async () => {
      await this.real.query("SAVEPOINT alone")
      try {
        const answer = await this.real.query(...args)
        await this.real.query("RELEASE SAVEPOINT alone")
        return answer as Answer
      } catch (error) {
        await this.real.query("ROLLBACK TO SAVEPOINT alone")
        throw error
      }
    })
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.statements.take()
    try {
      if (this.over) throw new UnitOfWorkEnded()
      return await work()
    } finally {
      leave()
    }
  }
}
