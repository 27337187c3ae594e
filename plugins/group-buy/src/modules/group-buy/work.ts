import type { LocalizedText, NewOrder, PlacedOrder, PortPayment } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import { commissionOn } from "../../rules/commission"
import type { Ctx } from "./ctx"
import { giveUp, lockParticipation } from "./hold"
import { lockCampaign } from "./pay"
import { payBack } from "./pay-back"
import { type ParticipationRow, lineRow, participationRow } from "./rows"
import { type TodoKind, failTodo, finishTodos, takeTodos } from "./todo"

const BATCH = 200
/** As many payments of a provider at once. */
const AT_ONCE = 8

/** Does what is open, batch after batch, until nothing is left that can be done now. Safe in several processes at once and after a kill: every step has its key. */
export async function workTodos(ctx: Ctx): Promise<void> {
  await each(ctx, "return", async (id) => giveBack(ctx, id))
  for (let ids = await takeTodos(ctx, "order", BATCH); ids.length; ids = await takeTodos(ctx, "order", BATCH)) await makeOrders(ctx, ids)
  await each(ctx, "shortage", async (id) => payBack(ctx, "shortage", id))
  await each(ctx, "claim", async (id) => payBack(ctx, "claim", id))
  await each(ctx, "unsold", async (id) => releaseUnsold(ctx, id))
}

async function each(ctx: Ctx, kind: TodoKind, work: (subject: string) => Promise<void>): Promise<void> {
  for (let subjects = await takeTodos(ctx, kind, BATCH); subjects.length; subjects = await takeTodos(ctx, kind, BATCH)) {
    await inParallel(subjects, async (subject) => {
      try {
        await work(subject)
        await finishTodos(ctx, kind, [subject])
      } catch (error) {
        await failTodo(ctx, kind, subject, error)
      }
    })
  }
}

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }))
}

const TELL: Record<"success" | "failure", { title: LocalizedText; text: LocalizedText }> = {
  success: { title: { "zh-CN": "拼团成功", en: "Your group is complete" }, text: { "zh-CN": "您参加的团已成团，我们开始备货。", en: "Your group is complete; the goods are being prepared." } },
  failure: { title: { "zh-CN": "款项已退回", en: "Your money went back" }, text: { "zh-CN": "您参加的团没有成，款项已原路退回。", en: "Your group did not come together; the money went back the way it came." } },
}
const LINK = "/x/group-buy/mine"

/** Gives all the money of a cancelled participation back: what was taken is refunded, what was only kept is released. */
async function giveBack(ctx: Ctx, id: string): Promise<void> {
  const [row] = await ctx.db.rows("select * from group_buy_participation where id = ?", [id])
  if (!row) return
  const { payment_id, customer_id, status } = participationRow(row)
  const payment = payment_id ? await ctx.ports.payments.find(payment_id) : null
  if (!payment || (status !== "cancelled" && status !== "refunded")) return
  const left = payment.amount - payment.refunded_amount
  const done = payment.state === "captured" ? (left > 0 ? await ctx.ports.payments.refund(payment.id, left, `${id}:return`) : payment) : payment.state === "released" ? payment : await ctx.ports.payments.release(payment.id)
  await ctx.db.rows("update group_buy_participation set status = 'refunded', refunded_amount = ?, updated_at = now() where id = ? and status in ('cancelled', 'refunded')", [done.refunded_amount, id])
  if (payment.state === "captured" || payment.state === "authorized") await ctx.ports.notifications.tellCustomer(customer_id, { key: `${id}:failure`, ...TELL.failure, link: LINK })
}

type Ready = { participation: ParticipationRow; order: NewOrder }

/** Takes the money, gives the difference back, places the orders of a batch together, and notes the leaders' commissions. */
async function makeOrders(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const rows = await ctx.db.rows("select * from group_buy_participation where id = any(?::text[])", [ids])
  const lines = (await ctx.db.rows("select l.*, i.variant_id from group_buy_line l join group_buy_campaign_item i on i.id = l.item_id where l.participation_id = any(?::text[]) order by l.item_id", [ids])).map((row) => ({ ...lineRow(row), variant_id: row.variant_id as string }))
  const participations = rows.map(participationRow)
  const payments = await takeMoney(ctx, participations)
  const settled = await giveDifferences(ctx, participations, payments)
  const ready: Ready[] = []
  await inParallel(participations, async (participation) => {
    try {
      const order = await prepareOrder(ctx, participation, { payment: payments.get(participation.payment_id ?? ""), settled: settled.has(participation.id), lines: lines.filter((line) => line.participation_id === participation.id) })
      if (order) ready.push({ participation, order })
      else await finishTodos(ctx, "order", [participation.id])
    } catch (error) {
      await failTodo(ctx, "order", participation.id, error)
    }
  })
  try {
    await placeTogether(ctx, ready)
  } catch (error) {
    // One that cannot be placed must not keep the others.
    for (const one of ready) await (ready.length > 1 ? placeTogether(ctx, [one]) : Promise.reject(error as Error)).catch((alone: unknown) => failTodo(ctx, "order", one.participation.id, alone))
  }
}

