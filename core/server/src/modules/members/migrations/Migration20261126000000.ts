import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126000000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "member_code" ("id" text not null, "purpose" text not null, "phone_key" text not null, "client_key" text not null, "code_hash" text not null, "tries" integer not null default 0, "expires_at" timestamptz not null, "used_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "member_code_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_member_code_phone_key_created_at" on "member_code" ("phone_key", "created_at");`)
    this.addSql(`create index if not exists "IDX_member_code_client_key_created_at" on "member_code" ("client_key", "created_at");`)
    this.addSql(`create table if not exists "member_favourite" ("id" text not null, "customer_id" text not null, "product_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "member_favourite_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_member_favourite_customer_id_product_id_unique" on "member_favourite" ("customer_id", "product_id") where deleted_at is null;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "member_favourite";`)
    this.addSql(`drop table if exists "member_code";`)
  }
}
