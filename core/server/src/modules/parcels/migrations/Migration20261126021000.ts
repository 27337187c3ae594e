import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126021000 extends Migration {
  override up(): void {
    this.addSql(`alter table "parcel_line" add column if not exists "discount_amount" bigint not null default 0;`)
  }

  override down(): void {
    this.addSql(`alter table "parcel_line" drop column if exists "discount_amount";`)
  }
}
