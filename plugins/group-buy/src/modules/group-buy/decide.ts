import { fail } from "../../fail"
import { isReached } from "../../rules/condition"
import { mayCampaign } from "../../rules/states"
import type { Ctx } from "./ctx"
import { expireHolds } from "./hold"
import { publishProgress } from "./live"
import { type CampaignRow, type TeamRow, campaignRow, teamRow } from "./rows"
import { doLater, workSoon } from "./todo"

type Within = { campaign_id: string; team_id?: string }

/** Closes a campaign at its cut-off, or before it where the shop says so. Decided once; whoever comes second finds it done. */
export async function closeCampaign(ctx: Ctx, campaign_id: string, { early = false }: { early?: boolean } = {}): Promise<void> {
  await decideDueTeams(ctx, campaign_id, early)
  const closed = await ctx.db.inUnit(async () => {
    const [row] = await ctx.db.rows("select * from group_buy_campaign where id = ? for update", [campaign_id])
    if (!row) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
    const campaign = campaignRow(row)
    if (campaign.status !== "open" || (!early && ctx.ports.clock.now() < campaign.closes_at)) return null
    const progress = { people: campaign.paid_people, pieces: campaign.paid_pieces, amount: campaign.paid_amount }
    const reached = isReached({ by: campaign.condition_by, target: campaign.condition_target }, progress) || (campaign.virtual_completion && campaign.paid_people > 0)
    const status: CampaignRow["status"] = campaign.kind === "team" ? "closed" : reached ? "succeeded" : "failed"
    await settle(ctx, { campaign_id }, status === "closed" ? null : reached ? "succeeded" : "failed", campaign)
    await setStatus(ctx, campaign_id, status)
    return { ...campaign, status }
  })
  if (!closed) return
  await tell(ctx, closed)
  // Whoever orders after an early cut-off need not wait for the next minute.
  if (early && closed.repeats !== "none") await ctx.ports.schedule.at(`next:${campaign_id}`, ctx.ports.clock.now(), "sweep", { once: true })
}

/** The shop takes a campaign back: every payment goes back. Throws GROUP_BUY_NOT_NOW once it is decided. */
export async function refuseCampaign(ctx: Ctx, campaign_id: string): Promise<void> {
  const refused = await ctx.db.inUnit(async () => {
    const [row] = await ctx.db.rows("select * from group_buy_campaign where id = ? for update", [campaign_id])
    if (!row) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
    const campaign = campaignRow(row)
    if (campaign.status === "refused") return null
    if (!mayCampaign(campaign.status, "refused")) throw fail("GROUP_BUY_NOT_NOW", { state: campaign.status })
    await ctx.db.rows("select id from group_buy_team where campaign_id = ? and status = 'open' order by id for update", [campaign_id])
    await ctx.db.rows("update group_buy_team set status = 'failed', decided_at = ?, updated_at = now() where campaign_id = ? and status = 'open'", [ctx.ports.clock.now(), campaign_id])
    await settle(ctx, { campaign_id }, "failed", campaign)
    await setStatus(ctx, campaign_id, "refused")
    return { ...campaign, status: "refused" as const }
  })
  if (refused) await tell(ctx, refused)
}

/** Decides the teams whose time is over. `early`: all that are open. */
export async function decideDueTeams(ctx: Ctx, campaign_id: string, early = false): Promise<number> {
  const due = await ctx.db.rows<{ id: string }>(`select id from group_buy_team where campaign_id = ? and status = 'open' ${early ? "" : "and deadline <= ?"} order by id`, [campaign_id, ...(early ? [] : [ctx.ports.clock.now()])])
  for (const { id } of due) {
    await ctx.db.inUnit(async () => {
      const [row] = await ctx.db.rows("select * from group_buy_campaign where id = ? for update", [campaign_id])
      const [team] = await ctx.db.rows("select * from group_buy_team where id = ? for update", [id])
      if (!row || !team || team.status !== "open") return
      const campaign = campaignRow(row)
      await decideTeamWithin(ctx, campaign, teamRow(team), campaign.virtual_completion && Number(team.paid) > 0 ? "succeeded" : "failed")
    })
  }
  if (due.length) await workSoon(ctx)
  return due.length
}

/** Ends a team in the caller's unit of work, which holds the locks of campaign and team. */
export async function decideTeamWithin(ctx: Ctx, campaign: CampaignRow, team: TeamRow, outcome: "succeeded" | "failed"): Promise<void> {
  await settle(ctx, { campaign_id: campaign.id, team_id: team.id }, outcome, campaign)
  await ctx.db.rows("update group_buy_team set status = ?, decided_at = ?, updated_at = now() where id = ?", [outcome, ctx.ports.clock.now(), team.id])
}

async function setStatus({ db, ports }: Ctx, campaign_id: string, status: CampaignRow["status"]): Promise<void> {
  await db.rows("update group_buy_campaign set status = ?, decided_at = ?, updated_at = now() where id = ?", [status, ports.clock.now(), campaign_id])
}

/**
 * Ends what is undecided of a campaign or of one team: who has not paid is let go; who has becomes an order, or gets it back.
 * `outcome` null: only who has not paid, for the teams of a campaign that closes are decided one by one.
 */
