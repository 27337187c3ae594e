import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261127020000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "audit_entry" ("id" text not null, "at" timestamptz not null, "actor" text not null, "action" text not null, "facts" jsonb not null default '{}', "refused" boolean not null default false, ${TIMES}, constraint "audit_entry_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_audit_entry_at" on "audit_entry" ("at");`)
    this.addSql(`create index if not exists "IDX_audit_entry_actor_at" on "audit_entry" ("actor", "at");`)
    this.addSql(`create or replace function audit_entry_stays() returns trigger language plpgsql as $$ begin raise exception 'an audit entry is never changed' using errcode = '42501'; end $$;`)
    this.addSql(`create or replace trigger audit_entry_stays before update or delete on "audit_entry" for each row execute function audit_entry_stays();`)
  }

  override down(): void {
    this.addSql(`drop table if exists "audit_entry";`)
    this.addSql(`drop function if exists audit_entry_stays;`)
  }
}
