import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { MemberCode } from "./models/member-code"
import { MemberFavourite } from "./models/member-favourite"
import { MemberPassword } from "./models/member-password"

const MOST = 500

/** What the platform keeps of members beside Medusa's customers. The codes themselves are members/sms-codes.ts. */
export class MembersService extends MedusaService({ MemberCode, MemberFavourite, MemberPassword }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Ids of the products a member keeps, the latest first; with `product_id` that one or none. */
  async listFavourites(customer_id: string, product_id?: string): Promise<string[]> {
    const rows = await this.listMemberFavourites({ customer_id, ...(product_id === undefined ? {} : { product_id }) }, { select: ["product_id"], order: { created_at: "DESC" }, take: MOST })
    return rows.map((row) => row.product_id)
  }

  /** Adding twice, also at once, is once. */
  async addFavourite(customer_id: string, product_id: string): Promise<void> {
    await this.knex.raw("insert into member_favourite (id, customer_id, product_id) values (?, ?, ?) on conflict do nothing", [generateEntityId(undefined, "mfav"), customer_id, product_id])
  }

  /** Taking away what is not there changes nothing. */
  async removeFavourite(customer_id: string, product_id: string): Promise<void> {
    await this.knex.raw("delete from member_favourite where customer_id = ? and product_id = ?", [customer_id, product_id])
  }

  /** The scrypt of an identity's password, or null. */
  async findPassword(auth_identity_id: string): Promise<string | null> {
    const [row] = await this.listMemberPasswords({ auth_identity_id }, { select: ["hash"], take: 1 })
    return row?.hash ?? null
  }

  /** Sets a password, or another one in its place, at a time. */
  async savePassword(auth_identity_id: string, hash: string, now: number): Promise<void> {
    await this.knex.raw(
      "insert into member_password (id, auth_identity_id, hash) values (?, ?, ?) on conflict (tenant_id, auth_identity_id) do update set hash = excluded.hash, changed_at = ?, updated_at = now()",
      [generateEntityId(undefined, "mpass"), auth_identity_id, hash, new Date(now)],
    )
  }

  /** When a password was changed last, or null: never, or there is none. */
  async passwordChangedAt(auth_identity_id: string): Promise<Date | null> {
    const [row] = await this.listMemberPasswords({ auth_identity_id }, { select: ["changed_at"], take: 1 })
    return row?.changed_at ?? null
  }

  async forgetPasswords(auth_identity_ids: string[]): Promise<void> {
    await this.knex.raw("delete from member_password where auth_identity_id = any(?)", [auth_identity_ids] as never)
  }

  async forgetFavourites(customer_id: string): Promise<void> {
    await this.knex.raw("delete from member_favourite where customer_id = ?", [customer_id])
  }
}
