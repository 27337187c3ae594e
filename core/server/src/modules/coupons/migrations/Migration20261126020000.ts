import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261126020000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "coupon_choice" ("id" text not null, "cart_id" text not null, "code" text not null, ${TIMES}, constraint "coupon_choice_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_coupon_choice_cart_id_unique" on "coupon_choice" ("cart_id");`)
  }

  override down(): void {
    this.addSql(`drop table if exists "coupon_choice";`)
  }
}
