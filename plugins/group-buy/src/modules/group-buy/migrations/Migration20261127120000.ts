import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null`
const oneOf = (column: string, values: string[]) => `check ("${column}" in (${values.map((value) => `'${value}'`).join(", ")}))`

const TABLES: Record<string, string> = {
  campaign: `"id" text not null primary key, "kind" text not null ${oneOf("kind", ["community", "team"])}, "status" text not null default 'draft' ${oneOf("status", ["draft", "open", "succeeded", "failed", "closed", "refused"])},
    "title_zh" text not null check ("title_zh" <> ''), "title_en" text not null check ("title_en" <> ''), "description_zh" text null, "description_en" text null, "pictures" text not null default '[]',
    "opens_at" timestamptz not null, "closes_at" timestamptz not null, "arrives_at" timestamptz null, "decided_at" timestamptz null, "arrived_at" timestamptz null, "currency_code" text not null,
    "condition_by" text not null ${oneOf("condition_by", ["people", "pieces", "amount"])}, "condition_target" bigint not null check ("condition_target" > 0), "step_by" text not null ${oneOf("step_by", ["people", "pieces"])},
    "per_person_limit" int null check ("per_person_limit" > 0), "team_size" int null check ("team_size" > 1), "team_hours" int not null default 24 check ("team_hours" > 0), "hold_minutes" int not null default 15 check ("hold_minutes" > 0), "virtual_completion" boolean not null default false,
    "paid_people" bigint not null default 0 check ("paid_people" >= 0), "paid_pieces" bigint not null default 0 check ("paid_pieces" >= 0), "paid_amount" bigint not null default 0 check ("paid_amount" >= 0),
    check ("closes_at" >= "opens_at"), check (("kind" = 'team') = ("team_size" is not null))`,
  campaign_item: `"id" text not null primary key, "campaign_id" text not null, "product_id" text not null, "variant_id" text not null, "title_zh" text not null, "title_en" text not null, "sku" text null, "position" int not null check ("position" >= 0),
    "unit_price" bigint not null check ("unit_price" > 0), "stock" bigint not null check ("stock" > 0), "reserved" bigint not null default 0 check ("reserved" >= 0), "sold" bigint not null default 0 check ("sold" >= 0), constraint "group_buy_never_oversold" check ("reserved" + "sold" <= "stock")`,
  price_step: `"item_id" text not null, "from_count" bigint not null check ("from_count" > 0), "unit_price" bigint not null check ("unit_price" > 0), primary key ("item_id", "from_count")`,
  leader: `"id" text not null primary key, "customer_id" text not null, "status" text not null default 'pending' ${oneOf("status", ["pending", "approved", "refused", "suspended"])}, "level" int not null default 1 check ("level" between 1 and 5), "leader_name" text not null, "phone" text not null,
    "point_name" text not null, "province" text not null, "city" text not null, "district" text not null, "address" text not null, "latitude" double precision not null check ("latitude" between -90 and 90), "longitude" double precision not null check ("longitude" between -180 and 180),
    "commission_basis_points" int not null check ("commission_basis_points" between 0 and 5000), "referrer_id" text null check ("referrer_id" <> "id"), "refusal_reason" text null, "applied_at" timestamptz not null, "decided_at" timestamptz null`,
  campaign_point: `"campaign_id" text not null, "leader_id" text not null, "active" boolean not null default true, primary key ("campaign_id", "leader_id")`,
  team: `"id" text not null primary key, "campaign_id" text not null, "head_customer_id" text not null, "size" int not null check ("size" > 0), "taken" int not null default 1, "paid" int not null default 0, "status" text not null default 'open' ${oneOf("status", ["open", "succeeded", "failed"])}, "deadline" timestamptz not null, "decided_at" timestamptz null,
    check ("taken" between 0 and "size"), check ("paid" between 0 and "taken")`,
  buyer: `"campaign_id" text not null, "customer_id" text not null, "pieces" bigint not null check ("pieces" >= 0), primary key ("campaign_id", "customer_id")`,
  participation: `"id" text not null primary key, "campaign_id" text not null, "customer_id" text not null, "leader_id" text null, "team_id" text null, "status" text not null default 'held' ${oneOf("status", ["held", "paid", "confirmed", "cancelled", "refunded", "handed_over"])},
    "pieces" bigint not null check ("pieces" > 0), "amount" bigint not null check ("amount" > 0), "due_amount" bigint null check ("due_amount" >= 0 and "due_amount" <= "amount"), "refunded_amount" bigint not null default 0 check ("refunded_amount" >= 0 and "refunded_amount" <= "amount"), "currency_code" text not null,
    "hold_expires_at" timestamptz not null, "idempotency_key" text not null, "items_wanted" int not null, "items_reserved" int not null, "payment_id" text null, "order_id" text null, "order_number" bigint null,
    "ship_name" text not null, "ship_phone" text not null, "ship_province" text not null, "ship_city" text not null, "ship_district" text not null, "ship_address" text not null, "code_hash" text null,
    "joined_at" timestamptz not null, "paid_at" timestamptz null, "confirmed_at" timestamptz null, "arrived_at" timestamptz null, "handed_over_at" timestamptz null, "cancelled_at" timestamptz null,
    constraint "group_buy_all_items_or_none" check ("items_reserved" = "items_wanted")`,
  line: `"participation_id" text not null, "item_id" text not null, "quantity" bigint not null check ("quantity" > 0), "unit_price" bigint not null check ("unit_price" > 0), "due_price" bigint null check ("due_price" >= 0 and "due_price" <= "unit_price"), "short" bigint not null default 0 check ("short" >= 0 and "short" <= "quantity"), "stock_released" boolean not null default false, primary key ("participation_id", "item_id")`,
  commission: `"id" text not null primary key, "participation_id" text not null, "leader_id" text not null, "basis_points" int not null check ("basis_points" between 0 and 5000), "amount" bigint not null check ("amount" >= 0), "clawed_back_amount" bigint not null default 0 check ("clawed_back_amount" >= 0 and "clawed_back_amount" <= "amount"), "status" text not null default 'pending' ${oneOf("status", ["pending", "withdrawable"])}`,
  shortage: `"id" text not null primary key, "idempotency_key" text not null, "campaign_id" text not null, "item_id" text not null, "participation_id" text not null, "pieces" bigint not null check ("pieces" > 0), "amount" bigint not null check ("amount" >= 0), "refunded_at" timestamptz null, "clawed_back_amount" bigint not null default 0 check ("clawed_back_amount" >= 0)`,
  claim: `"id" text not null primary key, "participation_id" text not null, "customer_id" text not null, "status" text not null default 'open' ${oneOf("status", ["open", "approved", "refused"])}, "reason" text not null, "wanted_amount" bigint not null check ("wanted_amount" > 0), "approved_amount" bigint null check ("approved_amount" > 0), "decided_at" timestamptz null, "refunded_at" timestamptz null, "clawed_back_amount" bigint not null default 0 check ("clawed_back_amount" >= 0)`,
  code_miss: `"id" text not null primary key, "leader_id" text not null, "missed_at" timestamptz not null`,
  todo: `"kind" text not null ${oneOf("kind", ["order", "return", "shortage", "claim", "unsold"])}, "subject_id" text not null, "leased_until" timestamptz null, "attempts" int not null default 0 check ("attempts" >= 0), "last_error" text null, "done_at" timestamptz null, primary key ("kind", "subject_id")`,
}

const INDEXES = [
  `create index if not exists "IDX_group_buy_campaign_status" on "group_buy_campaign" ("status", "closes_at")`,
  `create unique index if not exists "IDX_group_buy_campaign_item_unique" on "group_buy_campaign_item" ("campaign_id", "variant_id")`,
  `create unique index if not exists "IDX_group_buy_leader_customer_unique" on "group_buy_leader" ("customer_id")`,
  `create index if not exists "IDX_group_buy_team_open" on "group_buy_team" ("status", "deadline")`,
  `create index if not exists "IDX_group_buy_team_campaign" on "group_buy_team" ("campaign_id")`,
  `create unique index if not exists "IDX_group_buy_participation_key_unique" on "group_buy_participation" ("idempotency_key")`,
  `create index if not exists "IDX_group_buy_participation_campaign" on "group_buy_participation" ("campaign_id", "status", "hold_expires_at")`,
  `create index if not exists "IDX_group_buy_participation_customer" on "group_buy_participation" ("customer_id", "joined_at")`,
  `create index if not exists "IDX_group_buy_participation_team" on "group_buy_participation" ("team_id") where "team_id" is not null`,
  `create unique index if not exists "IDX_group_buy_participation_team_customer_unique" on "group_buy_participation" ("team_id", "customer_id") where "status" in ('held', 'paid')`,
  `create unique index if not exists "IDX_group_buy_participation_code_unique" on "group_buy_participation" ("leader_id", "code_hash") where "status" = 'confirmed'`,
  `create index if not exists "IDX_group_buy_participation_held" on "group_buy_participation" ("hold_expires_at") where "status" = 'held'`,
  `create unique index if not exists "IDX_group_buy_commission_participation_unique" on "group_buy_commission" ("participation_id")`,
  `create index if not exists "IDX_group_buy_commission_leader" on "group_buy_commission" ("leader_id", "status")`,
  `create unique index if not exists "IDX_group_buy_shortage_key_unique" on "group_buy_shortage" ("idempotency_key", "participation_id")`,
  `create index if not exists "IDX_group_buy_shortage_item" on "group_buy_shortage" ("item_id")`,
  `create unique index if not exists "IDX_group_buy_claim_open_unique" on "group_buy_claim" ("participation_id") where "status" = 'open'`,
  `create index if not exists "IDX_group_buy_claim_participation" on "group_buy_claim" ("participation_id")`,
  `create index if not exists "IDX_group_buy_code_miss_leader" on "group_buy_code_miss" ("leader_id", "missed_at")`,
  `create index if not exists "IDX_group_buy_todo_open" on "group_buy_todo" ("leased_until") where "done_at" is null`,
]

export class Migration20261127120000 extends Migration {
  override up(): void {
    for (const [name, columns] of Object.entries(TABLES)) this.addSql(`create table if not exists "group_buy_${name}" (${columns}, ${TIMES});`)
    for (const index of INDEXES) this.addSql(`${index};`)
  }

  override down(): void {
    for (const name of Object.keys(TABLES).reverse()) this.addSql(`drop table if exists "group_buy_${name}";`)
  }
}
