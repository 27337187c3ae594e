import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { MemberCode } from "./models/member-code"
import { MemberFavourite } from "./models/member-favourite"

const MOST = 500

/** What the platform keeps of members beside Medusa's customers. The codes themselves are members/sms-codes.ts. */
export class MembersService extends MedusaService({ MemberCode, MemberFavourite }) {
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

  async forgetFavourites(customer_id: string): Promise<void> {
    await this.knex.raw("delete from member_favourite where customer_id = ?", [customer_id])
  }
}
