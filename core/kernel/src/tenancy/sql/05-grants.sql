grant execute on function tenancy.provision(text, jsonb, text[], text, text, jsonb, text[]) to fangshi_app;
grant execute on function tenancy.next_number(text) to fangshi_app;
alter default privileges in schema public revoke truncate on tables from fangshi_app;
select tenancy.protect_all();
