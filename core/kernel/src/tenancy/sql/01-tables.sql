-- Platform bookkeeping of tenancy. Run by the owner, as often as wanted: every statement is idempotent.
create schema if not exists tenancy;

-- How a table of the shop schema is treated. A table that is not named here is a tenant table.
create table if not exists tenancy.table_class (
  table_name text primary key,
  class text not null check (class in ('tenant', 'shared', 'bookkeeping')),
  natural_key text[]
);
insert into tenancy.table_class (table_name, class, natural_key) values
  ('mikro_orm_migrations', 'bookkeeping', null),
  ('link_module_migrations', 'bookkeeping', null),
  ('script_migrations', 'bookkeeping', null),
  ('currency', 'shared', null),
  ('locale', 'shared', null),
  ('payment_provider', 'shared', null),
  ('fulfillment_provider', 'shared', null),
  ('tax_provider', 'shared', null),
  ('notification_provider', 'shared', null),
  ('search_index', 'shared', null),
  ('search_index_version', 'shared', null),
  ('search_index_sync', 'shared', null),
  ('search_postgres_index', 'shared', null),
  ('region_country', 'tenant', '{iso_2}')
on conflict (table_name) do update set class = excluded.class, natural_key = excluded.natural_key;

create table if not exists tenancy.tenant (
  id text primary key check (id ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])$' or id in ('__platform__', '__blueprint__')),
  status text not null default 'provisioning' check (status in ('provisioning', 'active', 'suspended', 'archived')),
  -- The validated tenant.yaml, so that a shop can be shown without its folder.
  manifest jsonb not null default '{}',
  -- Digest of what was last applied; `apply` leaves a tenant alone that has not changed.
  applied_digest text,
  publishable_key text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Counts the changes of what shoppers see, so that what is cached of a shop is old at once in every process.
alter table tenancy.tenant add column if not exists revision bigint not null default 0;
insert into tenancy.tenant (id, status) values ('__platform__', 'active') on conflict do nothing;

create table if not exists tenancy.tenant_host (
  host text primary key check (host = lower(host) and length(host) <= 253),
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  position int not null default 0
);
create index if not exists tenant_host_tenant on tenancy.tenant_host (tenant_id, position);

create table if not exists tenancy.tenant_plugin (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  plugin text not null,
  primary key (tenant_id, plugin)
);

-- Since when, and since when it is paused because it failed too often.
alter table tenancy.tenant_plugin add column if not exists activated_at timestamptz not null default now();
alter table tenancy.tenant_plugin add column if not exists quarantined_at timestamptz;
alter table tenancy.tenant_plugin add column if not exists quarantine_reason text;

-- Plugins that the operator has switched off for every shop.
create table if not exists tenancy.plugin_kill (
  plugin text primary key,
  reason text not null,
  killed_at timestamptz not null default now()
);

-- What the operator's support has to look at. The text in both languages.
create table if not exists tenancy.support_notice (
  id text primary key,
  at timestamptz not null,
  kind text not null,
  tenant_id text references tenancy.tenant (id) on delete cascade,
  plugin text,
  text jsonb not null,
  seen_at timestamptz
);
create index if not exists support_notice_unseen on tenancy.support_notice (at) where seen_at is null;

-- What a shop set for a plugin; stays when it is switched off. Secrets are sealed by the application.
create table if not exists tenancy.plugin_setting (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  plugin text not null,
  version int not null,
  settings jsonb not null,
  sealed text,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, plugin)
);

-- A plugin's rows that a shop had removed, kept so that they can be brought back.
create table if not exists tenancy.plugin_purge (
  id text primary key,
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  plugin text not null,
  purged_at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz
);
create index if not exists plugin_purge_tenant on tenancy.plugin_purge (tenant_id, plugin, purged_at);
create table if not exists tenancy.plugin_purged_row (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  purge_id text not null references tenancy.plugin_purge (id) on delete cascade,
  -- Tables are filled again in this order.
  position int not null,
  table_name text not null,
  row jsonb not null
);
create index if not exists plugin_purged_row_purge on tenancy.plugin_purged_row (tenant_id, purge_id, position);

-- What a plugin has run later. The same key is moved, not doubled.
create table if not exists tenancy.plugin_task (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  plugin text not null,
  key text not null,
  task text not null,
  payload jsonb not null default '{}',
  due_at timestamptz not null,
  attempts int not null default 0,
  last_error text,
  primary key (tenant_id, plugin, key)
);
-- The tenant does not lead: the platform looks for what is due in all shops at once.
create index if not exists plugin_task_due on tenancy.plugin_task (due_at);

