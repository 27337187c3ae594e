import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`

export class Migration20261126030000 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists "pick_up_point" ("id" text not null, "code" text null, "seed_digest" text null, "name" jsonb not null, "address" jsonb not null, "opening_hours" jsonb not null, "province" text not null, "city" text not null, "district" text not null, "latitude" double precision not null, "longitude" double precision not null, "phone" text null, "open" boolean not null default true, ${TIMES}, constraint "pick_up_point_pkey" primary key ("id"), constraint "pick_up_point_place_check" check ("latitude" between -90 and 90 and "longitude" between -180 and 180));`)
    this.addSql(`create unique index if not exists "IDX_pick_up_point_code_unique" on "pick_up_point" ("code");`)
    this.addSql(`create table if not exists "delivery_slot" ("id" text not null, "code" text null, "seed_digest" text null, "weekdays" text not null default '1234567', "from_minute" integer not null default 0, "to_minute" integer not null default 1440, "capacity" integer not null, "cut_off_minutes" integer not null default 0, "open" boolean not null default true, ${TIMES}, constraint "delivery_slot_pkey" primary key ("id"), constraint "delivery_slot_weekdays_check" check ("weekdays" ~ '^[1-7]{1,7}$'), constraint "delivery_slot_time_check" check ("from_minute" >= 0 and "from_minute" < "to_minute" and "to_minute" <= 1440), constraint "delivery_slot_capacity_check" check ("capacity" > 0 and "cut_off_minutes" >= 0));`)
    this.addSql(`create unique index if not exists "IDX_delivery_slot_code_unique" on "delivery_slot" ("code");`)
    this.addSql(`create table if not exists "order_delivery" ("id" text not null, "cart_id" text not null, "kind" text not null, "pick_up_point_id" text null, "delivery_slot_id" text null, "day" text null, "point" jsonb null, "starts_at" timestamptz null, "ends_at" timestamptz null, ${TIMES}, constraint "order_delivery_pkey" primary key ("id"), constraint "order_delivery_kind_check" check ("kind" in ('pick_up', 'delivery')));`)
    this.addSql(`create unique index if not exists "IDX_order_delivery_cart_id_unique" on "order_delivery" ("cart_id");`)
    this.addSql(`create index if not exists "IDX_order_delivery_delivery_slot_id_day" on "order_delivery" ("delivery_slot_id", "day");`)
    this.addSql(`alter table if exists "order_delivery" add constraint "order_delivery_pick_up_point_id_foreign" foreign key ("pick_up_point_id") references "pick_up_point" ("id") on update cascade on delete restrict;`)
    this.addSql(`alter table if exists "order_delivery" add constraint "order_delivery_delivery_slot_id_foreign" foreign key ("delivery_slot_id") references "delivery_slot" ("id") on update cascade on delete restrict;`)
  }

  override down(): void {
    for (const table of ["order_delivery", "delivery_slot", "pick_up_point"]) this.addSql(`drop table if exists "${table}";`)
  }
}
