import type { PortPayment } from "@fangshi/contracts"
import { type CampaignView, type Participation, type PaymentToMake, type TeamView, priceAt } from "../../contract"
import { fail } from "../../fail"
import { isReached } from "../../rules/condition"
import { type WholeCampaign, readCampaigns } from "./campaigns"
import type { Ctx } from "./ctx"
import type { Row } from "./service"
import { type ParticipationRow, lineRow, participationRow, teamRow } from "./rows"

/** A campaign as shoppers see it. Prices are those of whoever joins now; of a team, those it ends with. */
export function campaignView({ campaign: c, items, steps, next_id }: WholeCampaign, now: Date): CampaignView {
  const progress = { people: c.paid_people, pieces: c.paid_pieces, amount: c.paid_amount }
  const counted = c.kind === "team" ? (c.team_size ?? 0) : c.step_by === "people" ? c.paid_people : c.paid_pieces
  return {
    id: c.id,
    kind: c.kind,
    status: c.status,
    title: c.title,
    description: c.description,
    pictures: c.pictures,
    opens_at: c.opens_at.toISOString(),
    closes_at: c.closes_at.toISOString(),
    arrives_at: c.arrives_at?.toISOString() ?? null,
    server_time: now.toISOString(),
    currency_code: c.currency_code,
    condition: { by: c.condition_by, target: c.condition_target },
    step_by: c.step_by,
    per_person_limit: c.per_person_limit,
    team_size: c.team_size,
    team_hours: c.team_hours,
    repeats: c.repeats,
    next_id,
    progress: { ...progress, reached: isReached({ by: c.condition_by, target: c.condition_target }, progress) },
    items: items.map((item) => {
      const own = steps.filter(({ item_id }) => item_id === item.id).map(({ from_count, unit_price_amount }) => ({ from_count, unit_price_amount }))
      return {
        id: item.id,
        product_id: item.product_id,
        variant_id: item.variant_id,
        title: item.title,
        sku: item.sku,
        unit_price_amount: item.unit_price,
        current_price_amount: priceAt(item.unit_price, own, counted),
        steps: own,
        stock: item.stock,
        left: item.stock - item.reserved - item.sold,
      }
    }),
  }
}

/** What is open, or opens later: the page counts down to either. */
export async function listOpen(ctx: Ctx, { page, product_id }: { page: number; product_id?: string }): Promise<CampaignView[]> {
  const now = ctx.ports.clock.now()
  const of = product_id ? " and exists (select 1 from group_buy_campaign_item i where i.campaign_id = c.id and i.product_id = ?)" : ""
  return (await readCampaigns(ctx, `c.status = 'open' and c.closes_at > ?${of}`, [now, ...(product_id ? [product_id] : [])], { page })).map((whole) => campaignView(whole, now))
}

/** Throws GROUP_BUY_CAMPAIGN_UNKNOWN, also for a draft. */
export async function getShown(ctx: Ctx, id: string): Promise<CampaignView> {
  const [whole] = await readCampaigns(ctx, "c.id = ? and c.status <> 'draft'", [id])
  if (!whole) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
  return campaignView(whole, ctx.ports.clock.now())
}

/** A shopper's own, the latest first. */
export async function listOwn(ctx: Ctx, customer_id: string, page: number): Promise<Participation[]> {
  const rows = await ctx.db.rows("select * from group_buy_participation where customer_id = ? order by joined_at desc, id desc limit 20 offset ?", [customer_id, (page - 1) * 20])
  return viewParticipations(ctx, rows.map(participationRow))
}

