import { generateEntityId } from "@medusajs/framework/utils"
import type { Claim, DeskClaim } from "../../contract"
import { fail } from "../../fail"
import { spreadShortage } from "../../rules/shortage"
import type { Ctx } from "./ctx"
import { lockParticipation } from "./hold"
import { getParticipation } from "./pay"
import { lineRow } from "./rows"
import type { Row } from "./service"
import { doLater, workSoon } from "./todo"

const DAY_MS = 86_400_000

/** Fen that a participation `p` paid and did not get back, less what is already on its way back. Before it is an order the difference to the final price has not gone back yet. */
const REFUNDABLE = `p.amount - greatest(p.refunded_amount, p.amount - coalesce(p.due_amount, p.amount))
  - (select coalesce(sum(s.amount), 0) from group_buy_shortage s where s.participation_id = p.id and s.refunded_at is null)
  - (select coalesce(sum(d.approved_amount), 0) from group_buy_claim d where d.participation_id = p.id and d.status = 'approved' and d.refunded_at is null)`

async function refundable({ db }: Ctx, participation_id: string): Promise<number> {
  const [row] = await db.rows<{ most: string }>(`select ${REFUNDABLE} as most from group_buy_participation p where p.id = ?`, [participation_id])
  return Number(row?.most ?? 0)
}

/** A customer is not content with what they got. Throws GROUP_BUY_NOT_NOW, GROUP_BUY_CLAIM_TOO_LATE, GROUP_BUY_CLAIM_TOO_LARGE, GROUP_BUY_CLAIM_OPEN. */
export async function makeClaim(ctx: Ctx, { id, customer_id }: { id: string; customer_id: string }, { amount, reason }: { amount: number; reason: string }): Promise<Claim> {
  const participation = await getParticipation(ctx, id, customer_id)
  if (participation.status !== "confirmed" && participation.status !== "handed_over") throw fail("GROUP_BUY_NOT_NOW", { state: participation.status })
  const { claim_days } = await ctx.ports.settings.get()
  const now = ctx.ports.clock.now()
  if (participation.handed_over_at && now.getTime() > participation.handed_over_at.getTime() + claim_days * DAY_MS) throw fail("GROUP_BUY_CLAIM_TOO_LATE")
  const most = await refundable(ctx, id)
  if (amount > most) throw fail("GROUP_BUY_CLAIM_TOO_LARGE", { most })
  const [row] = await ctx.db.rows("insert into group_buy_claim (id, participation_id, customer_id, reason, wanted_amount, created_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing returning *", [generateEntityId(undefined, "gbclaim"), id, customer_id, reason, amount, now])
  if (!row) throw fail("GROUP_BUY_CLAIM_OPEN")
  return claimView(row)
}

/** The shop answers a claim; what is granted goes back by itself, and with it the leader's commission. Throws GROUP_BUY_CLAIM_UNKNOWN, GROUP_BUY_NOT_NOW, GROUP_BUY_CLAIM_TOO_LARGE. */
export async function decideClaim(ctx: Ctx, id: string, decision: { decision: "approve"; amount: number } | { decision: "refuse" }): Promise<Claim> {
  const [claim] = await ctx.db.rows<{ participation_id: string }>("select participation_id from group_buy_claim where id = ?", [id])
  if (!claim) throw fail("GROUP_BUY_CLAIM_UNKNOWN")
  const decided = await ctx.db.inUnit(async () => {
    // Locked before it is counted: two grants at once would otherwise both see the whole amount left.
    await lockParticipation(ctx, claim.participation_id)
    const most = await refundable(ctx, claim.participation_id)
    if (decision.decision === "approve" && decision.amount > most) throw fail("GROUP_BUY_CLAIM_TOO_LARGE", { most })
    const approved = decision.decision === "approve"
    const [row] = await ctx.db.rows("update group_buy_claim set status = ?, approved_amount = ?, decided_at = ?, updated_at = now() where id = ? and status = 'open' returning *", [approved ? "approved" : "refused", approved ? decision.amount : null, ctx.ports.clock.now(), id])
    if (!row) throw fail("GROUP_BUY_NOT_NOW", { state: "decided" })
    if (approved) await doLater(ctx, "claim", [id])
    return claimView(row)
  })
  await workSoon(ctx)
  return decided
}

