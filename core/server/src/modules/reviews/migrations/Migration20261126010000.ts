import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261126010000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "review" ("id" text not null, "product_id" text not null, "order_id" text not null, "line_item_id" text not null, "merchant_key" text not null default '', "customer_id" text null, "author_name" text null, "stars" integer not null, "text" text not null default '', "picture_count" integer not null default 0, "state" text not null default 'shown', "hidden_reason" text null, "follow_up" text null, "followed_up_at" timestamptz null, "reply" text null, "replied_at" timestamptz null, "handled_by" text null, ${TIMES}, constraint "review_pkey" primary key ("id"), constraint "review_stars_check" check ("stars" between 1 and 5), constraint "review_state_check" check ("state" in ('shown', 'hidden')));`)
    this.addSql(`create unique index if not exists "IDX_review_line_item_id_unique" on "review" ("line_item_id");`)
    this.addSql(`create index if not exists "IDX_review_product_id_created_at" on "review" ("product_id", "created_at") where state = 'shown';`)
    this.addSql(`create index if not exists "IDX_review_customer_id" on "review" ("customer_id");`)
    this.addSql(`create index if not exists "IDX_review_created_at" on "review" ("created_at");`)
    this.addSql(`create table if not exists "review_picture" ("id" text not null, "customer_id" text null, "review_id" text null, "position" integer not null default 0, "file_key" text not null, "url" text not null, "width" integer not null, "height" integer not null, ${TIMES}, constraint "review_picture_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_review_picture_review_id" on "review_picture" ("review_id");`)
    this.addSql(`create index if not exists "IDX_review_picture_customer_id_created_at" on "review_picture" ("customer_id", "created_at");`)
    this.addSql(`create table if not exists "review_report" ("id" text not null, "review_id" text not null, "customer_id" text not null, "reason" text not null, "note" text null, "settled_at" timestamptz null, ${TIMES}, constraint "review_report_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_review_report_review_id_customer_id_unique" on "review_report" ("review_id", "customer_id");`)
    this.addSql(`create index if not exists "IDX_review_report_customer_id_created_at" on "review_report" ("customer_id", "created_at");`)
    this.addSql(`alter table if exists "review_picture" add constraint "review_picture_review_id_foreign" foreign key ("review_id") references "review" ("id") on update cascade on delete cascade;`)
    this.addSql(`alter table if exists "review_report" add constraint "review_report_review_id_foreign" foreign key ("review_id") references "review" ("id") on update cascade on delete cascade;`)
  }

  override down(): void {
    for (const table of ["review_report", "review_picture", "review"]) this.addSql(`drop table if exists "${table}";`)
  }
}