export async function viewParticipations(ctx: Ctx, rows: readonly ParticipationRow[]): Promise<Participation[]> {
  const campaigns = new Map((await readCampaigns(ctx, "c.id = any(?::text[])", [[...new Set(rows.map(({ campaign_id }) => campaign_id))]])).map((whole) => [whole.campaign.id, whole]))
  const lines = (await ctx.db.rows("select * from group_buy_line where participation_id = any(?::text[]) order by item_id", [rows.map(({ id }) => id)])).map(lineRow)
  const now = ctx.ports.clock.now().toISOString()
  return rows.flatMap((row) => {
    const whole = campaigns.get(row.campaign_id)
    if (!whole) return []
    return [{
      id: row.id,
      campaign_id: row.campaign_id,
      campaign_title: whole.campaign.title,
      picture: whole.campaign.pictures[0] ?? null,
      team_id: row.team_id,
      point: row.leader_id ? { leader_id: row.leader_id, name: row.ship.address, address: `${row.ship.city}${row.ship.district}${row.ship.address}` } : null,
      status: row.status,
      lines: lines.filter(({ participation_id }) => participation_id === row.id).flatMap(({ item_id, quantity, unit_price, due_price, short }) => {
        const item = whole.items.find(({ id }) => id === item_id)
        return item ? [{ item_id, variant_id: item.variant_id, title: item.title, quantity, unit_price_amount: unit_price, due_price_amount: due_price, short }] : []
      }),
      pieces: row.pieces,
      amount: row.amount,
      due_amount: row.due_amount,
      refunded_amount: row.refunded_amount,
      currency_code: row.currency_code,
      hold_expires_at: row.hold_expires_at.toISOString(),
      server_time: now,
      order_id: row.order_id,
      order_number: row.order_number,
      arrived_at: row.arrived_at?.toISOString() ?? null,
      handed_over_at: row.handed_over_at?.toISOString() ?? null,
      created_at: row.joined_at.toISOString(),
    }]
  })
}

export async function viewParticipation(ctx: Ctx, row: ParticipationRow): Promise<Participation> {
  const [view] = await viewParticipations(ctx, [row])
  if (!view) throw fail("GROUP_BUY_PARTICIPATION_UNKNOWN")
  return view
}

/** A team as everybody may see it who has its address: of its members the first character of the name. Throws GROUP_BUY_TEAM_UNKNOWN. */
export async function getTeam(ctx: Ctx, id: string): Promise<TeamView> {
  const [team] = await viewTeams(ctx, await ctx.db.rows("select * from group_buy_team where id = ?", [id]))
  if (!team) throw fail("GROUP_BUY_TEAM_UNKNOWN")
  return team
}

/** Teams of a campaign that a stranger can still join: those that are nearly complete, and end soonest, first. */
export async function listOpenTeams(ctx: Ctx, campaign_id: string): Promise<TeamView[]> {
  return viewTeams(ctx, await ctx.db.rows("select * from group_buy_team where campaign_id = ? and status = 'open' and deadline > ? and taken < size and paid > 0 order by size - taken, deadline, id limit 20", [campaign_id, ctx.ports.clock.now()]))
}

async function viewTeams({ db, ports }: Ctx, rows: readonly Row[]): Promise<TeamView[]> {
  const teams = rows.map(teamRow)
  const members = await db.rows<{ team_id: string; customer_id: string; ship_name: string; status: string }>("select team_id, customer_id, ship_name, status from group_buy_participation where team_id = any(?::text[]) and status in ('held', 'paid', 'confirmed', 'handed_over') order by joined_at, id", [teams.map(({ id }) => id)])
  const server_time = ports.clock.now().toISOString()
  return teams.map(({ id, campaign_id, status, size, paid, taken, deadline, head_customer_id }) => ({
    id,
    campaign_id,
    status,
    size,
    paid,
    taken,
    deadline: deadline.toISOString(),
    server_time,
    members: members.filter(({ team_id }) => team_id === id).map((member) => ({ name: `${[...member.ship_name][0] ?? ""}**`, head: member.customer_id === head_customer_id, paid: member.status !== "held" })),
  }))
}

export const paymentView = ({ id, state, amount, currency_code, provider_id, data }: PortPayment): PaymentToMake => ({ id, state, amount, currency_code, provider_id, data })
