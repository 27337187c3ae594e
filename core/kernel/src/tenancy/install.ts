import { readFileSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { Client } from "pg"

const STEPS = ["01-tables", "02-protect", "03-problems", "04-provision", "05-grants"]
const read = (step: string) => readFileSync(path.join(__dirname, "sql", `${step}.sql`), "utf8")

/** The unprivileged role the server works with. */
export const APP_ROLE = "fangshi_app"

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Creates the application's role, or gives it this password. `ownerUrl` must be allowed to create roles. */
export async function ensureAppRole(ownerUrl: string, password: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const literal = client.escapeLiteral(password)
    // Roles belong to the cluster: two commands at once would both write the same row.
    await client.query("begin")
    await client.query("select pg_advisory_xact_lock(hashtext('fangshi.app-role'))")
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [APP_ROLE])
    await client.query(`${rowCount ? "alter" : "create"} role ${APP_ROLE} login password ${literal} nosuperuser nobypassrls nocreatedb nocreaterole`)
    await client.query("commit")
  })
}

/** Is the owner able to migrate: it must see all rows. Throws DATABASE_PRIVILEGED's opposite as POSTGRES_NOT_STARTED. */
export async function assertOwner(ownerUrl: string): Promise<{ superuser: boolean }> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ rolsuper: boolean; rolbypassrls: boolean; rolname: string }>("select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
    const role = rows[0]
    if (!role || (!role.rolsuper && !role.rolbypassrls)) {
      throw new FangshiError("POSTGRES_NOT_STARTED", { problem: `role ${role?.rolname ?? "?"} needs BYPASSRLS to migrate`, log: "DATABASE_URL" })
    }
    return { superuser: role.rolsuper }
  })
}

/** Installs or renews tenancy and protects every table. Idempotent; run after every migration. */
export async function installTenancy(ownerUrl: string): Promise<void> {
  const { superuser } = await assertOwner(ownerUrl)
  await withClient(ownerUrl, async (client) => {
    await client.query("begin")
    await client.query("select pg_advisory_xact_lock(hashtext('fangshi.install-tenancy'))")
    if (superuser) await client.query("drop event trigger if exists tenancy_ddl")
    for (const step of STEPS) await client.query(read(step))
    if (superuser) await client.query(read("06-event-trigger"))
    await client.query("commit")
  })
}

/** Names of the tables that already carry the tenant; empty before the first migration. */
export async function tenantTables(ownerUrl: string): Promise<Set<string>> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid where n.nspname = 'public' and c.relkind in ('r','p') and a.attname = 'tenant_id' and not a.attisdropped",
    )
    return new Set(rows.map((row) => row.name))
  })
}