/** Those who wait longest first, of what is decided the newest. */
export async function listClaims(ctx: Ctx, status: Claim["status"]): Promise<DeskClaim[]> {
  const rows = await ctx.db.rows(
    `select c.*, k.id as campaign_id, k.title_zh, k.title_en, p.ship_name, p.order_number, ${REFUNDABLE} as most_amount
     from group_buy_claim c join group_buy_participation p on p.id = c.participation_id join group_buy_campaign k on k.id = p.campaign_id
     where c.status = ? order by c.created_at ${status === "open" ? "" : "desc"}, c.id limit 200`,
    [status],
  )
  return rows.map((row) => ({
    ...claimView(row),
    customer: row.ship_name as string,
    order_number: row.order_number === null ? null : Number(row.order_number),
    campaign_id: row.campaign_id as string,
    campaign_title: { "zh-CN": row.title_zh as string, en: row.title_en as string },
    most_amount: Number(row.most_amount),
  }))
}

const claimView = (row: Row): Claim => ({
  id: row.id as string,
  participation_id: row.participation_id as string,
  status: row.status as Claim["status"],
  reason: row.reason as string,
  wanted_amount: Number(row.wanted_amount),
  approved_amount: row.approved_amount === null ? null : Number(row.approved_amount),
  created_at: new Date(row.created_at as string).toISOString(),
})

type Shortage = { idempotency_key: string; item_id: string; leader_id?: string; pieces: number }

/** Pieces that did not come: whoever joined last goes without and is paid back by itself. Safe to retry by its key. Throws GROUP_BUY_SHORTAGE_TOO_LARGE. Answers the pieces of each participation. */
export async function noteShortage(ctx: Ctx, campaign_id: string, { idempotency_key, item_id, leader_id, pieces }: Shortage): Promise<{ participation_id: string; pieces: number }[]> {
  const lots = await ctx.db.inUnit(async () => {
    await ctx.db.rows("select 1 from group_buy_campaign_item where id = ? and campaign_id = ? for update", [item_id, campaign_id])
    const known = await ctx.db.rows<{ participation_id: string; pieces: string }>("select s.participation_id, s.pieces from group_buy_shortage s join group_buy_participation p on p.id = s.participation_id where s.idempotency_key = ? order by p.joined_at desc, p.id desc", [idempotency_key])
    if (known.length) return known.map(({ participation_id, pieces: n }) => ({ participation_id, pieces: Number(n) }))
    const rows = await ctx.db.rows(
      `select l.*, p.joined_at from group_buy_line l join group_buy_participation p on p.id = l.participation_id where l.item_id = ? and p.campaign_id = ? and p.status = 'confirmed' ${leader_id ? "and p.leader_id = ?" : ""} order by l.participation_id for update of l`,
      [item_id, campaign_id, ...(leader_id ? [leader_id] : [])],
    )
    const ordered = rows.map((row) => ({ ...lineRow(row), joined_at: new Date(row.joined_at as string) }))
    const most = ordered.reduce((sum, { quantity, short }) => sum + quantity - short, 0)
    if (pieces > most) throw fail("GROUP_BUY_SHORTAGE_TOO_LARGE", { most })
    const spread = spreadShortage(ordered, pieces)
    for (const { participation_id, pieces: missing } of spread) {
      const line = ordered.find((each) => each.participation_id === participation_id)
      const id = generateEntityId(undefined, "gbshort")
      await ctx.db.rows("update group_buy_line set short = short + ?, updated_at = now() where participation_id = ? and item_id = ?", [missing, participation_id, item_id])
      await ctx.db.rows("insert into group_buy_shortage (id, idempotency_key, campaign_id, item_id, participation_id, pieces, amount) values (?, ?, ?, ?, ?, ?, ?)", [id, idempotency_key, campaign_id, item_id, participation_id, missing, missing * (line?.due_price ?? line?.unit_price ?? 0)])
      await doLater(ctx, "shortage", [id])
    }
    return spread
  })
  await workSoon(ctx)
  return lots
}
