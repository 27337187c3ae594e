import { clawBack } from "../../rules/commission"
import type { Ctx } from "./ctx"
import { lockParticipation } from "./hold"

const TABLE = { shortage: "group_buy_shortage", claim: "group_buy_claim" } as const
const AMOUNT = { shortage: "amount", claim: "approved_amount" } as const
const REASON = {
  shortage: { title: { "zh-CN": "缺货已退款", en: "Something was missing; its money went back" }, text: { "zh-CN": "您的团购有商品缺货，货款已原路退回。", en: "Part of your group purchase was not delivered; its price went back the way it came." } },
  claim: { title: { "zh-CN": "售后已退款", en: "Your claim was paid" }, text: { "zh-CN": "您的售后已同意，款项已原路退回。", en: "Your claim was accepted; the money went back the way it came." } },
}

/** Gives part of an order's money back, for a shortage or a claim, once; and takes the leader's commission on it back. */
export async function payBack(ctx: Ctx, what: "shortage" | "claim", id: string): Promise<void> {
  const [row] = await ctx.db.rows<{ participation_id: string; amount: string; refunded_at: Date | null }>(`select participation_id, ${AMOUNT[what]} as amount, refunded_at from ${TABLE[what]} where id = ?`, [id])
  const [whose] = row ? await ctx.db.rows<{ payment_id: string; customer_id: string; currency_code: string }>("select payment_id, customer_id, currency_code from group_buy_participation where id = ?", [row.participation_id]) : []
  if (!row || !whose) return
  const amount = Number(row.amount)
  if (amount > 0) await ctx.ports.payments.refund(whose.payment_id, amount, id)
  const back = await ctx.db.inUnit(() => noteRefund(ctx, what, id, row.participation_id, amount))
  if (back.amount > 0) {
    await ctx.ports.ledger.post(`${id}:claw-back`, {
      currency_code: whose.currency_code,
      memo: { "zh-CN": "追回团长佣金", en: "A leader's commission taken back" },
      entries: [{ account: `leader:${back.leader_id}`, debit_amount: back.amount }, { account: "commission", credit_amount: back.amount }],
    })
  }
  await ctx.ports.notifications.tellCustomer(whose.customer_id, { key: id, ...REASON[what], link: "/x/group-buy/mine" })
}

/** The claw-back of this refund: reckoned once, and read again where the process died before the ledger had it. */
async function noteRefund(ctx: Ctx, what: "shortage" | "claim", id: string, participation_id: string, amount: number): Promise<{ amount: number; leader_id: string }> {
  const { db, ports } = ctx
  const participation = await lockParticipation(ctx, participation_id)
  const [commission] = await db.rows<{ id: string; leader_id: string; basis_points: number; clawed_back_amount: string }>("select id, leader_id, basis_points, clawed_back_amount from group_buy_commission where participation_id = ? for update", [participation_id])
  const [own] = await db.rows<{ refunded_at: Date | null; clawed_back_amount: string }>(`select refunded_at, clawed_back_amount from ${TABLE[what]} where id = ? for update`, [id])
  const leader_id = commission?.leader_id ?? ""
  if (!participation || !own || own.refunded_at) return { amount: Number(own?.clawed_back_amount ?? 0), leader_id }
  const due = participation.due_amount ?? participation.amount
  const refunded = participation.refunded_amount - (participation.amount - due) + amount
  const back = commission ? clawBack({ due, refunded, basis_points: Number(commission.basis_points), clawed_back: Number(commission.clawed_back_amount) }) : 0
  await db.rows("update group_buy_participation set refunded_amount = refunded_amount + ?, updated_at = now() where id = ?", [amount, participation_id])
  await db.rows(`update ${TABLE[what]} set refunded_at = ?, clawed_back_amount = ?, updated_at = now() where id = ?`, [ports.clock.now(), back, id])
  if (commission) await db.rows("update group_buy_commission set clawed_back_amount = clawed_back_amount + ?, updated_at = now() where id = ?", [back, commission.id])
  return { amount: back, leader_id }
}
