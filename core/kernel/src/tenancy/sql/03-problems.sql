-- The boot gate: one row for everything that would let a tenant see another. No row, or the server does not start.
create or replace view tenancy.problems as
  with shop_table as (
    select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity, tenancy.class_of(c.oid::regclass) as class
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
  )
  select name as table_name, 'row-level security is not forced'::text as problem from shop_table
   where class <> 'bookkeeping' and not (relrowsecurity and relforcerowsecurity)
  union all
  select t.name, 'the policy tenant_isolation is missing or altered' from shop_table t
   where t.class = 'tenant' and not exists (
     select 1 from pg_policy p where p.polrelid = t.oid and p.polname = 'tenant_isolation' and p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
      and pg_get_expr(p.polqual, p.polrelid) = $x$(tenant_id = current_setting('app.tenant_id'::text, true))$x$
      and pg_get_expr(p.polwithcheck, p.polrelid) = $x$(tenant_id = current_setting('app.tenant_id'::text, true))$x$)
  union all
  select t.name, 'unexpected policy ' || p.polname from shop_table t join pg_policy p on p.polrelid = t.oid
   where (t.class = 'tenant' and p.polname <> 'tenant_isolation') or (t.class = 'shared' and p.polname not in ('shared_read', 'platform_write'))
  union all
  select t.name, 'the column tenant_id is missing, nullable or has another default' from shop_table t
   where t.class = 'tenant' and not exists (
     select 1 from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnotnull and pg_get_expr(d.adbin, d.adrelid) = $x$current_setting('app.tenant_id'::text, true)$x$)
  union all
  select t.name, 'unique index without the tenant: ' || ic.relname from shop_table t join pg_index i on i.indrelid = t.oid join pg_class ic on ic.oid = i.indexrelid
   where t.class = 'tenant' and i.indisunique and not i.indisprimary
     and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnum = any (i.indkey))
  union all
  select t.name, 'natural primary key without the tenant' from shop_table t join pg_index i on i.indrelid = t.oid and i.indisprimary left join tenancy.table_class k on k.table_name = t.name
   where t.class = 'tenant' and (k.natural_key is not null or i.indnatts > 1) and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnum = any (i.indkey))
  union all
  select t.name, 'foreign key without the tenant: ' || k.conname from shop_table t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
   where t.class = 'tenant' and tenancy.class_of(k.confrelid::regclass) = 'tenant'
     and not exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnum = any (k.conkey))
  union all
  select t.name, 'display_id counts over the whole platform' from shop_table t join pg_attrdef d on d.adrelid = t.oid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.adnum
   where t.class = 'tenant' and a.attname = 'display_id' and pg_get_expr(d.adbin, d.adrelid) like 'nextval%'
  union all
  select c.relname::text, 'a view that does not run with the rights of its reader' from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'public' and c.relkind in ('v', 'm') and not coalesce('security_invoker=true' = any (c.reloptions), false)
  union all
  select c.relname::text, 'tenancy bookkeeping without forced row-level security' from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'tenancy' and c.relname in ('tenant', 'tenant_host', 'tenant_plugin', 'tenant_credential', 'tenant_script', 'session', 'plugin_kill', 'plugin_setting', 'plugin_purge', 'plugin_purged_row', 'plugin_task') and not (c.relrowsecurity and c.relforcerowsecurity);

-- Column names of every unique index, without the tenant: Postgres hides them from a unique violation under row-level security.
create or replace view tenancy.unique_columns as
  select ic.relname::text as index_name,
         coalesce(array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) filter (where a.attname <> 'tenant_id'), '{}') as columns
  from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
  where i.indisunique and n.nspname = 'public' group by 1;
