import { asOwner } from "../databases"

/** One digest per table of everything a tenant has. */
export async function checksums(ownerUrl: string, tenant: string): Promise<Record<string, string>> {
  const tables = await asOwner<{ name: string }>(
    ownerUrl,
    "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and tenancy.class_of(c.oid::regclass) = 'tenant' order by 1",
  )
  const union = tables.map(({ name }) => `select '${name}' as t, count(*) || ':' || coalesce(md5(string_agg(md5(x::text), '' order by md5(x::text))), '') as digest from public."${name}" x where tenant_id = $1`).join(" union all ")
  const rows = await asOwner<{ t: string; digest: string }>(ownerUrl, union, [tenant])
  return Object.fromEntries(rows.map((row) => [row.t, row.digest]))
}

/**
 * Gives the tenant one row in every table where it has none, so that no table is left untested. Texts carry the canary.
 * Written as the owner with foreign keys off: only the row's presence matters.
 */
export async function fillEmptyTables(ownerUrl: string, tenant: string, canary: string): Promise<void> {
  await asOwner(
    ownerUrl,
    `do $$ declare r record; cols text; vals text; begin
      perform set_config('app.tenant_id', '${tenant}', true);
      perform set_config('session_replication_role', 'replica', true);
      for r in select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and tenancy.class_of(c.oid::regclass) = 'tenant' loop
        continue when (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from public.%I where tenant_id = %L', r.relname, '${tenant}'), false, true, '')))[1]::text::int > 0;
        select string_agg(quote_ident(a.attname), ', '), string_agg(case
            when a.attname = 'id' then quote_literal(left(r.relname, 6) || '_' || md5('${tenant}' || r.relname))
            when t.typname in ('text', 'varchar') then coalesce((select quote_literal((regexp_match(pg_get_constraintdef(k.oid), '''([a-z_-]+)''::text'))[1]) from pg_constraint k where k.conrelid = r.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%ARRAY%' limit 1), quote_literal('${canary}-' || a.attname))
            when t.typname in ('int4', 'int8', 'numeric', 'float4', 'float8') then '1'
            when t.typname = 'bool' then 'false'
            when t.typname in ('timestamptz', 'date') then 'now()'
            when t.typname = 'jsonb' then quote_literal('{"value":"1","precision":20}')
            when t.typtype = 'e' then (select quote_literal(e.enumlabel) from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder limit 1)
            else 'null' end, ', ')
          into cols, vals from pg_attribute a join pg_type t on t.oid = a.atttypid
          where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attname not in ('tenant_id', 'deleted_at') and (a.attnotnull and not a.atthasdef or a.attname = 'id' or (t.typname = 'text' and a.attname ~ '(name|title|email|label|note|description|_id)$'));
        begin
          execute format('insert into public.%I (%s) values (%s)', r.relname, cols, vals);
        exception when others then raise notice '% %', r.relname, sqlerrm;
        end;
      end loop;
    end $$`,
  )
}
