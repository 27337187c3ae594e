import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125000000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "storefront_page" ("id" text not null, "theme" text not null, "kind" text not null, "handle" text not null, "title" jsonb null, "draft" jsonb null, "draft_theme_version" text null, "draft_by" text null, "version" integer not null default 0, "preview_token" text not null, "published_number" integer null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "storefront_page_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_storefront_page_theme_kind_handle_unique" on "storefront_page" ("theme", "kind", "handle") where deleted_at is null;`)
    this.addSql(`create table if not exists "storefront_page_revision" ("id" text not null, "number" integer not null, "document" jsonb not null, "theme_version" text not null, "published_by" text null, "page_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "storefront_page_revision_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_storefront_page_revision_page_id_number_unique" on "storefront_page_revision" ("page_id", "number") where deleted_at is null;`)
    this.addSql(`alter table if exists "storefront_page_revision" add constraint "storefront_page_revision_page_id_foreign" foreign key ("page_id") references "storefront_page" ("id") on update cascade on delete cascade;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "storefront_page_revision";`)
    this.addSql(`drop table if exists "storefront_page";`)
  }
}
