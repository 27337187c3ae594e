import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261127040000 extends Migration {
  override up(): void {
    this.addSql(`alter table "notice" alter column "order_id" drop not null;`)
    this.addSql(`alter table "notice" add column if not exists "news" jsonb null;`)
    this.addSql(`create table if not exists "staff_notice" ("id" text not null, "source" text not null, "key" text not null, "news" jsonb not null, "read_at" timestamptz null, ${TIMES}, constraint "staff_notice_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_staff_notice_source_key_unique" on "staff_notice" ("source", "key");`)
    this.addSql(`create index if not exists "IDX_staff_notice_created_at" on "staff_notice" ("created_at");`)
  }

  override down(): void {
    this.addSql(`drop table if exists "staff_notice";`)
    this.addSql(`delete from "notice" where "order_id" is null;`)
    this.addSql(`alter table "notice" drop column if exists "news";`)
    this.addSql(`alter table "notice" alter column "order_id" set not null;`)
  }
}