/** Orders, the pieces they take, commissions and what their buyers read: all or nothing, for the ports join the unit of work. */
async function placeTogether(ctx: Ctx, ready: readonly Ready[]): Promise<void> {
  if (!ready.length) return
  await ctx.db.inUnit(async () => {
    const still = await ctx.db.rows<{ id: string }>("select id from group_buy_participation where id = any(?::text[]) and status = 'paid' order by id for update", [ready.map(({ participation }) => participation.id)])
    const open = ready.filter(({ participation }) => still.some(({ id }) => id === participation.id))
    await releaseStock(ctx, open.map(({ participation }) => participation.id))
    const placed = new Map((await ctx.ports.orders.place(open.map(({ order }) => order))).map((order) => [order.key, order]))
    await confirmAll(ctx, open.flatMap(({ participation, order }) => {
      const made = placed.get(order.key)
      return made ? [{ participation, made }] : []
    }))
    await finishTodos(ctx, "order", ready.map(({ participation }) => participation.id))
  })
}

const differenceKey = (id: string) => `${id}:difference`
const differenceOf = ({ amount, due_amount }: ParticipationRow) => amount - (due_amount ?? amount)

/** What a batch knows of a participation. `settled`: what was paid too much is back. */
type Prepared = { payment: PortPayment | undefined; settled: boolean; lines: readonly { variant_id: string; quantity: number; due_price: number | null; unit_price: number }[] }

/** Null where there is nothing to order any more. A payment that cannot be taken lets its place go. */
async function prepareOrder(ctx: Ctx, participation: ParticipationRow, { payment: known, settled, lines }: Prepared): Promise<NewOrder | null> {
  const { id, status, payment_id, customer_id, ship, leader_id } = participation
  if (status !== "paid" || !payment_id) return null
  const payment = await capture(ctx, payment_id, known)
  if (payment.state !== "captured") {
    await letGo(ctx, participation)
    return null
  }
  const difference = differenceOf(participation)
  if (difference > 0 && !settled) await ctx.ports.payments.refund(payment_id, difference, differenceKey(id))
  return {
    key: id,
    customer_id,
    payment_id,
    lines: lines.map(({ variant_id, quantity, due_price, unit_price }) => ({ variant_id, quantity, unit_price_amount: due_price ?? unit_price })),
    // A place without districts leaves that word out.
    ship_to: { ...ship, province: ship.province || undefined, city: ship.city || undefined, district: ship.district || undefined },
    delivery: leader_id ? { "zh-CN": "团长自提点取货", en: "Collected at the leader's point" } : { "zh-CN": "拼团送货上门", en: "Team purchase, sent home" },
    metadata: { group_buy_participation: id },
  }
}

/** Asks again for what was not taken with the others: the answer says why. */
const capture = async ({ ports }: Ctx, payment_id: string, known: PortPayment | undefined): Promise<PortPayment> => {
  const found = known ?? (await ports.payments.find(payment_id))
  return found?.state === "authorized" ? ports.payments.capture(payment_id) : (found ?? ports.payments.capture(payment_id))
}

/** The payments of a batch, taken together where that can be done. One that spoils it must not keep the others: then each is asked for alone. */
async function takeMoney({ ports }: Ctx, participations: readonly ParticipationRow[]): Promise<Map<string, PortPayment>> {
  const ids = participations.flatMap(({ status, payment_id }) => (status === "paid" && payment_id ? [payment_id] : []))
  const payments = ids.length ? await ports.payments.captureAll(ids).catch(() => []) : []
  return new Map(payments.map((payment) => [payment.id, payment]))
}

/** Gives back together what a batch paid too much; answers whose is back. The others are asked for alone. */
async function giveDifferences({ ports }: Ctx, participations: readonly ParticipationRow[], payments: ReadonlyMap<string, PortPayment>): Promise<Set<string>> {
  const open = participations.filter((one) => differenceOf(one) > 0 && payments.get(one.payment_id ?? "")?.state === "captured")
  if (!open.length) return new Set()
  const keys = new Set(await ports.payments.refundAll(open.map((one) => ({ id: one.payment_id ?? "", amount: differenceOf(one), key: differenceKey(one.id) }))).catch(() => []))
  return new Set(open.flatMap(({ id }) => (keys.has(differenceKey(id)) ? [id] : [])))
}

