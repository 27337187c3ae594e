import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125020000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "merchant" ("id" text not null, "name" text not null, "handle" text not null, "active" boolean not null default true, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "merchant_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_merchant_handle_unique" on "merchant" ("handle") where deleted_at is null;`)
    this.addSql(`create table if not exists "merchant_product" ("id" text not null, "product_id" text not null, "merchant_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "merchant_product_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_merchant_product_product_id_unique" on "merchant_product" ("product_id") where deleted_at is null;`)
    this.addSql(`create index if not exists "IDX_merchant_product_merchant_id" on "merchant_product" ("merchant_id") where deleted_at is null;`)
    this.addSql(`alter table if exists "merchant_product" add constraint "merchant_product_merchant_id_foreign" foreign key ("merchant_id") references "merchant" ("id") on update cascade on delete cascade;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "merchant_product";`)
    this.addSql(`drop table if exists "merchant";`)
  }
}
