import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`
const KEY = `"id" text not null, "plugin" text not null, "key" text not null`
const TABLES = ["plugin_payment", "plugin_refund", "plugin_order", "plugin_stock", "plugin_posting"]

export class Migration20261127030000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "plugin_payment" (${KEY}, "customer_id" text not null, "amount" bigint not null, "currency_code" text not null, "provider_id" text not null, "payment_collection_id" text null, "payment_session_id" text null, "refunded_amount" bigint not null default 0, "released_at" timestamptz null, ${TIMES}, constraint "plugin_payment_pkey" primary key ("id"), constraint "plugin_payment_amount_check" check ("amount" > 0), constraint "plugin_payment_refunded_amount_check" check ("refunded_amount" between 0 and "amount"));`)
    this.addSql(`create index if not exists "IDX_plugin_payment_payment_collection_id" on "plugin_payment" ("payment_collection_id");`)
    this.addSql(`create table if not exists "plugin_refund" (${KEY}, "plugin_payment_id" text not null, "refund_amount" bigint not null, ${TIMES}, constraint "plugin_refund_pkey" primary key ("id"), constraint "plugin_refund_refund_amount_check" check ("refund_amount" > 0));`)
    this.addSql(`create index if not exists "IDX_plugin_refund_plugin_payment_id" on "plugin_refund" ("plugin_payment_id");`)
    this.addSql(`create table if not exists "plugin_order" (${KEY}, "order_id" text not null, "plugin_payment_id" text not null, ${TIMES}, constraint "plugin_order_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_plugin_order_plugin_payment_id_unique" on "plugin_order" ("plugin_payment_id");`)
    this.addSql(`create unique index if not exists "IDX_plugin_order_order_id_unique" on "plugin_order" ("order_id");`)
    this.addSql(`create table if not exists "plugin_stock" (${KEY}, "variant_id" text not null, "asked_quantity" integer not null, "quantity" integer not null, ${TIMES}, constraint "plugin_stock_pkey" primary key ("id"), constraint "plugin_stock_quantity_check" check ("quantity" between 0 and "asked_quantity"));`)
    this.addSql(`create or replace function plugin_posting_is_balanced(entries jsonb) returns boolean language sql immutable as $$ select coalesce(sum((e->>'debit_amount')::bigint) = sum((e->>'credit_amount')::bigint) and sum((e->>'debit_amount')::bigint) > 0 and min((e->>'debit_amount')::bigint) >= 0 and min((e->>'credit_amount')::bigint) >= 0, false) from jsonb_array_elements(entries) e $$;`)
    this.addSql(`create table if not exists "plugin_posting" (${KEY}, "currency_code" text not null, "memo" jsonb not null, "entries" jsonb not null, "posted_at" timestamptz null, ${TIMES}, constraint "plugin_posting_pkey" primary key ("id"), constraint "plugin_posting_balanced_check" check (plugin_posting_is_balanced("entries")));`)
    this.addSql(`create index if not exists "IDX_plugin_posting_unposted" on "plugin_posting" ("created_at") where posted_at is null;`)
    for (const table of TABLES) this.addSql(`create unique index if not exists "IDX_${table}_plugin_key_unique" on "${table}" ("plugin", "key");`)
  }

  override down(): void {
    for (const table of TABLES) this.addSql(`drop table if exists "${table}";`)
    this.addSql(`drop function if exists plugin_posting_is_balanced;`)
  }
}
