import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261126190000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "notice" ("id" text not null, "customer_id" text not null, "kind" text not null, "cause" text not null, "order_id" text not null, "after_sale_id" text null, "title" text not null, "amount" bigint null, "reason" text null, "read_at" timestamptz null, ${TIMES}, constraint "notice_pkey" primary key ("id"), constraint "notice_amount_check" check ("amount" > 0));`)
    this.addSql(`create unique index if not exists "IDX_notice_kind_cause_unique" on "notice" ("kind", "cause");`)
    this.addSql(`create index if not exists "IDX_notice_customer_id_created_at" on "notice" ("customer_id", "created_at");`)
    this.addSql(`create index if not exists "IDX_notice_customer_id_unread" on "notice" ("customer_id") where read_at is null;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "notice";`)
  }
}
