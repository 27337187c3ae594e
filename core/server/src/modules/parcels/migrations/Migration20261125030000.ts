import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261125030000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "parcel" ("id" text not null, "order_id" text not null, "merchant_key" text not null default '', "state" text not null default 'new', "pick_up_code" text not null, "goods_amount" bigint not null, "refunded_amount" bigint not null default 0, "currency_code" text not null, "pieces" integer not null default 0, "fulfillment_ids" jsonb not null default '[]', "refusal_reason" text null, "ordered_at" timestamptz not null, "accepted_at" timestamptz null, "packed_at" timestamptz null, "closed_at" timestamptz null, "handled_by" text null, ${TIMES}, constraint "parcel_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_parcel_order_id_merchant_key_unique" on "parcel" ("order_id", "merchant_key");`)
    this.addSql(`create unique index if not exists "IDX_parcel_open_code_unique" on "parcel" ("pick_up_code") where state in ('new', 'packing', 'ready');`)
    this.addSql(`create index if not exists "IDX_parcel_state_ordered_at" on "parcel" ("state", "ordered_at");`)
    this.addSql(`create index if not exists "IDX_parcel_ordered_at" on "parcel" ("ordered_at");`)
    this.addSql(`create table if not exists "parcel_line" ("id" text not null, "parcel_id" text not null, "line_item_id" text not null, "quantity" integer not null, "goods_amount" bigint not null, ${TIMES}, constraint "parcel_line_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_parcel_line_line_item_id_unique" on "parcel_line" ("line_item_id");`)
    this.addSql(`create index if not exists "IDX_parcel_line_parcel_id" on "parcel_line" ("parcel_id");`)
    this.addSql(`alter table if exists "parcel_line" add constraint "parcel_line_parcel_id_foreign" foreign key ("parcel_id") references "parcel" ("id") on update cascade on delete cascade;`)
    this.addSql(`create table if not exists "parcel_miss" ("id" text not null, "user_id" text not null, "missed_at" timestamptz not null, ${TIMES}, constraint "parcel_miss_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_parcel_miss_user_id_missed_at" on "parcel_miss" ("user_id", "missed_at");`)
    this.addSql(`create table if not exists "parcel_refund" ("id" text not null, "parcel_id" text not null, "idempotency_key" text not null, "refund_amount" bigint not null, "currency_code" text not null, "refunded_by" text not null, ${TIMES}, constraint "parcel_refund_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_parcel_refund_parcel_id_idempotency_key_unique" on "parcel_refund" ("parcel_id", "idempotency_key");`)
    this.addSql(`alter table if exists "parcel_refund" add constraint "parcel_refund_parcel_id_foreign" foreign key ("parcel_id") references "parcel" ("id") on update cascade on delete cascade;`)
  }

  override down(): void {
    for (const table of ["parcel_refund", "parcel_miss", "parcel_line", "parcel"]) this.addSql(`drop table if exists "${table}";`)
  }
}
