import { FangshiError } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

type Role = { role: string; rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean; owns: number; creates: boolean; truncates: number }

/** Refuses to start on a role that could see past a tenant, or on a table that is not isolated. Platform context. */
export async function assertIsolated(knex: Knex): Promise<void> {
  const { rows: roles } = await knex.raw<{ rows: Role[] }>(`
    select current_user::text as role, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'tenancy') and pg_has_role(current_user, c.relowner, 'usage')) as owns,
      has_schema_privilege('public', 'create') or has_schema_privilege('tenancy', 'create') as creates,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'truncate')) as truncates
    from pg_roles r where r.rolname = current_user`)
  const role = roles[0]
  if (!role) throw new FangshiError("DATABASE_PRIVILEGED", { role: "?", problem: "unknown role" })
  const problem = role.rolsuper ? "SUPERUSER" : role.rolbypassrls ? "BYPASSRLS" : role.rolcreaterole ? "CREATEROLE" : role.owns ? `owns ${role.owns} tables` : role.creates ? "CREATE on the schema" : role.truncates ? "TRUNCATE" : null
  if (problem) throw new FangshiError("DATABASE_PRIVILEGED", { role: role.role, problem })
  const { rows } = await knex.raw<{ rows: { table_name: string; problem: string }[] }>("select table_name, problem from tenancy.problems order by 1, 2 limit 20")
  const first = rows[0]
  if (first) throw new FangshiError("DATABASE_UNPROTECTED", { table: first.table_name, problem: first.problem }, { cause: rows })
}