async function settle(ctx: Ctx, { campaign_id, team_id }: Within, outcome: "succeeded" | "failed" | null, campaign: CampaignRow): Promise<void> {
  const { db, ports } = ctx
  const scope = team_id ? "p.team_id = ?" : "p.campaign_id = ?"
  const of = team_id ?? campaign_id
  const ending = outcome === "failed" ? "'held', 'paid'" : "'held'"
  // Locked first and in one order, then the items in theirs: as everybody does who gives pieces back.
  await db.rows(`select p.id from group_buy_participation p where ${scope} and p.status in ('held', 'paid') order by p.id for update`, [of])
  await db.rows(`select i.id from group_buy_campaign_item i where i.campaign_id = ? order by i.id for update`, [campaign_id])
  const pieces = (status: string) => `select l.item_id, sum(l.quantity) as n from group_buy_line l join group_buy_participation p on p.id = l.participation_id where ${scope} and p.status = '${status}' group by l.item_id`
  await db.rows(`update group_buy_campaign_item i set reserved = i.reserved - x.n, updated_at = now() from (${pieces("held")}) x where i.id = x.item_id`, [of])
  if (outcome === "failed") await db.rows(`update group_buy_campaign_item i set sold = i.sold - x.n, updated_at = now() from (${pieces("paid")}) x where i.id = x.item_id`, [of])
  await db.rows(
    `update group_buy_buyer b set pieces = b.pieces - x.n from (select p.customer_id, sum(p.pieces) as n from group_buy_participation p where ${scope} and p.status in (${ending}) group by p.customer_id) x where b.campaign_id = ? and b.customer_id = x.customer_id`,
    [of, campaign_id],
  )
  const ended = await db.rows<{ id: string; payment_id: string | null }>(`update group_buy_participation p set status = 'cancelled', cancelled_at = ?, updated_at = now() where ${scope} and p.status in (${ending}) returning p.id, p.payment_id`, [ports.clock.now(), of])
  await doLater(ctx, "return", ended.filter(({ payment_id }) => payment_id).map(({ id }) => id))
  if (outcome === "succeeded") await setDue(ctx, scope, of, team_id ? (campaign.team_size ?? 0) : campaign.step_by === "people" ? campaign.paid_people : campaign.paid_pieces)
  // A draft keeps no stock.
  if (!team_id && campaign.status === "open") {
    const items = await db.rows<{ id: string }>("select id from group_buy_campaign_item where campaign_id = ?", [campaign_id])
    await doLater(ctx, "unsold", items.map(({ id }) => id))
  }
}

/** The price that all share now, never above what was paid; and an order for each. */
async function setDue(ctx: Ctx, scope: string, of: string, counted: number): Promise<void> {
  await ctx.db.rows(
    `update group_buy_line l set due_price = least(l.unit_price, coalesce((select min(s.unit_price) from group_buy_price_step s where s.item_id = l.item_id and s.from_count <= ?), i.unit_price)), updated_at = now()
     from group_buy_participation p, group_buy_campaign_item i where ${scope} and p.status = 'paid' and l.participation_id = p.id and i.id = l.item_id`,
    [counted, of],
  )
  const paid = await ctx.db.rows<{ id: string }>(
    `update group_buy_participation p set due_amount = (select sum(l.due_price * l.quantity) from group_buy_line l where l.participation_id = p.id), updated_at = now() where ${scope} and p.status = 'paid' returning p.id`,
    [of],
  )
  await doLater(ctx, "order", paid.map(({ id }) => id))
}

async function tell(ctx: Ctx, { id, status, title, paid_people }: CampaignRow): Promise<void> {
  await workSoon(ctx)
  await publishProgress(ctx, id)
  const zh = { succeeded: `“${title["zh-CN"]}” 已成团，${paid_people} 人参加。`, failed: `“${title["zh-CN"]}” 未成团，款项正在原路退回。` }
  const en = { succeeded: `“${title.en}” is complete, with ${paid_people} people.`, failed: `“${title.en}” did not come together; the money is going back.` }
  if (status === "succeeded" || status === "failed") {
    await ctx.ports.notifications.tellStaff({ key: `${id}:${status}`, title: { "zh-CN": status === "succeeded" ? "团购已成团" : "团购未成团", en: status === "succeeded" ? "A group purchase is complete" : "A group purchase failed" }, text: { "zh-CN": zh[status], en: en[status] } })
  }
}

/** Everything that is due by the clock: holds, teams, campaigns. */
export async function decideWhatIsDue(ctx: Ctx): Promise<void> {
  await expireHolds(ctx)
  const now = ctx.ports.clock.now()
  const teams = await ctx.db.rows<{ campaign_id: string }>("select distinct campaign_id from group_buy_team where status = 'open' and deadline <= ?", [now])
  for (const { campaign_id } of teams) await decideDueTeams(ctx, campaign_id)
  const campaigns = await ctx.db.rows<{ id: string }>("select id from group_buy_campaign where status = 'open' and closes_at <= ? order by closes_at", [now])
  for (const { id } of campaigns) await closeCampaign(ctx, id)
}
