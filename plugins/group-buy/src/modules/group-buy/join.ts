import { type FangshiError } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import type { JoinInput } from "../../contract"
import { fail } from "../../fail"
import { isOpenAt } from "../../rules/states"
import type { Ctx } from "./ctx"
import { expireHolds } from "./hold"
import { type JoinFacts, joinStatement } from "./join-statement"
import { type CampaignRow, type ParticipationRow, campaignRow, participationRow } from "./rows"
import type { Row } from "./service"

export type Joining = JoinInput & { campaign_id: string; customer_id: string }

/** Postgres' words for: one of the statement's CHECKs, a key that is there, two that waited for each other. */
const [CHECK, UNIQUE, DEADLOCK] = ["23514", "23505", "40P01"]
const TRIES = 3

/**
 * Keeps the pieces for a shopper until they pay. Safe to retry: one idempotency_key, one participation. Throws
 * GROUP_BUY_CAMPAIGN_CLOSED and its like, each for its own reason. One statement where it succeeds, a second that says why not.
 */
export async function joinCampaign(ctx: Ctx, input: Joining): Promise<ParticipationRow> {
  const joined = await attempt(ctx, input)
  if (joined) return joined
  const first = await look(ctx, input)
  if (first.existing) return first.existing
  // What nobody paid for in time is free, though the sweep has not come by yet.
  const freed = first.campaign ? await expireHolds(ctx, { campaign_id: input.campaign_id }) : 0
  const late = freed ? await attempt(ctx, input) : null
  if (late) return late
  const second = freed ? await look(ctx, input) : first
  if (second.existing) return second.existing
  throw refusal(second, input, ctx.ports.clock.now())
}

async function attempt(ctx: Ctx, input: Joining): Promise<ParticipationRow | null> {
  const facts: JoinFacts = { ...input, participation_id: generateEntityId(undefined, "gbpart"), team_to_open: generateEntityId(undefined, "gbteam"), now: ctx.ports.clock.now() }
  const { name, sql, values } = joinStatement(facts)
  for (let left = TRIES; ; left--) {
    try {
      const [row] = await ctx.db.preparedRows(name, sql, values)
      return row ? participationRow(row) : null
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === CHECK || code === UNIQUE) return null
      if (code !== DEADLOCK || left <= 1) throw error
    }
  }
}

type Seen = {
  existing: ParticipationRow | null
  campaign: CampaignRow | null
  items: { id: string; left: number }[]
  taken: number
  team: { status: string; deadline: Date; size: number; taken: number; mine: boolean } | null
  has_point: boolean
}

async function look({ db }: Ctx, { campaign_id, customer_id, idempotency_key, leader_id, team_id, items }: Joining): Promise<Seen> {
  const [existing] = await db.rows("select * from group_buy_participation where idempotency_key = ?", [idempotency_key])
  if (existing) {
    const row = participationRow(existing)
    if (row.customer_id !== customer_id || row.campaign_id !== campaign_id) throw fail("GROUP_BUY_KEY_REUSED")
    return { existing: row, campaign: null, items: [], taken: 0, team: null, has_point: false }
  }
  const [found] = await db.rows(
    `select c.*, (select pieces from group_buy_buyer where campaign_id = c.id and customer_id = ?) as buyer_pieces,
       exists (select 1 from group_buy_campaign_point p join group_buy_leader l on l.id = p.leader_id and l.status = 'approved' where p.campaign_id = c.id and p.leader_id = ? and p.active) as has_point,
       t.status as team_status, t.deadline, t.size, t.taken, exists (select 1 from group_buy_participation where team_id = t.id and customer_id = ? and status in ('held', 'paid')) as mine
     from group_buy_campaign c left join group_buy_team t on t.id = ? and t.campaign_id = c.id where c.id = ?`,
    [customer_id, leader_id ?? null, customer_id, team_id ?? null, campaign_id],
  )
  const left = await db.rows("select id, stock - reserved - sold as left from group_buy_campaign_item where campaign_id = ? and id = any(?::text[])", [campaign_id, items.map(({ item_id }) => item_id)])
  return {
    existing: null,
    campaign: found ? campaignRow(found) : null,
    items: left.map((row) => ({ id: row.id as string, left: Number(row.left) })),
    taken: Number(found?.buyer_pieces ?? 0),
    team: teamSeen(found),
    has_point: found?.has_point === true,
  }
}

const teamSeen = (row: Row | undefined): Seen["team"] =>
  row?.team_status ? { status: row.team_status as string, deadline: new Date(row.deadline as string), size: Number(row.size), taken: Number(row.taken), mine: row.mine === true } : null

/** The first reason, in the order in which a shopper can do something about it. */
export function refusal({ campaign, items, taken, team, has_point }: Seen, input: Joining, now: Date): FangshiError {
  if (!campaign || campaign.status === "draft") return fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
  if (campaign.status === "succeeded") return fail("GROUP_BUY_COMPLETE")
  if (campaign.status === "open" && now < campaign.opens_at) return fail("GROUP_BUY_CAMPAIGN_NOT_OPEN", { opens_at: campaign.opens_at.toISOString() })
  if (!isOpenAt(campaign, now)) return fail("GROUP_BUY_CAMPAIGN_CLOSED")
  if ((campaign.kind === "community") !== (input.leader_id !== undefined)) return fail("GROUP_BUY_WRONG_KIND")
  if (input.leader_id && !has_point) return fail("GROUP_BUY_POINT_UNKNOWN")
  if (input.team_id) {
    if (!team) return fail("GROUP_BUY_TEAM_UNKNOWN")
    if (team.status === "succeeded") return fail("GROUP_BUY_COMPLETE")
    if (team.status === "failed" || team.deadline <= now) return fail("GROUP_BUY_TEAM_OVER")
    if (team.mine) return fail("GROUP_BUY_TEAM_TWICE")
    if (team.taken >= team.size) return fail("GROUP_BUY_TEAM_FULL")
  }
  if (items.length < input.items.length) return fail("GROUP_BUY_ITEM_UNKNOWN")
  const wanted = input.items.reduce((sum, { quantity }) => sum + quantity, 0)
  const limit = campaign.per_person_limit
  if (limit !== null && taken + wanted > limit) return fail("GROUP_BUY_LIMIT", { limit, taken })
  const scarce = input.items.map(({ item_id, quantity }) => ({ quantity, left: items.find(({ id }) => id === item_id)?.left ?? 0 })).find(({ quantity, left }) => left < quantity)
  return fail("GROUP_BUY_SOLD_OUT", { left: scarce?.left ?? 0 })
}
