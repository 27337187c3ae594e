import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261128070000 extends Migration {
  override up(): void {
    this.addSql(`alter table "group_buy_campaign" add column if not exists "repeats" text not null default 'none' check ("repeats" in ('none', 'daily', 'weekly')), add column if not exists "previous_id" text null;`)
    this.addSql(`create unique index if not exists "IDX_group_buy_campaign_previous_unique" on "group_buy_campaign" ("previous_id") where "previous_id" is not null;`)
  }

  override down(): void {
    this.addSql(`alter table "group_buy_campaign" drop column if exists "previous_id", drop column if exists "repeats";`)
  }
}
