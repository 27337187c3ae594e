import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261126190500 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "guess" ("id" text not null, "kind" text not null, "client_key" text not null, "subject_key" text null, "missed_at" timestamptz not null, ${TIMES}, constraint "guess_pkey" primary key ("id"));`)
    this.addSql(`create index if not exists "IDX_guess_client_key_missed_at" on "guess" ("client_key", "missed_at");`)
    this.addSql(`create index if not exists "IDX_guess_subject_key_missed_at" on "guess" ("subject_key", "missed_at");`)
  }

  override down(): void {
    this.addSql(`drop table if exists "guess";`)
  }
}
