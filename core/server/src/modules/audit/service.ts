import type { AuditFacts } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { AuditEntry } from "./models/audit-entry"

/** `at` is ISO. */
export type AuditView = { id: string; at: string; actor: string; action: string; facts: AuditFacts; refused: boolean }

/** `actor` as in plugin:notes or user:user_1. */
export type AuditNote = { actor: string; action: string; facts?: AuditFacts; refused?: boolean }

const PAGE = 50

/** Who did what in a shop, and who was refused. Postgres changes no entry and removes none. */
export class AuditService extends MedusaService({ AuditEntry }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Call in the unit of work of what is noted, so that there is neither without the other. */
  async note({ actor, action, facts = {}, refused = false }: AuditNote, now: number): Promise<void> {
    await this.knex("audit_entry").insert({ id: generateEntityId(undefined, "aud"), at: new Date(now), actor, action, facts: JSON.stringify(facts), refused })
  }

  /** One page, the latest first; with `actor` theirs alone. */
  async listEntries(page: number, actor: string | null = null): Promise<{ entries: AuditView[]; count: number }> {
    const { rows } = await this.knex.raw<{ rows: (Omit<AuditView, "at"> & { at: Date; n: string })[] }>(
      `select id, at, actor, action, facts, refused, count(*) over () as n from audit_entry where ?::text is null or actor = ?::text order by at desc, id desc limit ${PAGE} offset ?`,
      [actor, actor, (page - 1) * PAGE] as never,
    )
    return { entries: rows.map(({ n: _n, at, ...entry }) => ({ ...entry, at: at.toISOString() })), count: Number(rows[0]?.n ?? 0) }
  }
}
