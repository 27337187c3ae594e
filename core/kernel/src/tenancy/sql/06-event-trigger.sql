-- Protects what a plugin's migration creates later, in the same transaction. Needs a superuser; elsewhere `fangshi migrate` protects afterwards.
create or replace function tenancy.on_ddl() returns event_trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare r record;
begin
  if current_setting('tenancy.busy', true) = '1' then return; end if;
  perform set_config('tenancy.busy', '1', true);
  for r in select distinct case when c.command_tag = 'CREATE INDEX' then i.indrelid else c.objid end as rel
           from pg_event_trigger_ddl_commands() c left join pg_index i on i.indexrelid = c.objid
           where c.command_tag in ('CREATE TABLE', 'CREATE TABLE AS', 'CREATE INDEX', 'ALTER TABLE') loop
    if exists (select 1 from pg_class k join pg_namespace n on n.oid = k.relnamespace where k.oid = r.rel and n.nspname = 'public' and k.relkind in ('r', 'p')) then
      perform tenancy.protect(r.rel::regclass);
    end if;
  end loop;
  perform set_config('tenancy.busy', '0', true);
end $$;
drop event trigger if exists tenancy_ddl;
create event trigger tenancy_ddl on ddl_command_end when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'CREATE INDEX', 'ALTER TABLE') execute function tenancy.on_ddl();
