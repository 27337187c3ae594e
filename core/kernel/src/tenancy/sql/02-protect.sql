-- Turns a table into a tenant table. Idempotent; called for every table after a migration and by the event trigger.

-- display_id and its like: a sequence per tenant instead of one for the platform, so that a shop cannot count its neighbour's orders.
create or replace function tenancy.next_number(p_name text) returns bigint
language plpgsql volatile security definer set search_path = tenancy, pg_temp as $$
declare
  tenant text := current_setting('app.tenant_id', true);
  seq text;
begin
  if coalesce(tenant, '') = '' then
    raise exception 'tenancy: a number was asked for without a tenant' using errcode = '42501';
  end if;
  seq := left(format('n_%s_%s', tenant, p_name), 63);
  if to_regclass(format('tenancy.%I', seq)) is null then
    begin
      execute format('create sequence if not exists tenancy.%I', seq);
    exception when unique_violation then null; -- another transaction has just made it
    end;
  end if;
  return nextval(format('tenancy.%I', seq)::regclass);
end $$;

create or replace function tenancy.class_of(t regclass) returns text language sql stable as $$
  select coalesce((select k.class from tenancy.table_class k join pg_class c on c.relname = k.table_name where c.oid = t), 'tenant') $$;

create or replace function tenancy.add_column(t regclass) returns void language plpgsql as $$
begin
  if not exists (select 1 from pg_attribute where attrelid = t and attname = 'tenant_id' and not attisdropped) then
    -- The constant default fills existing rows without rewriting the table; they are the platform's.
    execute format($f$alter table %s add column tenant_id text not null default '__platform__'$f$, t);
  end if;
  execute format($f$alter table %s alter column tenant_id set default current_setting('app.tenant_id', true)$f$, t);
  execute format($f$alter table %s alter column tenant_id set not null$f$, t);
  if not exists (select 1 from pg_constraint where conrelid = t and conname = 'tenant_id_set') then
    execute format($f$alter table %s add constraint tenant_id_set check (tenant_id <> '')$f$, t);
  end if;
end $$;

create or replace function tenancy.scope_keys(t regclass) returns void language plpgsql as $$
declare r record; natural_cols text[]; name text;
begin
  select relname into name from pg_class where oid = t;
  select natural_key into natural_cols from tenancy.table_class where table_name = name;
  -- A key of several columns (links, pivots) is made of ids that a client may name: without the tenant a shop's upsert would collide with its neighbour's row, and so learn of it.
  if natural_cols is null then
    select array_agg(a.attname::text order by n) into natural_cols from pg_constraint k, unnest(k.conkey) with ordinality u(num, n) join pg_attribute a on a.attnum = u.num and a.attrelid = t
     where k.conrelid = t and k.contype = 'p' having count(*) > 1;
  end if;

  if natural_cols is not null then
    select conname, pg_get_constraintdef(oid) def into r from pg_constraint where conrelid = t and contype = 'p';
    if r.conname is not null and r.def not like '%tenant_id%' then
      execute format('alter table %s drop constraint %I cascade', t, r.conname);
      execute format('alter table %s add constraint %I primary key (tenant_id, %s)', t, r.conname, (select string_agg(quote_ident(x), ', ') from unnest(natural_cols) x));
    end if;
  end if;

  for r in select conname, pg_get_constraintdef(oid) def from pg_constraint
           where conrelid = t and contype = 'u' and pg_get_constraintdef(oid) not like '%tenant_id%' loop
    execute format('alter table %s drop constraint %I', t, r.conname);
    execute format('alter table %s add constraint %I %s', t, r.conname, regexp_replace(r.def, '^UNIQUE( NULLS NOT DISTINCT)? \(', 'UNIQUE\1 (tenant_id, '));
  end loop;

  -- The name stays, so that a later "create unique index if not exists" of Medusa remains a no-op.
  for r in select i.indexrelid::regclass::text idx, pg_get_indexdef(i.indexrelid) def
           from pg_index i
           where i.indrelid = t and i.indisunique and not i.indisprimary
             and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
             and not exists (select 1 from pg_attribute a where a.attrelid = t and a.attname = 'tenant_id' and a.attnum = any (i.indkey)) loop
    execute format('drop index %s', r.idx);
    execute regexp_replace(r.def, '(USING \w+) \(', '\1 (tenant_id, ');
  end loop;
