import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`
const CHECKS = [
  `constraint "after_sale_kind_check" check ("kind" in ('refund', 'return', 'exchange'))`,
  `constraint "after_sale_state_check" check ("state" in ('asked', 'approved', 'sent_back', 'received', 'done', 'refused', 'withdrawn'))`,
  `constraint "after_sale_quantity_check" check ("quantity" > 0)`,
  `constraint "after_sale_amounts_check" check ("asked_amount" >= 0 and coalesce("approved_amount", 0) between 0 and "asked_amount" and "refunded_amount" between 0 and coalesce("approved_amount", 0))`,
].join(", ")

export class Migration20261126040000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "after_sale" ("id" text not null, "order_id" text not null, "parcel_id" text not null, "line_item_id" text not null, "merchant_key" text not null default '', "customer_id" text null, "kind" text not null, "quantity" integer not null, "reason" text not null, "text" text not null default '', "picture_count" integer not null default 0, "state" text not null default 'asked', "asked_amount" bigint not null, "approved_amount" bigint null, "refunded_amount" bigint not null default 0, "currency_code" text not null, "lowered_reason" text null, "refusal_reason" text null, "return_to" text null, "carrier" text null, "tracking_number" text null, "restocked" boolean not null default false, "approved_at" timestamptz null, "sent_at" timestamptz null, "received_at" timestamptz null, "closed_at" timestamptz null, "handled_by" text null, ${TIMES}, constraint "after_sale_pkey" primary key ("id"), ${CHECKS});`)
    this.addSql(`create unique index if not exists "IDX_after_sale_open_line_unique" on "after_sale" ("line_item_id") where state in ('asked', 'approved', 'sent_back', 'received');`)
    this.addSql(`create index if not exists "IDX_after_sale_line_item_id" on "after_sale" ("line_item_id");`)
    this.addSql(`create index if not exists "IDX_after_sale_order_id" on "after_sale" ("order_id");`)
    this.addSql(`create index if not exists "IDX_after_sale_customer_id_created_at" on "after_sale" ("customer_id", "created_at");`)
    this.addSql(`create index if not exists "IDX_after_sale_state_created_at" on "after_sale" ("state", "created_at");`)
    this.addSql(`create table if not exists "after_sale_picture" ("id" text not null, "order_id" text not null, "after_sale_id" text null, "position" integer not null default 0, "file_key" text not null, "url" text not null, "width" integer not null, "height" integer not null, ${TIMES}, constraint "after_sale_picture_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_after_sale_picture_after_sale_id" on "after_sale_picture" ("after_sale_id");`)
    this.addSql(`create index if not exists "IDX_after_sale_picture_order_id_created_at" on "after_sale_picture" ("order_id", "created_at");`)
    this.addSql(`alter table if exists "after_sale_picture" add constraint "after_sale_picture_after_sale_id_foreign" foreign key ("after_sale_id") references "after_sale" ("id") on update cascade on delete cascade;`)
  }

  override down(): void {
    for (const table of ["after_sale_picture", "after_sale"]) this.addSql(`drop table if exists "${table}";`)
  }
}
