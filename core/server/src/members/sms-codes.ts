import { createHmac, randomInt, timingSafeEqual } from "node:crypto"
import { FangshiError } from "@fangshi/contracts"
import { type UnitOfWork, currentTenant, inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { Clock } from "../clock"

export const CODES = "fangshi_sms_codes"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What a code is worth and how many there may be. */
export const CODE_RULES = { valid_ms: 5 * MINUTE, tries: 5, again_after_ms: MINUTE, a_day_per_phone: 10, an_hour_per_client: 30 }

export type CodePurpose = "sign-in" | "erase" | "password"
type Row = { id: string; code_hash: string; tries: number; expires_at: Date }
type Redeemed<T> = { value: T } | { left: number } | "expired"

/**
 * Codes for phones. Postgres decides: whoever counts holds a lock on the number and on the address, so that two
 * processes and two simultaneous requests get no more between them than one would.
 */
export class SmsCodes {
  constructor(
    private readonly knex: Knex,
    private readonly masterSecret: string,
    private readonly now: Clock,
  ) {}

  /** A new code for a number; the one before it is worth nothing any more. Throws CODE_TOO_SOON, CODE_TOO_MANY. */
  async make(phone: string, purpose: CodePurpose, client: string): Promise<string> {
    const [phoneKey, clientKey] = [this.digest("phone", phone), this.digest("client", client)]
    const code = String(randomInt(1_000_000)).padStart(6, "0")
    await inUnitOfWork(this.knex, (unit) => lock(unit, [phoneKey, clientKey]), async () => {
      const now = this.now()
      await this.assertMayAsk(phoneKey, clientKey, now)
      await this.knex.raw("delete from member_code where created_at <= ?", [at(now - DAY)])
      await this.knex.raw("update member_code set used_at = ? where phone_key = ? and used_at is null", [at(now), phoneKey])
      await this.knex.raw(
        "insert into member_code (id, purpose, phone_key, client_key, code_hash, expires_at, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [generateEntityId(undefined, "mcode"), purpose, phoneKey, clientKey, this.hash(phone, purpose, code), at(now + CODE_RULES.valid_ms), at(now), at(now)],
      )
    })
    return code
  }

  /** Takes a code in and does `work` in the same transaction: the code is spent exactly if the work is done. Throws CODE_WRONG, CODE_EXPIRED. */
  async redeem<T>(phone: string, purpose: CodePurpose, code: string, work: () => Promise<T>): Promise<T> {
    const phoneKey = this.digest("phone", phone)
    const result = await inUnitOfWork(this.knex, (unit) => lock(unit, [phoneKey]), async (): Promise<Redeemed<T>> => {
      const { rows } = await this.knex.raw<{ rows: Row[] }>(
        "select id, code_hash, tries, expires_at from member_code where phone_key = ? and purpose = ? and used_at is null order by created_at desc limit 1",
        [phoneKey, purpose],
      )
      const row = rows[0]
      if (!row || row.tries >= CODE_RULES.tries || row.expires_at.getTime() <= this.now()) return "expired"
      if (!timingSafeEqual(Buffer.from(this.hash(phone, purpose, code)), Buffer.from(row.code_hash))) {
        // Committed although the request fails: a wrong try counts.
        await this.knex.raw("update member_code set tries = tries + 1 where id = ?", [row.id])
        return { left: CODE_RULES.tries - row.tries - 1 }
      }
      await this.knex.raw("update member_code set used_at = ? where id = ?", [at(this.now()), row.id])
      return { value: await work() }
    })
    if (result === "expired") throw new FangshiError("CODE_EXPIRED")
    if ("left" in result) throw new FangshiError("CODE_WRONG", { left: result.left })
    return result.value
  }

  private async assertMayAsk(phoneKey: string, clientKey: string, now: number): Promise<void> {
    const { rows } = await this.knex.raw<{ rows: { of_phone: string; of_client: string; last: Date | null }[] }>(
      `select count(*) filter (where phone_key = ?) as of_phone, count(*) filter (where client_key = ? and created_at > ?) as of_client, max(created_at) filter (where phone_key = ?) as last
       from member_code where created_at > ? and (phone_key = ? or client_key = ?)`,
      [phoneKey, clientKey, at(now - HOUR), phoneKey, at(now - DAY), phoneKey, clientKey],
    )
    const { of_phone = "0", of_client = "0", last = null } = rows[0] ?? {}
    const wait = last ? last.getTime() + CODE_RULES.again_after_ms - now : 0
    if (wait > 0) throw new FangshiError("CODE_TOO_SOON", { seconds: Math.ceil(wait / 1_000) })
    if (Number(of_phone) >= CODE_RULES.a_day_per_phone || Number(of_client) >= CODE_RULES.an_hour_per_client) throw new FangshiError("CODE_TOO_MANY")
  }

  /** A million codes are tried in a moment: without the key of this shop a digest tells nothing. */
  private digest(what: string, value: string): string {
    const key = createHmac("sha256", this.masterSecret).update(`sms-code:${currentTenant()}`).digest()
    return createHmac("sha256", key).update(`${what}:${value}`).digest("hex")
  }

  private hash(phone: string, purpose: CodePurpose, code: string): string {
    return this.digest("code", `${purpose}:${phone}:${code}`)
  }
}

const at = (ms: number) => new Date(ms).toISOString()

/** In one order for everybody: two requests that share a number and an address never wait for each other in a circle. */
async function lock(unit: UnitOfWork, keys: string[]): Promise<void> {
  for (const key of [...keys].sort()) await unit.query("select pg_advisory_xact_lock(hashtextextended('member-code:' || current_setting('app.tenant_id') || ':' || $1, 0))", [key])
}
