import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126191000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "member_password" ("id" text not null, "auth_identity_id" text not null, "hash" text not null, "changed_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "member_password_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_member_password_auth_identity_id_unique" on "member_password" ("auth_identity_id");`)
  }

  override down(): void {
    this.addSql(`drop table if exists "member_password";`)
  }
}
