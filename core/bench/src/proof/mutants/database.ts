import { type Mutant, edit } from "./mutant"

const ISOLATION = ["core/kernel/test/isolation.db.spec.ts"]
const ROUTES = ["core/server/test/routes.tenancy.spec.ts"]
const SQL = "core/kernel/src/tenancy/sql"
const OPEN = "using (true) with check (true)"

/** With the boot gate away, so that the tests of the rows themselves are on trial and not the gate. */
const GATE_OFF = [edit("core/server/src/host.ts", "await assertIsolated(knex)\n", "")]
const SUPERUSER = edit("core/testing/src/databases.ts", `appUrl: withDatabase(c.superuserUrl, name, "fangshi_app", c.appPassword)`, "appUrl: ownerUrl")

/** Policies, roles, keys and numbers in Postgres. */
export const DATABASE: Mutant[] = [
  { name: "policy dropped", sql: "drop policy tenant_isolation on product", tests: ISOLATION },
  { name: "policy dropped: the start", sql: "drop policy tenant_isolation on product", tests: [] },
  { name: "FORCE dropped", sql: "alter table customer no force row level security", tests: ISOLATION },
  { name: "FORCE dropped: the start", sql: "alter table customer no force row level security", tests: [] },
  { name: "FORCE never set by protect", edits: [edit(`${SQL}/02-protect.sql`, "execute format('alter table %s force row level security', t);\n", "")], sql: "alter table store no force row level security", tests: ISOLATION },
  { name: "policy lets everything be read, gate off", edits: GATE_OFF, sql: "alter policy tenant_isolation on product using (true)", tests: ROUTES, only: "gives A nothing of B" },
  { name: "policy of customers open, gate off", edits: GATE_OFF, sql: `alter policy tenant_isolation on customer ${OPEN}`, tests: ROUTES, only: "gives A nothing of B|has left every row" },
  { name: "policy of API keys open, gate off", edits: GATE_OFF, sql: ["api_key", "publishable_api_key_sales_channel", "sales_channel"].map((t) => `alter policy tenant_isolation on ${t} ${OPEN}`).join(";"), tests: ROUTES, only: "publishable key of B" },
  { name: "policy of logins open, gate off", edits: GATE_OFF, sql: ["auth_identity", "provider_identity"].map((t) => `alter policy tenant_isolation on ${t} ${OPEN}`).join(";"), tests: ROUTES, only: "password of B" },
  { name: "policy does not check what is written", sql: "alter policy tenant_isolation on store with check (true)", tests: ISOLATION },
  { name: "policies written without a check by protect", edits: [edit(`${SQL}/02-protect.sql`, "using (tenant_id = current_setting('app.tenant_id', true)) with check (tenant_id = current_setting('app.tenant_id', true))", "using (tenant_id = current_setting('app.tenant_id', true)) with check (true)")], tests: ISOLATION },
  { name: "policy beside the policy", sql: `create policy more on "order" using (true)`, tests: ISOLATION },
  { name: "rows without a tenant are everybody's", edits: [edit(`${SQL}/02-protect.sql`, "for all using (tenant_id = current_setting('app.tenant_id', true)) with check", "for all using (tenant_id = current_setting('app.tenant_id', true) or coalesce(current_setting('app.tenant_id', true), '') = '') with check")], sql: "insert into store (id, name, tenant_id) values ('store_m', 'm', 'mutant')", tests: ISOLATION },
  { name: "server runs as the owner", edits: [SUPERUSER], tests: [] },
  { name: "server runs as the owner, gate off", edits: [SUPERUSER, ...GATE_OFF], tests: ROUTES, only: "gives A nothing of B" },
  { name: "role may truncate", sql: "grant truncate on all tables in schema public to fangshi_app", tests: ISOLATION },
  { name: "role may truncate: the start", sql: "grant truncate on all tables in schema public to fangshi_app", tests: [] },
  { name: "role may create tables", sql: "grant create on schema public to fangshi_app", tests: ISOLATION },
  { name: "role may create tables: the start", sql: "grant create on schema public to fangshi_app", tests: [] },
  {
    name: "foreign key over one column",
    sql: "alter table product_variant drop constraint product_variant_product_id_foreign; alter table product_variant add constraint product_variant_product_id_foreign foreign key (product_id) references product (id)",
    tests: ISOLATION,
  },
  { name: "foreign keys of later tables not scoped", edits: [edit(`${SQL}/02-protect.sql`, "    perform tenancy.scope_foreign_keys(t);\n", "")], tests: ISOLATION },
  { name: "unique index without the tenant", sql: `drop index "IDX_product_handle_unique"; create unique index "IDX_product_handle_unique" on product (handle) where deleted_at is null`, tests: ISOLATION },
  { name: "unique keys of later tables not scoped", edits: [edit(`${SQL}/02-protect.sql`, "    perform tenancy.scope_keys(t);\n", "")], tests: ISOLATION },
  { name: "order numbers counted over all shops", edits: [edit(`${SQL}/02-protect.sql`, "seq := left(format('n_%s_%s', tenant, p_name), 63);", "seq := left(format('n_%s', p_name), 63);")], tests: ISOLATION },
  { name: "number given without a tenant", edits: [edit(`${SQL}/02-protect.sql`, "if coalesce(tenant, '') = '' then", "if false then")], tests: ISOLATION },
  { name: "later tables not protected", edits: [edit(`${SQL}/06-event-trigger.sql`, "perform tenancy.protect(r.rel::regclass);", "null;")], tests: ISOLATION },
  { name: "gate overlooks a missing FORCE", edits: [edit(`${SQL}/03-problems.sql`, "where class <> 'bookkeeping' and not (relrowsecurity and relforcerowsecurity)", "where class <> 'bookkeeping' and not relrowsecurity")], tests: ISOLATION },
  { name: "gate overlooks views", edits: [edit(`${SQL}/03-problems.sql`, "c.relkind in ('v', 'm') and not", "c.relkind in ('m') and not")], tests: ISOLATION },
  { name: "gate overlooks foreign keys", edits: [edit(`${SQL}/03-problems.sql`, "and k.contype = 'f'\n", "and k.contype = 'x'\n")], tests: ISOLATION },
  { name: "a shop sees the list of shops", sql: "alter policy own_or_platform on tenancy.tenant using (true)", tests: ISOLATION },
  { name: "a shop writes the list of shops", sql: `alter policy platform_writes on tenancy.tenant ${OPEN}`, tests: ISOLATION },
]

/** What a new shop is made of. */
export const PROVISIONING: Mutant[] = [
  { name: "any shop may open shops", edits: [edit(`${SQL}/04-provision.sql`, "if current_setting('app.tenant_id', true) is distinct from '__platform__' then", "if false then")], tests: ISOLATION },
  { name: "blueprint without shipping", sql: "delete from tenancy.blueprint where table_name = 'shipping_option'", tests: ROUTES, only: "is covered" },
  { name: "blueprint without region", sql: "delete from tenancy.blueprint where table_name in ('region', 'region_country')", tests: ROUTES, only: "is covered" },
  { name: "all shops get the same ids", edits: [edit(`${SQL}/04-provision.sql`, "doc := replace(r.rows, '@@T@@', p_token);", "doc := replace(r.rows, '@@T@@', '0000000000000000000000');")], tests: ROUTES, only: "is covered" },
  { name: "a shop opens for the platform", edits: [edit(`${SQL}/04-provision.sql`, "  perform set_config('app.tenant_id', p_id, true);\n", "")], tests: ROUTES, only: "is covered" },
]
