import { createHmac } from "node:crypto"
import { FangshiError } from "@fangshi/contracts"
import { type UnitOfWork, currentTenant, inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { Clock } from "../clock"

export const COUPON_GUARD = "fangshi_coupon_guard"

const MINUTES = 10

/** How many refused codes there may be within ten minutes. A cart is made anew in a moment, an address is shared by many. */
export const GUESSES = { per_cart: 5, per_client: 20, window_ms: MINUTES * 60_000 }

/** Who tries a code; a cart that is only being made has no id yet. */
export type Tries = { client: string; cart_id: string | null }

/**
 * Stands before every look at a code, and at nothing else. Whoever looks holds a lock on address and cart, so that many
 * guesses at once, also in several processes, learn no more than as many one after another.
 */
export class CouponGuard {
  constructor(
    private readonly knex: Knex,
    private readonly masterSecret: string,
    private readonly now: Clock,
  ) {}

  /** Does `look`; a refusal it returns is counted and thrown. Throws COUPON_TRIES without looking. */
  async look<T>({ client, cart_id }: Tries, look: () => Promise<T | FangshiError>): Promise<T> {
    const clientKey = this.digest("client", client)
    const cartKey = cart_id === null ? null : this.digest("cart", cart_id)
    const seen = await inUnitOfWork(this.knex, (unit) => lock(unit, [clientKey, cartKey ?? ""]), async () => {
      const now = this.now()
      await this.assertMayTry(clientKey, cartKey, now)
      const found = await look()
      // Committed although the request fails: a refusal counts.
      if (found instanceof FangshiError) await this.countMiss(clientKey, cartKey, now)
      return found
    })
    if (seen instanceof FangshiError) throw seen
    return seen
  }

  private async assertMayTry(clientKey: string, cartKey: string | null, now: number): Promise<void> {
    const { rows } = await this.knex.raw<{ rows: { of_client: string; of_cart: string }[] }>(
      "select count(*) filter (where client_key = ?) as of_client, count(*) filter (where cart_key = ?) as of_cart from coupon_miss where missed_at > ? and (client_key = ? or cart_key = ?)",
      [clientKey, cartKey, at(now - GUESSES.window_ms), clientKey, cartKey] as never,
    )
    const { of_client = "0", of_cart = "0" } = rows[0] ?? {}
    if (Number(of_client) >= GUESSES.per_client || Number(of_cart) >= GUESSES.per_cart) throw new FangshiError("COUPON_TRIES", { minutes: MINUTES })
  }

  private async countMiss(clientKey: string, cartKey: string | null, now: number): Promise<void> {
    await this.knex.raw("delete from coupon_miss where missed_at <= ?", [at(now - GUESSES.window_ms)])
    await this.knex.raw("insert into coupon_miss (id, client_key, cart_key, missed_at) values (?, ?, ?, ?)", [generateEntityId(undefined, "cpms"), clientKey, cartKey, at(now)] as never)
  }

  /** Without the key of this shop a digest tells no address. */
  private digest(what: string, value: string): string {
    const key = createHmac("sha256", this.masterSecret).update(`coupon:${currentTenant()}`).digest()
    return createHmac("sha256", key).update(`${what}:${value}`).digest("hex")
  }
}

const at = (ms: number) => new Date(ms).toISOString()

/** In one order for everybody: two requests that share a cart and an address never wait for each other in a circle. */
async function lock(unit: UnitOfWork, keys: string[]): Promise<void> {
  for (const key of keys.sort()) if (key) await unit.query("select pg_advisory_xact_lock(hashtextextended('coupon-miss:' || current_setting('app.tenant_id') || ':' || $1, 0))", [key])
}
