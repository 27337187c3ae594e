import type { Ctx } from "./ctx"
import { type ParticipationRow, participationRow } from "./rows"
import { doLater } from "./todo"

/** Locks for the unit of work. Campaign, team, participation, items: everybody takes them in this order. */
export async function lockParticipation({ db }: Ctx, id: string): Promise<ParticipationRow | null> {
  const [row] = await db.rows("select * from group_buy_participation where id = ? for update", [id])
  return row ? participationRow(row) : null
}

/**
 * Gives the pieces of one that is held or paid back and cancels it; what was paid comes back by a todo. Call in a unit of work
 * that holds the locks, of a paid one the campaign's too.
 */
export async function giveUp(ctx: Ctx, { id, campaign_id, customer_id, team_id, status, pieces, amount, payment_id }: ParticipationRow): Promise<void> {
  const { db, ports } = ctx
  const of = status === "paid" ? "sold" : "reserved"
  if (team_id) await db.rows(`update group_buy_team set taken = taken - 1 ${status === "paid" ? ", paid = paid - 1" : ""} where id = ? and status = 'open'`, [team_id])
  await db.rows("update group_buy_participation set status = 'cancelled', cancelled_at = ?, updated_at = now() where id = ?", [ports.clock.now(), id])
  await movePieces(ctx, id, of === "sold" ? "sold = i.sold - l.quantity" : "reserved = i.reserved - l.quantity")
  await db.rows("update group_buy_buyer set pieces = pieces - ? where campaign_id = ? and customer_id = ?", [pieces, campaign_id, customer_id])
  if (status === "paid") await count(ctx, { id, campaign_id, customer_id, pieces, amount }, -1)
  if (payment_id) await doLater(ctx, "return", [id])
}

/** Changes the items of a participation in their order. */
export async function movePieces({ db }: Ctx, participation_id: string, change: string): Promise<void> {
  await db.rows("select i.id from group_buy_campaign_item i join group_buy_line l on l.item_id = i.id where l.participation_id = ? order by i.id for update of i", [participation_id])
  await db.rows(`update group_buy_campaign_item i set ${change}, updated_at = now() from group_buy_line l where l.participation_id = ? and i.id = l.item_id`, [participation_id])
}

type Counted = Pick<ParticipationRow, "id" | "campaign_id" | "customer_id" | "pieces" | "amount">

/** Counts what is paid, or is no more. A person counts once, however often they joined. The campaign is locked. */
export async function count({ db }: Ctx, { id, campaign_id, customer_id, pieces, amount }: Counted, by: 1 | -1): Promise<void> {
  await db.rows(
    `update group_buy_campaign set paid_pieces = paid_pieces + ?, paid_amount = paid_amount + ?, updated_at = now(),
       paid_people = paid_people + case when exists (select 1 from group_buy_participation where campaign_id = ? and customer_id = ? and id <> ? and status in ('paid', 'confirmed', 'handed_over')) then 0 else ? end
     where id = ?`,
    [by * pieces, by * amount, campaign_id, customer_id, id, by, campaign_id],
  )
}

/** Cancels what was not paid in time, of one campaign or of the shop's. Answers how many. Each in a unit of work of its own. */
export async function expireHolds(ctx: Ctx, { campaign_id, most = 500 }: { campaign_id?: string; most?: number } = {}): Promise<number> {
  const due = await ctx.db.rows<{ id: string; team_id: string | null }>(
    `select id, team_id from group_buy_participation where status = 'held' and hold_expires_at <= ? ${campaign_id ? "and campaign_id = ?" : ""} order by hold_expires_at limit ?`,
    [ctx.ports.clock.now(), ...(campaign_id ? [campaign_id] : []), most],
  )
  let freed = 0
  for (const { id, team_id } of due) {
    await ctx.db.inUnit(async () => {
      if (team_id) await ctx.db.rows("select 1 from group_buy_team where id = ? for update", [team_id])
      const participation = await lockParticipation(ctx, id)
      if (participation?.status !== "held" || participation.hold_expires_at > ctx.ports.clock.now()) return
      await giveUp(ctx, participation)
      freed++
    })
  }
  return freed
}
