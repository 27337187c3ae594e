import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125010000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "staff_member" ("id" text not null, "user_id" text not null, "merchant_id" text null, "role" text not null, "active" boolean not null default true, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "staff_member_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_staff_member_user_id_unique" on "staff_member" ("user_id") where deleted_at is null;`)
    this.addSql(`create table if not exists "staff_invitation" ("id" text not null, "token_hash" text not null, "role" text not null, "merchant_id" text null, "expires_at" timestamptz not null, "used_at" timestamptz null, "invited_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "staff_invitation_pkey" primary key ("id"));`)
    this.addSql(`create unique index if not exists "IDX_staff_invitation_token_hash_unique" on "staff_invitation" ("token_hash") where deleted_at is null;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "staff_invitation";`)
    this.addSql(`drop table if exists "staff_member";`)
  }
}
