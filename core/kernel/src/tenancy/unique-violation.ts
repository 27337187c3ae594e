import type { Knex } from "@medusajs/framework/mikro-orm/knex"

type PgError = { code?: string; detail?: string; constraint?: string }

const columnsOf = new Map<string, string[]>()

/** Reads the columns of every unique index. Call in the platform's context, after migrations. */
export async function loadUniqueColumns(knex: Knex): Promise<void> {
  const { rows } = await knex.raw<{ rows: { index_name: string; columns: string[] }[] }>("select index_name, columns from tenancy.unique_columns")
  for (const row of rows) columnsOf.set(row.index_name, row.columns)
}

/**
 * Gives a unique violation its DETAIL back. Postgres leaves it out under row-level security, and Medusa's error
 * mapper, which needs it to name the column, would answer 500 instead of 4xx. Values are not repeated: they may be another's.
 */
export function describeUniqueViolation(error: unknown): void {
  const e = error as PgError | null
  if (e?.code !== "23505" || e.detail) return
  const columns = columnsOf.get(e.constraint ?? "") ?? ["id"]
  e.detail = `Key (${columns.join(", ")})=(${columns.map(() => "the given value").join(", ")}) already exists.`
}