end $$;

-- Every statement's condition on the tenant needs an index, but one is enough: each more is opened and weighed whenever a statement is planned.
create or replace function tenancy.index_tenant(t regclass) returns void language plpgsql as $$
declare name text; own text;
begin
  select relname into name from pg_class where oid = t;
  own := left('TEN_' || name, 63);
  if exists (select 1 from pg_index i join pg_class c on c.oid = i.indexrelid join pg_attribute a on a.attrelid = t and a.attnum = i.indkey[0]
             where i.indrelid = t and i.indpred is null and a.attname = 'tenant_id' and c.relname <> own) then
    execute format('drop index if exists public.%I', own);
  else
    execute format('create index if not exists %I on %s (tenant_id)', own, t);
  end if;
end $$;

-- What a foreign key points at must be unique together with the tenant.
create or replace function tenancy.unique_with_tenant(t regclass, cols text[]) returns void language plpgsql as $$
declare name text; wanted smallint[];
begin
  select relname into name from pg_class where oid = t;
  select array_agg(attnum order by attnum) into wanted from pg_attribute where attrelid = t and attname = any (array['tenant_id'] || cols);
  if not exists (select 1 from pg_index i where i.indrelid = t and i.indisunique and i.indpred is null
                 and (select array_agg(k order by k) from unnest(i.indkey::smallint[]) k) = wanted) then
    execute format('create unique index if not exists %I on %s (tenant_id, %s)', left('TENU_' || name || '_' || array_to_string(cols, '_'), 63), t,
                   (select string_agg(quote_ident(c), ', ') from unnest(cols) c));
  end if;
end $$;

-- Foreign-key checks bypass row-level security, so the key itself has to carry the tenant.
create or replace function tenancy.scope_foreign_keys(t regclass) returns void language plpgsql as $$
declare
  r record; own text[]; theirs text[]; action text;
begin
  for r in select k.oid, k.conname, k.conrelid::regclass child, k.confrelid::regclass parent, k.conkey, k.confkey, k.confupdtype, k.confdeltype, k.condeferrable, k.condeferred
           from pg_constraint k
           where k.contype = 'f' and (k.conrelid = t or k.confrelid = t)
             and tenancy.class_of(k.conrelid) = 'tenant' and tenancy.class_of(k.confrelid) = 'tenant'
             and exists (select 1 from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'tenant_id' and not a.attisdropped)
             and exists (select 1 from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'tenant_id' and not a.attisdropped)
             and not exists (select 1 from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'tenant_id' and a.attnum = any (k.conkey)) loop
    select array_agg(a.attname::text order by n) into own from unnest(r.conkey) with ordinality u(num, n) join pg_attribute a on a.attrelid = r.child and a.attnum = u.num;
    select array_agg(a.attname::text order by n) into theirs from unnest(r.confkey) with ordinality u(num, n) join pg_attribute a on a.attrelid = r.parent and a.attnum = u.num;
    perform tenancy.unique_with_tenant(r.parent, theirs);
    action := case r.confdeltype when 'c' then ' on delete cascade' when 'r' then ' on delete restrict'
                                 when 'n' then format(' on delete set null (%s)', (select string_agg(quote_ident(c), ', ') from unnest(own) c))
                                 when 'd' then format(' on delete set default (%s)', (select string_agg(quote_ident(c), ', ') from unnest(own) c)) else '' end
           || case r.confupdtype when 'c' then ' on update cascade' when 'r' then ' on update restrict' else '' end
           || case when r.condeferrable then ' deferrable' else '' end || case when r.condeferred then ' initially deferred' else '' end;
    execute format('alter table %s drop constraint %I', r.child, r.conname);
    execute format('alter table %s add constraint %I foreign key (tenant_id, %s) references %s (tenant_id, %s)%s', r.child, r.conname,
                   (select string_agg(quote_ident(c), ', ') from unnest(own) c), r.parent, (select string_agg(quote_ident(c), ', ') from unnest(theirs) c), action);
  end loop;
