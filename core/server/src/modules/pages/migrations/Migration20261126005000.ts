import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** What each revision took the place of: a step back returns to what was shown, which need not be the number before. */
export class Migration20261126005000 extends Migration {
  override up(): void {
    this.addSql(`alter table "storefront_page_revision" add column if not exists "replaced_number" integer null;`)
    this.addSql(`update "storefront_page_revision" r set replaced_number = (select max(e.number) from "storefront_page_revision" e where e.page_id = r.page_id and e.number < r.number);`)
  }

  override down(): void {
    this.addSql(`alter table "storefront_page_revision" drop column if exists "replaced_number";`)
  }
}
