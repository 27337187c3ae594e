import { medusaInternal, wrapMethod } from "./seam"

/** Tables whose unique indexes stay as Medusa makes them; the same list as tenancy.table_class. */
const NOT_TENANT = new Set([
  "mikro_orm_migrations", "link_module_migrations", "script_migrations", "currency", "locale", "payment_provider", "fulfillment_provider",
  "tax_provider", "notification_provider", "search_index", "search_index_version", "search_index_sync", "search_postgres_index",
])

const name = String.raw`(?:"[^"]+"|[\w.]+)`
const CREATE_INDEX = new RegExp(
  String.raw`(create\s+unique\s+index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?${name}\s+on\s+(?:only\s+)?(?:"?public"?\.)?("[^"]+"|\w+)\s*(?:using\s+\w+\s*)?\()(?!\s*"?tenant_id)`,
  "gi",
)
const ADD_CONSTRAINT = new RegExp(
  String.raw`(alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?public"?\.)?("[^"]+"|\w+)\s+add\s+constraint\s+${name}\s+unique\s*\()(?!\s*"?tenant_id)`,
  "gi",
)

/** Puts the tenant first into every unique index or constraint of a DDL text: with many shops the original would collide. */
export function scopeUniqueDdl(sql: string): string {
  if (!/unique/i.test(sql)) return sql
  const scope = (whole: string, head: string, table: string) => (NOT_TENANT.has(table.replaceAll('"', "")) ? whole : `${head}tenant_id, `)
  return sql.replace(CREATE_INDEX, scope).replace(ADD_CONSTRAINT, scope)
}

const byTable = (sql: string) => sql.split(";").filter((command) => !/tenant_id/.test(command)).join(";")

type Query = (...args: unknown[]) => unknown

/**
 * For the migration process only: unique DDL is scoped on its way to Postgres, and the planner of link tables, which
 * compares them with its models, does not get to see our column. `existing` says which tables already carry the tenant.
 */
export function wrapMigrations(isTenantTable: (table: string) => boolean): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the copy that MikroORM and knex load
  const { Client } = require("pg") as { Client: { prototype: { query: Query } } }
  wrapMethod("pg Client.query", Client.prototype, "query", (original) => function (first: unknown, ...rest: unknown[]) {
    return original.call(this, scopedQuery(first, isTenantTable), ...rest) as unknown
  })
  const { MigrationsExecutionPlanner } = medusaInternal<{ MigrationsExecutionPlanner: { prototype: object } }>("@medusajs/link-modules", "migration/index.js")
  wrapMethod("@medusajs/link-modules migration/index.js pickTableRelatedCommands", MigrationsExecutionPlanner.prototype, "pickTableRelatedCommands", (original) => function (table: string, sql: string) {
    return original.call(this, table, byTable(sql)) as unknown
  })
}

function scopedQuery(query: unknown, isTenantTable: (table: string) => boolean): unknown {
  if (typeof query === "string") return scopeWhereColumnExists(query, isTenantTable)
  const config = query as { text?: unknown; submit?: unknown } | null
  if (config && typeof config.text === "string" && !config.submit) return { ...config, text: scopeWhereColumnExists(config.text, isTenantTable) }
  return query
}

/** A table of the same migration does not have the column yet; the event trigger, or protect_all, scopes it a moment later. */
function scopeWhereColumnExists(sql: string, isTenantTable: (table: string) => boolean): string {
  const tables = [...sql.matchAll(/(?:on|table)\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?public"?\.)?"?(\w+)"?/gi)].map((match) => match[1] ?? "")
  return tables.some(isTenantTable) ? scopeUniqueDdl(sql) : sql
}
