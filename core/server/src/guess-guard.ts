import { createHmac } from "node:crypto"
import { FangshiError } from "@fangshi/contracts"
import { type UnitOfWork, currentTenant, inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { Clock } from "./clock"

const MINUTE = 60_000

/** How much may be guessed within some minutes: about one subject, and from one address, which many may share. */
export type GuessRules = { kind: "coupon" | "password"; minutes: number; per_subject: number; per_client: number; refusal: "COUPON_TRIES" | "PASSWORD_TRIES" }

/** Who tries, and at what: a cart, a phone number. Null for a cart that is only being made. */
export type Tries = { client: string; subject: string | null }

/**
 * Stands before every look at a secret, and at nothing else. Whoever looks holds a lock on address and subject, so that
 * many guesses at once, also in several processes, learn no more than as many one after another.
 */
export class GuessGuard {
  constructor(
    private readonly rules: GuessRules,
    private readonly knex: Knex,
    private readonly masterSecret: string,
    private readonly now: Clock,
  ) {}

  /** Does `look`; a refusal it returns is counted and thrown. Throws the rules' refusal without looking. */
  async look<T>({ client, subject }: Tries, look: () => Promise<T | FangshiError>): Promise<T> {
    const clientKey = this.digest("client", client)
    const subjectKey = subject === null ? null : this.digest("subject", subject)
    const seen = await inUnitOfWork(this.knex, (unit) => lock(unit, [clientKey, subjectKey ?? ""]), async () => {
      const now = this.now()
      await this.assertMayTry(clientKey, subjectKey, now)
      const found = await look()
      // Committed although the request fails: a refusal counts.
      if (found instanceof FangshiError) await this.countMiss(clientKey, subjectKey, now)
      return found
    })
    if (seen instanceof FangshiError) throw seen
    return seen
  }

  private async assertMayTry(clientKey: string, subjectKey: string | null, now: number): Promise<void> {
    const { minutes, per_client, per_subject, refusal } = this.rules
    const { rows } = await this.knex.raw<{ rows: { of_client: string; of_subject: string }[] }>(
      "select count(*) filter (where client_key = ?) as of_client, count(*) filter (where subject_key = ?) as of_subject from guess where missed_at > ? and (client_key = ? or subject_key = ?)",
      [clientKey, subjectKey, this.since(now), clientKey, subjectKey] as never,
    )
    const { of_client = "0", of_subject = "0" } = rows[0] ?? {}
    if (Number(of_client) >= per_client || Number(of_subject) >= per_subject) throw new FangshiError(refusal, { minutes })
  }

  private async countMiss(clientKey: string, subjectKey: string | null, now: number): Promise<void> {
    await this.knex.raw("delete from guess where kind = ? and missed_at <= ?", [this.rules.kind, this.since(now)])
    await this.knex.raw("insert into guess (id, kind, client_key, subject_key, missed_at) values (?, ?, ?, ?, ?)", [generateEntityId(undefined, "guess"), this.rules.kind, clientKey, subjectKey, new Date(now)] as never)
  }

  private since(now: number): Date {
    return new Date(now - this.rules.minutes * MINUTE)
  }

  /** Without the key of this shop a digest tells no address and no number; kinds have nothing in common. */
  private digest(what: string, value: string): string {
    const key = createHmac("sha256", this.masterSecret).update(`${this.rules.kind}:${currentTenant()}`).digest()
    return createHmac("sha256", key).update(`${what}:${value}`).digest("hex")
  }
}

/** In one order for everybody: two requests that share a subject and an address never wait for each other in a circle. */
async function lock(unit: UnitOfWork, keys: string[]): Promise<void> {
  for (const key of keys.sort()) if (key) await unit.query("select pg_advisory_xact_lock(hashtextextended('guess:' || current_setting('app.tenant_id') || ':' || $1, 0))", [key])
}