-- Credentials of payment and other providers, sealed by the application; Postgres never sees them in clear.
create table if not exists tenancy.tenant_credential (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  provider text not null,
  sealed text not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, provider)
);

-- Data scripts of Medusa and of plugins, each finished once for every tenant.
create table if not exists tenancy.tenant_script (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  script text not null,
  finished_at timestamptz not null default now(),
  primary key (tenant_id, script)
);

-- Who is logged in by cookie. Without Redis they live here, so that a restart logs nobody out.
create table if not exists tenancy.session (
  tenant_id text not null references tenancy.tenant (id) on delete cascade,
  sid text not null,
  data json not null,
  expires_at timestamptz not null,
  primary key (tenant_id, sid)
);
-- The tenant does not lead: the platform looks for what has expired in all shops at once.
create index if not exists session_expiry on tenancy.session (expires_at);

-- The rows a new shop starts with, ids already replaced by placeholders; see tenancy.provision.
create table if not exists tenancy.blueprint (
  position int primary key,
  table_name text not null,
  columns text not null,
  rows text not null
);
create table if not exists tenancy.blueprint_version (
  only_one boolean primary key default true check (only_one),
  version text not null
);

-- A tenant sees its own line, the platform sees all, and code without a tenant sees nothing.
do $$
declare t text;
begin
  foreach t in array array['tenant', 'tenant_host', 'tenant_plugin', 'tenant_credential', 'tenant_script'] loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('drop policy if exists own_or_platform on tenancy.%I', t);
    execute format(
      $p$create policy own_or_platform on tenancy.%I for select using (%I = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '__platform__')$p$,
      t, case t when 'tenant' then 'id' else 'tenant_id' end);
    execute format('drop policy if exists platform_writes on tenancy.%I', t);
    execute format(
      $p$create policy platform_writes on tenancy.%I for all using (current_setting('app.tenant_id', true) = '__platform__') with check (current_setting('app.tenant_id', true) = '__platform__')$p$, t);
  end loop;
end $$;

-- What plugins of a shop set, plan and lost is the shop's own; the platform runs what is due.
do $$
declare t text;
begin
  foreach t in array array['plugin_setting', 'plugin_purge', 'plugin_purged_row', 'plugin_task'] loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('drop policy if exists own_or_platform on tenancy.%I', t);
    execute format(
      $p$create policy own_or_platform on tenancy.%I for all using (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '__platform__')
         with check (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '__platform__')$p$, t);
  end loop;
end $$;

-- Every shop may know what is switched off for all of them.
alter table tenancy.plugin_kill enable row level security;
alter table tenancy.plugin_kill force row level security;
drop policy if exists everybody_reads on tenancy.plugin_kill;
create policy everybody_reads on tenancy.plugin_kill for select using (current_setting('app.tenant_id', true) <> '');
drop policy if exists platform_writes on tenancy.plugin_kill;
create policy platform_writes on tenancy.plugin_kill for all using (current_setting('app.tenant_id', true) = '__platform__') with check (current_setting('app.tenant_id', true) = '__platform__');

-- Support is the platform's.
alter table tenancy.support_notice enable row level security;
alter table tenancy.support_notice force row level security;
drop policy if exists platform_only on tenancy.support_notice;
create policy platform_only on tenancy.support_notice for all using (current_setting('app.tenant_id', true) = '__platform__') with check (current_setting('app.tenant_id', true) = '__platform__');

-- A session is its shop's alone. The platform, which removes what has expired, sees nothing else of it.
alter table tenancy.session enable row level security;
alter table tenancy.session force row level security;
drop policy if exists own_session on tenancy.session;
create policy own_session on tenancy.session for all using (tenant_id = current_setting('app.tenant_id', true)) with check (tenant_id = current_setting('app.tenant_id', true));
drop policy if exists platform_removes_expired on tenancy.session;
create policy platform_removes_expired on tenancy.session for all using (current_setting('app.tenant_id', true) = '__platform__' and expires_at <= now()) with check (false);

-- Tells every process that what it knows of shops is old. Not for the count of changes, which every sale raises.
create or replace function tenancy.tell_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('fangshi_tenants', '');
  return null;
end $$;
do $$
declare t text;
begin
  foreach t in array array['tenant_host', 'tenant_plugin', 'plugin_kill', 'plugin_setting'] loop
    execute format('create or replace trigger tell_change after insert or update or delete on tenancy.%I for each statement execute function tenancy.tell_change()', t);
  end loop;
end $$;
create or replace trigger tell_change after insert or delete or update of status, manifest on tenancy.tenant for each statement execute function tenancy.tell_change();
