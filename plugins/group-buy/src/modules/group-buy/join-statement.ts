import type { JoinInput } from "../../contract"

export type JoinFacts = JoinInput & { campaign_id: string; customer_id: string; participation_id: string; team_to_open: string; now: Date }
/** `name`: the same for the same text. */
export type Statement = { name: string; sql: string; values: unknown[] }

/** Makes one statement out of parts, each with the values of its own marks. */
const put = (name: string, ...parts: [string, ...unknown[]][]): Statement => ({ name, sql: parts.map(([sql]) => sql).join("\n"), values: parts.flatMap(([, ...values]) => values) })

/**
 * Joining as one statement: whole or not at all. It answers the new participation, or no row where it is refused; a basket of
 * which only some items are left, and whoever is above their limit, break a CHECK and so undo the rest.
 */
export function joinStatement(f: JoinFacts): Statement {
  const ids = f.items.map(({ item_id }) => item_id)
  const kind = f.leader_id ? "community" : "team"
  return put(
    `group-buy-join-${f.leader_id ? "point" : f.team_id ? "team" : "new-team"}-${ids.length > 1 ? "many" : "one"}`,
    [`with campaign as (
  select id as campaign_id, kind, closes_at, currency_code, per_person_limit, hold_minutes, team_size, team_hours, case when kind = 'team' then team_size when step_by = 'people' then paid_people else paid_pieces end as counted
  from group_buy_campaign where id = ? and kind = ? and status = 'open' and opens_at <= ? and closes_at > ? and not exists (select 1 from group_buy_participation where idempotency_key = ?)
), wanted as (
  select item_id, quantity from unnest(?::text[], ?::bigint[]) u (item_id, quantity)
),`, f.campaign_id, kind, f.now, f.now, f.idempotency_key, ids, f.items.map(({ quantity }) => quantity)],
    ...entry(f),
    // One order for everybody: two baskets with the same two items never wait for each other in a circle.
    ...(ids.length > 1 ? [[`locked as materialized (select id from group_buy_campaign_item where id = any(?::text[]) order by id for update),`, ids] as [string, ...unknown[]]] : []),
    [`reserved as (
  update group_buy_campaign_item i set reserved = i.reserved + w.quantity from wanted w, entry e
  where i.id = w.item_id and i.campaign_id = e.campaign_id and i.reserved + i.sold + w.quantity <= i.stock ${ids.length > 1 ? "and (select count(*) from locked) >= 0" : ""}
  returning i.id, w.quantity, coalesce((select min(s.unit_price) from group_buy_price_step s where s.item_id = i.id and s.from_count <= e.counted), i.unit_price) as unit_price
), total as (
  select count(*)::int as items, sum(quantity)::bigint as pieces, sum(quantity * unit_price)::bigint as amount from reserved
), share as (
  insert into group_buy_buyer (campaign_id, customer_id, pieces) select e.campaign_id, ?, t.pieces from entry e, total t
  where t.items = ? and (e.per_person_limit is null or t.pieces <= e.per_person_limit)
  on conflict (tenant_id, campaign_id, customer_id) do update set pieces = group_buy_buyer.pieces + excluded.pieces
  where group_buy_buyer.pieces + excluded.pieces <= coalesce((select per_person_limit from campaign), 2147483647)
  returning 1
), joined as (
  insert into group_buy_participation (id, campaign_id, customer_id, leader_id, team_id, pieces, amount, currency_code, hold_expires_at, idempotency_key, items_wanted, items_reserved, ship_name, ship_phone, ship_province, ship_city, ship_district, ship_address, joined_at)
  select ?, e.campaign_id, ?, e.leader_id, e.team_id, t.pieces, t.amount, e.currency_code, least(?::timestamptz + e.hold_minutes * interval '1 minute', e.ends_at), ?, ?, t.items * (select count(*) from share), e.ship_name, e.ship_phone, e.ship_province, e.ship_city, e.ship_district, e.ship_address, ?
  from entry e, total t where t.items > 0
  returning *
), lines as (
  insert into group_buy_line (participation_id, item_id, quantity, unit_price) select j.id, r.id, r.quantity, r.unit_price from reserved r, joined j
)
select * from joined`, f.customer_id, ids.length, f.participation_id, f.customer_id, f.now, f.idempotency_key, ids.length, f.now],
  )
}

/** `entry`: one row for whoever may come in, with where the goods go; else none. */
function entry(f: JoinFacts): [string, ...unknown[]][] {
  if (f.leader_id) {
    return [[`entry as (
  select c.*, c.closes_at as ends_at, l.id as leader_id, null::text as team_id, ?::text as ship_name, ?::text as ship_phone, l.province as ship_province, l.city as ship_city, l.district as ship_district, l.address || ' ' || l.point_name as ship_address
  from campaign c join group_buy_campaign_point p on p.campaign_id = c.campaign_id and p.active join group_buy_leader l on l.id = p.leader_id and l.status = 'approved' where p.leader_id = ?
),`, f.contact?.name, f.contact?.phone, f.leader_id]]
  }
  const { name, phone, province, city, district, address } = f.ship_to ?? {}
  const team: [string, ...unknown[]] = f.team_id
    ? [`team as (
  update group_buy_team t set taken = t.taken + 1 from campaign c where t.id = ? and t.campaign_id = c.campaign_id and t.status = 'open' and t.deadline > ? and t.taken < t.size returning t.id, t.deadline
),`, f.team_id, f.now]
    : [`team as (
  insert into group_buy_team (id, campaign_id, head_customer_id, size, deadline) select ?, campaign_id, ?, team_size, least(?::timestamptz + team_hours * interval '1 hour', closes_at) from campaign returning id, deadline
),`, f.team_to_open, f.customer_id, f.now]
  return [team, [`entry as (
  select c.*, least(c.closes_at, t.deadline) as ends_at, null::text as leader_id, t.id as team_id, ?::text as ship_name, ?::text as ship_phone, ?::text as ship_province, ?::text as ship_city, ?::text as ship_district, ?::text as ship_address from campaign c, team t
),`, name, phone, province, city, district, address]]
}
