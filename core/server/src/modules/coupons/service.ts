import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { CouponChoice } from "./models/coupon"

/** A promotion a buyer can name, as far as it decides about itself. */
export type Coupon = { id: string; code: string; starts_at: Date | null; ends_at: Date | null; used_up: boolean }

/** What a rule asks of a total of the cart, in major units. */
export type Least = { attribute: string; value: number }

/** Codes and what buyers chose of them. Plain SQL over Medusa's promotions; who may try how often is coupons/coupon-guard.ts. */
export class CouponsService extends MedusaService({ CouponChoice }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** The coupon of a code, whatever the case of its letters; null for one that is no coupon or not in use. */
  async findCoupon(code: string): Promise<Coupon | null> {
    const [row] = await this.rows<Coupon>(
      `select p.id, p.code, c.starts_at, c.ends_at, (p.used >= p."limit" or (b.type = 'usage' and b.used >= b."limit")) is true as used_up
       from promotion p left join promotion_campaign c on c.id = p.campaign_id and c.deleted_at is null left join promotion_campaign_budget b on b.campaign_id = c.id and b.deleted_at is null
       where lower(p.code) = lower(?) and p.status = 'active' and not p.is_automatic and p.deleted_at is null order by p.code = ? desc limit 1`,
      [code, code],
    )
    return row ?? null
  }

  /** What a coupon asks the cart to be worth at least. */
  async listLeast(promotion_id: string): Promise<Least[]> {
    const rows = await this.rows<{ attribute: string; value: string }>(
      `select r.attribute, v.value from promotion_promotion_rule j join promotion_rule r on r.id = j.promotion_rule_id and r.deleted_at is null join promotion_rule_value v on v.promotion_rule_id = r.id and v.deleted_at is null
       where j.promotion_id = ? and r.operator in ('gte', 'gt') and r.attribute like '%total'`,
      [promotion_id],
    )
    return rows.map(({ attribute, value }) => ({ attribute, value: Number(value) }))
  }

  async findChoice(cart_id: string): Promise<string | null> {
    const [row] = await this.rows<{ code: string }>("select code from coupon_choice where cart_id = ?", [cart_id])
    return row?.code ?? null
  }

  async choose(cart_id: string, code: string): Promise<void> {
    await this.rows(
      "insert into coupon_choice (id, cart_id, code) values (?, ?, ?) on conflict (tenant_id, cart_id) do update set code = excluded.code, updated_at = now()",
      [generateEntityId(undefined, "cpch"), cart_id, code],
    )
  }

  async forgetChoice(cart_id: string): Promise<void> {
    await this.rows("delete from coupon_choice where cart_id = ?", [cart_id])
  }

  private async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.knex.raw<{ rows: T[] }>(sql, values as never)).rows
  }
}
