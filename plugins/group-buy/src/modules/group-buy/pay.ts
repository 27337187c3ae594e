import type { PortPayment } from "@fangshi/contracts"
import { fail } from "../../fail"
import { isHeldAt, isOpenAt } from "../../rules/states"
import type { Ctx } from "./ctx"
import { decideTeamWithin } from "./decide"
import { count, giveUp, lockParticipation, movePieces } from "./hold"
import { publishProgress } from "./live"
import { type CampaignRow, type ParticipationRow, type TeamRow, campaignRow, participationRow, teamRow } from "./rows"
import { doLater, workSoon } from "./todo"

/** `waiting`: the provider has no money yet. `late`: too late for this group; what was paid comes back. */
export type PayResult = { outcome: "paid" | "waiting" | "late"; participation: ParticipationRow; payment: PortPayment }

/** Begins the payment of a participation, or answers the one that is there. */
export async function beginPayment(ctx: Ctx, participation: ParticipationRow, provider_id?: string): Promise<PortPayment> {
  const { id, amount, currency_code, customer_id } = participation
  const payment = await ctx.ports.payments.begin({ key: id, amount, currency_code, customer_id, ...(provider_id ? { provider_id } : {}) })
  if (participation.payment_id !== payment.id) await ctx.db.rows("update group_buy_participation set payment_id = ?, updated_at = now() where id = ?", [payment.id, id])
  return payment
}

/** Asks the provider and lets the shopper into the group if it is paid. Safe to repeat, and at once: whoever is too late gets the money back, once. Throws GROUP_BUY_NOT_NOW where there is nothing to pay. */
export async function pay(ctx: Ctx, { id, customer_id }: { id: string; customer_id: string }): Promise<PayResult> {
  const participation = await getParticipation(ctx, id, customer_id)
  // Nobody begins to pay for what is not theirs any more; what was begun is looked at whenever it comes.
  if (!participation.payment_id && !isHeldAt(participation, ctx.ports.clock.now())) throw fail("GROUP_BUY_NOT_NOW", { state: participation.status === "held" ? "expired" : participation.status })
  const begun = await beginPayment(ctx, participation)
  const payment = begun.state === "captured" || begun.state === "released" ? begun : await ctx.ports.payments.authorize(begun.id)
  if (payment.state === "pending" || payment.state === "failed") return { outcome: "waiting", participation, payment }
  const outcome = payment.state === "released" ? "late" : await confirmPaid(ctx, participation)
  // There is something to do at once: money to give back, or perhaps a team that is complete.
  if (outcome === "late" || participation.team_id) await workSoon(ctx)
  if (outcome === "paid") await publishProgress(ctx, participation.campaign_id)
  return { outcome, participation: await getParticipation(ctx, id, customer_id), payment }
}

/** Throws GROUP_BUY_PARTICIPATION_UNKNOWN, also for another shopper's. */
export async function getParticipation({ db }: Ctx, id: string, customer_id: string): Promise<ParticipationRow> {
  const [row] = await db.rows("select * from group_buy_participation where id = ? and customer_id = ?", [id, customer_id])
  if (!row) throw fail("GROUP_BUY_PARTICIPATION_UNKNOWN")
  return participationRow(row)
}

/** The money is there: in time it counts, else it goes back. */
export const confirmPaid = (ctx: Ctx, { id, campaign_id, team_id }: ParticipationRow): Promise<"paid" | "late"> =>
  ctx.db.inUnit(async () => {
    const campaign = await lockCampaign(ctx, campaign_id)
    const team = team_id ? await lockTeam(ctx, team_id) : null
    const participation = await lockParticipation(ctx, id)
    if (!participation || !campaign) throw fail("GROUP_BUY_PARTICIPATION_UNKNOWN")
    const now = ctx.ports.clock.now()
    if (participation.status !== "held") {
      if (participation.status !== "cancelled" && participation.status !== "refunded") return "paid"
      await doLater(ctx, "return", [id])
      return "late"
    }
    if (!isHeldAt(participation, now) || !isOpenAt(campaign, now)) {
      await giveUp(ctx, participation)
      // A payment that was begun while this ran may not be in the row that was locked.
      await doLater(ctx, "return", [id])
      return "late"
    }
    await ctx.db.rows("update group_buy_participation set status = 'paid', paid_at = ?, updated_at = now() where id = ?", [now, id])
    if (team) await ctx.db.rows("update group_buy_team set paid = paid + 1, updated_at = now() where id = ?", [team.id])
    await movePieces(ctx, id, "reserved = i.reserved - l.quantity, sold = i.sold + l.quantity")
    await count(ctx, participation, 1)
    if (team && team.paid + 1 >= team.size) await decideTeamWithin(ctx, campaign, { ...team, paid: team.paid + 1 }, "succeeded")
    return "paid"
  })

/** A shopper changes their mind before the group is decided. Throws GROUP_BUY_NOT_NOW. */
export async function leaveCampaign(ctx: Ctx, { id, customer_id }: { id: string; customer_id: string }): Promise<ParticipationRow> {
  const { campaign_id, team_id } = await getParticipation(ctx, id, customer_id)
  await ctx.db.inUnit(async () => {
    const campaign = await lockCampaign(ctx, campaign_id)
    const team = team_id ? await lockTeam(ctx, team_id) : null
    const participation = await lockParticipation(ctx, id)
    if (!campaign || !participation || participation.status === "cancelled" || participation.status === "refunded") return
    const undecided = participation.status === "held" || (participation.status === "paid" && isOpenAt(campaign, ctx.ports.clock.now()) && team?.status !== "succeeded")
    if (!undecided) throw fail("GROUP_BUY_NOT_NOW", { state: participation.status })
    await giveUp(ctx, participation)
  })
  await workSoon(ctx)
  await publishProgress(ctx, campaign_id)
  return getParticipation(ctx, id, customer_id)
}

export async function lockCampaign({ db }: Ctx, id: string): Promise<CampaignRow | null> {
  const [row] = await db.rows("select * from group_buy_campaign where id = ? for update", [id])
  return row ? campaignRow(row) : null
}

export async function lockTeam({ db }: Ctx, id: string): Promise<TeamRow | null> {
  const [row] = await db.rows("select * from group_buy_team where id = ? for update", [id])
  return row ? teamRow(row) : null
}
