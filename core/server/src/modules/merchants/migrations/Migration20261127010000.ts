import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261127010000 extends Migration {
  override up(): void {
    this.addSql(`alter table "merchant" add column if not exists "name_en" text null, add column if not exists "metadata" jsonb null;`)
  }

  override down(): void {
    this.addSql(`alter table "merchant" drop column if exists "name_en", drop column if exists "metadata";`)
  }
}
