-- A new shop is the blueprint's rows under new ids, written in one transaction: it exists whole or not at all.

-- The order in which rows can be written: parents before children.
create or replace function tenancy.tables_parents_first() returns table (table_name text, depth int) language sql stable as $$
  with recursive t as (
    select c.oid, c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and tenancy.class_of(c.oid::regclass) = 'tenant'
  ), edge as (
    select distinct conrelid child, confrelid parent from pg_constraint where contype = 'f' and conrelid <> confrelid
  ), walk as (
    select t.oid, t.name, 0 as depth from t
    union
    select t.oid, t.name, w.depth + 1 from walk w join edge e on e.parent = w.oid join t on t.oid = e.child where w.depth < 40
  )
  select name, max(walk.depth) from walk group by name order by 2, 1 $$;

-- Keeps the rows of tenant __blueprint__ as a text with placeholders, then removes them. Owner only.
create or replace function tenancy.capture_blueprint(p_version text) returns int language plpgsql set search_path = public, tenancy, pg_temp as $$
declare
  r record; doc text; cols text; n int := 0; pos int := 0; m record;
begin
  create temp table id_map (old text primary key, new text not null) on commit drop;
  for r in select table_name from tenancy.tables_parents_first() loop
    if exists (select 1 from pg_attribute where attrelid = format('public.%I', r.table_name)::regclass and attname = 'id' and not attisdropped) then
      execute format($f$insert into id_map select id, '' from public.%I where tenant_id = '__blueprint__' and id ~ '(^|_)[0-9A-HJKMNP-TV-Z]{26}$' on conflict do nothing$f$, r.table_name);
    end if;
  end loop;
  -- Same prefix, the tenant's own token, and a number of four base-36 digits: as long as Medusa's own ids.
  update id_map set new = regexp_replace(old, '[^_]*$', '') || '@@T@@' || lpad(upper(to_hex(s.n)), 4, '0')
    from (select old o, row_number() over (order by old) n from id_map) s where s.o = id_map.old;

  delete from tenancy.blueprint;
  for r in select table_name from tenancy.tables_parents_first() loop
    execute format($f$select jsonb_agg(to_jsonb(x) - 'tenant_id' || case when to_jsonb(x) ? 'created_at' then '{"created_at": "@@NOW@@", "updated_at": "@@NOW@@"}'::jsonb else '{}'::jsonb end)::text from public.%I x where tenant_id = '__blueprint__'$f$, r.table_name) into doc;
    continue when doc is null;
    for m in select old, new from id_map where position(old in doc) > 0 loop
      doc := replace(doc, m.old, m.new);
    end loop;
    select string_agg(quote_ident(attname), ', ' order by attnum) into cols from pg_attribute
     where attrelid = format('public.%I', r.table_name)::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname not in ('tenant_id', 'display_id');
    pos := pos + 1;
    insert into tenancy.blueprint (position, table_name, columns, rows) values (pos, r.table_name, cols, doc);
    n := n + 1;
  end loop;
  for r in select table_name from tenancy.tables_parents_first() order by depth desc loop
    execute format($f$delete from public.%I where tenant_id = '__blueprint__'$f$, r.table_name);
  end loop;
  insert into tenancy.blueprint_version (version) values (p_version) on conflict (only_one) do update set version = excluded.version;
  return n;
end $$;

-- Writes a tenant and its first rows. p_values replaces further placeholders (@@KEY@@ …). Run again after it succeeded, it changes nothing.
-- Errors: 23505 on tenant_host_pkey when a host is taken; 42501 outside the platform's context.
create or replace function tenancy.provision(p_id text, p_manifest jsonb, p_hosts text[], p_publishable_key text, p_token text, p_values jsonb, p_scripts text[]) returns boolean
language plpgsql security definer set search_path = public, tenancy, pg_temp as $$
declare
  r record; doc text; v record; state text;
begin
  if current_setting('app.tenant_id', true) is distinct from '__platform__' then
    raise exception 'tenancy: only the platform provisions tenants' using errcode = '42501';
  end if;
  insert into tenancy.tenant (id, manifest, publishable_key) values (p_id, p_manifest, p_publishable_key) on conflict (id) do nothing;
  select status into state from tenancy.tenant where id = p_id for update;
  if state <> 'provisioning' then
    return false;
  end if;
  update tenancy.tenant set manifest = p_manifest, publishable_key = p_publishable_key where id = p_id;
  delete from tenancy.tenant_host where tenant_id = p_id;
  insert into tenancy.tenant_host (host, tenant_id, position) select h, p_id, n from unnest(p_hosts) with ordinality u(h, n);
  insert into tenancy.tenant_script (tenant_id, script) select p_id, s from unnest(p_scripts) s on conflict do nothing;

  perform set_config('app.tenant_id', p_id, true);
  for r in select * from tenancy.blueprint order by position loop
    doc := replace(r.rows, '@@T@@', p_token);
    for v in select key, value from jsonb_each_text(p_values) loop
      -- to_jsonb(...)::text escapes what JSON must escape; the quotes around it are the document's own.
      doc := replace(doc, '@@' || v.key || '@@', substring(to_jsonb(v.value)::text from 2 for length(to_jsonb(v.value)::text) - 2));
    end loop;
    execute format('insert into public.%I (%s) select %s from jsonb_populate_recordset(null::public.%I, $1)', r.table_name, r.columns, r.columns, r.table_name) using doc::jsonb;
  end loop;
  perform set_config('app.tenant_id', '__platform__', true);
  update tenancy.tenant set status = 'active', updated_at = now() where id = p_id;
  return true;
end $$;

revoke all on function tenancy.provision(text, jsonb, text[], text, text, jsonb, text[]) from public;
revoke all on function tenancy.capture_blueprint(text) from public;
revoke all on function tenancy.next_number(text) from public;
