import { asOwner } from "@fangshi/testing"
import type { Market } from "./market"
import type { Campaign } from "./prepare"

/** What became of one campaign: what is at fault, and the counts that are worth telling. */
export type Books = { faults: string[]; pieces: number; orders: number; given_back: number; differences: number }

/** Of each of the campaign's participations: what its payment has taken, given back, in how many goes, and whether it still holds money. */
const MONEY = `with part as (
  select p.*, pay.id as paid_with, pay.canceled_at,
    coalesce((select round(sum(amount) * 100) from capture where payment_id = pay.id and deleted_at is null), 0) as taken,
    coalesce((select round(sum(amount) * 100) from refund where payment_id = pay.id and deleted_at is null), 0) as back,
    (select count(*) from refund where payment_id = pay.id and deleted_at is null) as refunds
  from group_buy_participation p left join plugin_payment pp on pp.tenant_id = p.tenant_id and pp.key = p.id left join payment pay on pay.payment_session_id = pp.payment_session_id and pay.deleted_at is null
  where p.tenant_id = $1 and p.campaign_id = $2
)`
const ORDERS = `from "order" o join group_buy_participation p on p.tenant_id = o.tenant_id and p.id = o.metadata ->> 'group_buy_participation' where o.tenant_id = $1 and p.campaign_id = $2`

/** What the books say against a campaign. `confirmed`: how many shoppers were told that they are in. */
export async function audit({ database: { ownerUrl }, tenant }: Market, { id, variant }: Campaign, confirmed: number): Promise<Books> {
  const one = async (sql: string) => Number((await asOwner<{ n: string }>(ownerUrl, sql, [tenant.id, id]))[0]?.n)
  const items = await asOwner<{ sold: string; reserved: string; lines: string }>(
    ownerUrl,
    `select i.sold, i.reserved, coalesce((select sum(l.quantity) from group_buy_line l join group_buy_participation p on p.id = l.participation_id where l.item_id = i.id and p.status = 'confirmed'), 0) as lines
     from group_buy_campaign_item i where i.tenant_id = $1 and i.campaign_id = $2 order by i.position`,
    [tenant.id, id],
  )
  const facts: [string, number, number][] = [
    ...items.flatMap(({ sold, reserved, lines }, i): [string, number, number][] => [
      [`pieces of item ${i + 1} sold`, Number(sold), variant.sold?.[i] ?? Number(lines)],
      [`pieces of item ${i + 1} in confirmed participations`, Number(lines), Number(sold)],
      [`pieces of item ${i + 1} still held`, Number(reserved), 0],
    ]),
    ["confirmed participations, as shoppers were told", await one("select count(*) as n from group_buy_participation where tenant_id = $1 and campaign_id = $2 and status = 'confirmed'"), confirmed],
    ["orders", await one(`select count(*) as n ${ORDERS} and p.order_id = o.id`), confirmed],
    ["orders with or without an owner", await one(`select count(*) as n ${ORDERS}`), confirmed],
    ["lines that their order has otherwise", await one(`select count(*) as n from group_buy_line l join group_buy_campaign_item i on i.id = l.item_id join group_buy_participation p on p.id = l.participation_id where p.tenant_id = $1 and p.campaign_id = $2 and p.status = 'confirmed'
       and l.quantity is distinct from (select sum(oi.quantity) from order_item oi join order_line_item li on li.id = oi.item_id where oi.order_id = p.order_id and li.variant_id = i.variant_id)`), 0],
    ["holds that outlived their time", await one("select count(*) as n from group_buy_participation where tenant_id = $1 and campaign_id = $2 and status = 'held' and hold_expires_at < now()"), 0],
    ["holds that were to outlive the campaign", await one("select count(*) as n from group_buy_participation p join group_buy_campaign c on c.id = p.campaign_id where p.tenant_id = $1 and c.id = $2 and p.hold_expires_at > c.closes_at"), 0],
    ["joined or paid after the close", await one("select count(*) as n from group_buy_participation p join group_buy_campaign c on c.id = p.campaign_id where p.tenant_id = $1 and c.id = $2 and (p.joined_at >= c.closes_at or (p.paid_at >= c.closes_at and p.status <> 'refunded'))"), 0],
    ["neither confirmed nor let go", await one("select count(*) as n from group_buy_participation where tenant_id = $1 and campaign_id = $2 and status in ('held', 'paid')"), 0],
    ["confirmed of whom other than what is due is kept", await one(`${MONEY} select count(*) as n from part where status = 'confirmed' and (taken - back is distinct from due_amount or taken <> amount)`), 0],
    ["refused of whom money is kept", await one(`${MONEY} select count(*) as n from part where status <> 'confirmed' and paid_with is not null and (taken <> back or (taken = 0 and canceled_at is null))`), 0],
    ["given back more than once", await one(`${MONEY} select count(*) as n from part where refunds > 1 or (refunds > 0 and canceled_at is not null)`), 0],
    ["fen kept beyond what is due", await one(`${MONEY} select coalesce(sum(taken - back), 0) - coalesce(sum(due_amount) filter (where status = 'confirmed'), 0) as n from part`), 0],
    ["pieces counted for shoppers beyond what they have", await one("select (select coalesce(sum(pieces), 0) from group_buy_buyer where tenant_id = $1 and campaign_id = $2) - (select coalesce(sum(pieces), 0) from group_buy_participation where tenant_id = $1 and campaign_id = $2 and status = 'confirmed') as n"), 0],
  ]
  return {
    faults: facts.filter(([, is, should]) => is !== should).map(([what, is, should]) => `${variant.name}: ${what}: ${is}, should be ${should}`),
    pieces: items.reduce((sum, { sold }) => sum + Number(sold), 0),
    orders: await one(`select count(*) as n ${ORDERS}`),
    given_back: await one(`${MONEY} select count(*) as n from part where status <> 'confirmed' and paid_with is not null`),
    differences: await one(`${MONEY} select count(*) as n from part where status = 'confirmed' and refunds = 1`),
  }
}

/** What the books of the whole shop say against: work that is left, and stock that is kept for nobody. */
export async function auditShop({ database: { ownerUrl }, tenant }: Market): Promise<string[]> {
  const one = async (sql: string) => Number((await asOwner<{ n: string }>(ownerUrl, sql, [tenant.id]))[0]?.n)
  const sold = await one("select sum(sold) as n from group_buy_campaign_item where tenant_id = $1")
  const facts: [string, number, number][] = [
    ["times the plugin was paused", await one("select count(*) as n from tenancy.tenant_plugin where tenant_id = $1 and quarantined_at is not null"), 0],
    ["things left to do", await one("select count(*) as n from group_buy_todo where tenant_id = $1 and done_at is null"), 0],
    ["pieces of the shop's stock that are kept", await one("select coalesce(sum(reserved_quantity), 0) as n from inventory_level where tenant_id = $1 and deleted_at is null"), sold],
    ["reservations of the shop's stock", await one("select coalesce(sum(quantity), 0) as n from reservation_item where tenant_id = $1 and deleted_at is null"), sold],
    ["orders without a participation", await one(`select count(*) as n from "order" o where tenant_id = $1 and not exists (select 1 from group_buy_participation p where p.order_id = o.id)`), 0],
  ]
  return facts.filter(([, is, should]) => is !== should).map(([what, is, should]) => `${what}: ${is}, should be ${should}`)
}
