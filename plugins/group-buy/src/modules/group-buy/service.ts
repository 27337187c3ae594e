import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { GroupBuyCampaign } from "./models/campaign"

/** Columns as Postgres gives them: bigint comes as text. */
export type Row = Record<string, unknown>

/** The trade's way to Postgres; its verbs stand beside it, one file each. */
export class GroupBuyService extends MedusaService({ GroupBuyCampaign }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  async rows<R extends object = Row>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const { rows } = await this.knex.raw<{ rows: R[] }>(sql, values as never)
    return rows
  }

  /** The same for a statement that each connection keeps under a name, and so plans once: one name, one text. */
  async preparedRows<R extends object = Row>(name: string, sql: string, values: readonly unknown[]): Promise<R[]> {
    const statement = this.knex.raw<{ rows: R[] }>(sql, values as never) as unknown as { options: (options: { name: string }) => Promise<{ rows: R[] }> }
    const { rows } = await statement.options({ name })
    return rows
  }

  /** One transaction around `work`; every `rows` inside is part of it. Ports are asked outside of it: they may wait for others. */
  inUnit<T>(work: () => Promise<T>): Promise<T> {
    return inUnitOfWork(this.knex, async () => undefined, work)
  }
}
