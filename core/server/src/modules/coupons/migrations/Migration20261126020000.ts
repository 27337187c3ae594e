import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261126020000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "coupon_choice" ("id" text not null, "cart_id" text not null, "code" text not null, ${TIMES}, constraint "coupon_choice_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_coupon_choice_cart_id_unique" on "coupon_choice" ("cart_id");`)
    this.addSql(`create table if not exists "coupon_miss" ("id" text not null, "client_key" text not null, "cart_key" text null, "missed_at" timestamptz not null, ${TIMES}, constraint "coupon_miss_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_coupon_miss_client_key_missed_at" on "coupon_miss" ("client_key", "missed_at");`)
    this.addSql(`create index if not exists "IDX_coupon_miss_cart_key_missed_at" on "coupon_miss" ("cart_key", "missed_at");`)
  }

  override down(): void {
    for (const table of ["coupon_miss", "coupon_choice"]) this.addSql(`drop table if exists "${table}";`)
  }
}