const letGo = (ctx: Ctx, { id, campaign_id, team_id }: ParticipationRow): Promise<void> =>
  ctx.db.inUnit(async () => {
    await lockCampaign(ctx, campaign_id)
    if (team_id) await ctx.db.rows("select 1 from group_buy_team where id = ? for update", [team_id])
    const participation = await lockParticipation(ctx, id)
    if (participation?.status === "paid") await giveUp(ctx, participation)
  })

type Made = { participation: ParticipationRow; made: PlacedOrder }

const COMMISSION: LocalizedText = { "zh-CN": "团长佣金", en: "A leader's commission" }

/** Notes the orders of a batch, in a few statements however many they are. */
async function confirmAll({ db, ports }: Ctx, all: readonly Made[]): Promise<void> {
  if (!all.length) return
  const leaders = await db.rows<{ id: string; commission_basis_points: number }>("select id, commission_basis_points from group_buy_leader where id = any(?::text[])", [[...new Set(all.flatMap(({ participation: { leader_id } }) => leader_id ?? []))]])
  const rateOf = new Map(leaders.map(({ id, commission_basis_points }) => [id, Number(commission_basis_points)]))
  const commissions = all.flatMap(({ participation: { id, leader_id, amount, due_amount, currency_code } }) => {
    const basis_points = rateOf.get(leader_id ?? "") ?? 0
    return leader_id ? [{ id: generateEntityId(undefined, "gbcom"), participation_id: id, leader_id, basis_points, amount: commissionOn(due_amount ?? amount, basis_points), currency_code }] : []
  })
  await ports.ledger.postAll(commissions.filter(({ amount }) => amount > 0).map(({ participation_id, leader_id, amount, currency_code }) => ({
    key: `${participation_id}:commission`,
    currency_code,
    memo: COMMISSION,
    entries: [{ account: "commission", debit_amount: amount }, { account: `leader:${leader_id}`, credit_amount: amount }],
  })))
  const orders = all.map(({ participation, made: { order_id, display_id } }) => ({ id: participation.id, order_id, display_id, refunded: differenceOf(participation) }))
  await db.rows(
    `update group_buy_participation p set status = 'confirmed', order_id = r.order_id, order_number = r.display_id, refunded_amount = r.refunded, confirmed_at = ?, updated_at = now()
     from jsonb_to_recordset(?::jsonb) as r(id text, order_id text, display_id bigint, refunded bigint) where p.id = r.id`,
    [ports.clock.now(), JSON.stringify(orders)],
  )
  await db.rows(
    `insert into group_buy_commission (id, participation_id, leader_id, basis_points, amount)
     select id, participation_id, leader_id, basis_points, amount from jsonb_to_recordset(?::jsonb) as r(id text, participation_id text, leader_id text, basis_points integer, amount bigint) on conflict do nothing`,
    [JSON.stringify(commissions)],
  )
  await ports.notifications.tellCustomers(all.map(({ participation: { id, customer_id } }) => ({ customer_id, news: { key: `${id}:success`, ...TELL.success, link: LINK } })))
}

/** The orders take their pieces from the shop's stock themselves. In the unit of work that places them: nobody else sees them free. */
async function releaseStock(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const lines = await ctx.db.rows<{ item_id: string; quantity: string }>("update group_buy_line set stock_released = true, updated_at = now() where participation_id = any(?::text[]) and not stock_released returning item_id, quantity", [ids])
  const pieces = new Map<string, number>()
  for (const { item_id, quantity } of lines) pieces.set(item_id, (pieces.get(item_id) ?? 0) + Number(quantity))
  for (const [item_id, quantity] of pieces) await ctx.ports.stock.release(item_id, quantity)
}

/** What the campaign kept for itself and did not sell goes back to the shop's stock, once all its orders are made. */
async function releaseUnsold(ctx: Ctx, item_id: string): Promise<void> {
  const [item] = await ctx.db.rows<{ open: boolean }>(
    `select c.status in ('draft', 'open') or exists (select 1 from group_buy_participation p where p.campaign_id = c.id and p.status = 'paid') as open from group_buy_campaign_item i join group_buy_campaign c on c.id = i.campaign_id where i.id = ?`,
    [item_id],
  )
  if (item?.open) throw new Error("there are orders to be made first")
  if (item) await ctx.ports.stock.release(item_id)
}