end $$;

create or replace function tenancy.scope_numbers(t regclass) returns void language plpgsql as $$
declare r record; name text;
begin
  select relname into name from pg_class where oid = t;
  for r in select a.attname from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           where a.attrelid = t and a.attname = 'display_id' and pg_get_expr(d.adbin, d.adrelid) like 'nextval%' loop
    execute format('alter table %s alter column %I set default tenancy.next_number(%L)', t, r.attname, name || '_' || r.attname);
  end loop;
end $$;

create or replace function tenancy.enforce(t regclass, app_role text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('drop policy if exists tenant_isolation on %s', t);
  execute format('drop policy if exists shared_read on %s', t);
  execute format('drop policy if exists platform_write on %s', t);
  if tenancy.class_of(t) = 'shared' then
    execute format($p$create policy shared_read on %s for select using (current_setting('app.tenant_id', true) <> '')$p$, t);
    execute format($p$create policy platform_write on %s for all using (current_setting('app.tenant_id', true) = '__platform__') with check (current_setting('app.tenant_id', true) = '__platform__')$p$, t);
  else
    execute format($p$create policy tenant_isolation on %s for all using (tenant_id = current_setting('app.tenant_id', true)) with check (tenant_id = current_setting('app.tenant_id', true))$p$, t);
  end if;
  execute format('grant select, insert, update, delete on %s to %I', t, app_role);
end $$;

create or replace function tenancy.app_role() returns text language sql immutable as $$ select 'fangshi_app'::text $$;

create or replace function tenancy.protect(t regclass) returns void language plpgsql as $$
declare role text := tenancy.app_role();
begin
  if tenancy.class_of(t) = 'bookkeeping' then
    execute format('grant select on %s to %I', t, role);
    return;
  end if;
  if tenancy.class_of(t) = 'tenant' then
    perform tenancy.add_column(t);
    perform tenancy.scope_keys(t);
    perform tenancy.scope_foreign_keys(t);
    perform tenancy.index_tenant(t);
    perform tenancy.scope_numbers(t);
  end if;
  perform tenancy.enforce(t, role);
end $$;

create or replace function tenancy.protect_all() returns int language plpgsql as $$
declare r record; n int := 0;
begin
  perform set_config('tenancy.busy', '1', true);
  for r in select c.oid::regclass t from pg_class c join pg_namespace s on s.oid = c.relnamespace
           where s.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition loop
    perform tenancy.protect(r.t);
    n := n + 1;
  end loop;
  -- Again, because a foreign key may have given an earlier table such an index.
  for r in select c.oid::regclass t from pg_class c join pg_namespace s on s.oid = c.relnamespace
           where s.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and tenancy.class_of(c.oid::regclass) = 'tenant' loop
    perform tenancy.index_tenant(r.t);
  end loop;
  execute format('grant usage on schema public, tenancy to %I', tenancy.app_role());
  execute format('grant usage on all sequences in schema public to %I', tenancy.app_role());
  execute format('revoke all on all tables in schema tenancy from %I', tenancy.app_role());
  execute format('grant select, insert, update, delete on tenancy.tenant, tenancy.tenant_host, tenancy.tenant_plugin, tenancy.tenant_credential, tenancy.tenant_script, tenancy.session, tenancy.plugin_kill, tenancy.plugin_setting, tenancy.plugin_purge, tenancy.plugin_purged_row, tenancy.plugin_task, tenancy.support_notice to %I', tenancy.app_role());
  execute format('grant select on tenancy.table_class, tenancy.problems, tenancy.unique_columns, tenancy.blueprint_version to %I', tenancy.app_role());
  perform set_config('tenancy.busy', '0', true);
  return n;
end $$;
