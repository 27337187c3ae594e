import type { Position } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import type { CommissionSummary, LeaderDecision, LeaderInput, LeaderState, LeaderView, ListedParticipation, PointView } from "../../contract"
import { fail } from "../../fail"
import { byDistance } from "../../rules/nearest"
import { codeHash, newCode } from "../../rules/pick-up-code"
import type { Ctx } from "./ctx"
import { getParticipation } from "./pay"
import type { Row } from "./service"

const MINUTE_MS = 60_000
/** Wrong codes of one leader within a minute. */
const TRIES = 10

/** Asks to become a leader, once for each customer. Throws GROUP_BUY_LEADER_EXISTS; who was refused may ask again. */
export async function applyAsLeader({ db, ports }: Ctx, customer_id: string, input: LeaderInput): Promise<LeaderView> {
  const { commission_basis_points } = await ports.settings.get()
  const values = [input.leader_name, input.phone, input.point_name, input.province, input.city, input.district, input.address, input.latitude, input.longitude, input.referrer_id ?? null]
  const [row] = await db.rows(
    `insert into group_buy_leader (id, customer_id, leader_name, phone, point_name, province, city, district, address, latitude, longitude, referrer_id, commission_basis_points, applied_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (tenant_id, customer_id) do update set status = 'pending', leader_name = excluded.leader_name, phone = excluded.phone, point_name = excluded.point_name, province = excluded.province, city = excluded.city, district = excluded.district, address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude, refusal_reason = null, applied_at = excluded.applied_at, decided_at = null, updated_at = now()
     where group_buy_leader.status = 'refused' returning *`,
    [generateEntityId(undefined, "gblead"), customer_id, ...values, commission_basis_points, ports.clock.now()],
  )
  if (!row) throw fail("GROUP_BUY_LEADER_EXISTS")
  const view = leaderView(row)
  await ports.notifications.tellStaff({ key: `${view.leader_id}:${view.applied_at}`, title: { "zh-CN": "新的团长申请", en: "Somebody wants to become a leader" }, text: { "zh-CN": `${view.leader_name}：${view.name}`, en: `${view.leader_name}: ${view.name}` } })
  return view
}

/** Approves, refuses or suspends. A suspended leader's point takes part in nothing more; what is ordered there can still be handed over. */
export async function decideLeader({ db, ports }: Ctx, id: string, decision: LeaderDecision): Promise<LeaderView> {
  const [status, from]: [LeaderState, LeaderState[]] = decision.decision === "approve" ? ["approved", ["pending", "approved", "suspended"]] : decision.decision === "refuse" ? ["refused", ["pending", "refused"]] : ["suspended", ["approved", "suspended"]]
  const approved = decision.decision === "approve" ? decision : null
  const [row] = await db.rows(
    `update group_buy_leader set status = ?, level = coalesce(?, level), commission_basis_points = coalesce(?, commission_basis_points), refusal_reason = ?, decided_at = ?, updated_at = now() where id = ? and status = any(?::text[]) returning *`,
    [status, approved?.level ?? null, approved?.commission_basis_points ?? null, decision.decision === "approve" ? null : decision.reason, ports.clock.now(), id, from],
  )
  if (!row) {
    const [there] = await db.rows<{ status: string }>("select status from group_buy_leader where id = ?", [id])
    throw there ? fail("GROUP_BUY_NOT_NOW", { state: there.status }) : fail("GROUP_BUY_LEADER_UNKNOWN")
  }
  await ports.audit.note(`group-buy.leader.${status}`, { leader_id: id })
  return leaderView(row)
}

export async function listLeaders({ db }: Ctx, status: LeaderState | null): Promise<LeaderView[]> {
  return (await db.rows(`select * from group_buy_leader ${status ? "where status = ?" : ""} order by applied_at desc, id`, status ? [status] : [])).map(leaderView)
}

export async function findLeaderOf({ db }: Ctx, customer_id: string): Promise<LeaderView | null> {
  const [row] = await db.rows("select * from group_buy_leader where customer_id = ?", [customer_id])
  return row ? leaderView(row) : null
}

/** Throws GROUP_BUY_LEADER_ONLY. A suspended leader still hands over what is there. */
export async function getLeaderOf(ctx: Ctx, customer_id: string): Promise<LeaderView> {
  const leader = await findLeaderOf(ctx, customer_id)
  if (leader?.status !== "approved" && leader?.status !== "suspended") throw fail("GROUP_BUY_LEADER_ONLY")
  return leader
}

/** The points of a campaign, the nearest first where somebody says where they are. */
export async function listPoints({ db }: Ctx, campaign_id: string, from: Position | null): Promise<PointView[]> {
  const rows = await db.rows("select l.* from group_buy_leader l join group_buy_campaign_point p on p.leader_id = l.id and p.active where p.campaign_id = ? and l.status = 'approved' order by l.point_name, l.id", [campaign_id])
  return byDistance(rows.map(pointView), from)
}

/** A new code for the goods of a participation; the one before is void. What is kept of it is a hash. Throws GROUP_BUY_NOT_NOW. */
export async function issueCode(ctx: Ctx, { id, customer_id }: { id: string; customer_id: string }): Promise<string> {
  const { leader_id, status } = await getParticipation(ctx, id, customer_id)
  if (!leader_id || status !== "confirmed") throw fail("GROUP_BUY_NOT_NOW", { state: status })
  for (;;) {
    const code = newCode()
    // Only codes that are still open count: the same digits may come again later.
    const hash = codeHash(leader_id, code)
    try {
      const [row] = await ctx.db.rows("update group_buy_participation set code_hash = ?, updated_at = now() where id = ? and status = 'confirmed' returning id", [hash, id])
      if (row) return code
      throw fail("GROUP_BUY_NOT_NOW", { state: status })
    } catch (error) {
      if ((error as { code?: string }).code !== "23505") throw error
    }
  }
}

/** Hands goods over to whoever shows the code, once. Throws GROUP_BUY_CODE_WRONG, and GROUP_BUY_CODE_TRIES after ten wrong ones in a minute, however many come at once. */
export async function handOver(ctx: Ctx, leader_id: string, code: string): Promise<ListedParticipation> {
  const now = ctx.ports.clock.now()
  const done = await ctx.db.inUnit(async () => {
    await ctx.db.rows("select pg_advisory_xact_lock(hashtextextended('group-buy-code:' || current_setting('app.tenant_id') || ':' || ?, 0))", [leader_id])
    const [misses] = await ctx.db.rows<{ n: string }>("select count(*) as n from group_buy_code_miss where leader_id = ? and missed_at > ?", [leader_id, new Date(now.getTime() - MINUTE_MS)])
    if (Number(misses?.n) >= TRIES) return fail("GROUP_BUY_CODE_TRIES")
    const [row] = await ctx.db.rows<{ id: string }>("update group_buy_participation set status = 'handed_over', handed_over_at = ?, code_hash = null, updated_at = now() where leader_id = ? and code_hash = ? and status = 'confirmed' returning id", [now, leader_id, codeHash(leader_id, code)])
    if (row) {
      await ctx.db.rows("update group_buy_commission set status = 'withdrawable', updated_at = now() where participation_id = ?", [row.id])
      return row.id
    }
    // Committed although the request fails: a miss counts.
    await ctx.db.rows("delete from group_buy_code_miss where leader_id = ? and missed_at <= ?", [leader_id, new Date(now.getTime() - MINUTE_MS)])
    await ctx.db.rows("insert into group_buy_code_miss (id, leader_id, missed_at) values (?, ?, ?)", [generateEntityId(undefined, "gbmiss"), leader_id, now])
    return fail("GROUP_BUY_CODE_WRONG")
  })
  if (typeof done !== "string") throw done
  const [listed] = await readList(ctx, "p.id = ?", [done])
  return listed as ListedParticipation
}

/** The goods of a leader's point that are not collected yet, and those handed over since midnight of the last day. */
export const todaysList = ({ db, ports }: Ctx, leader_id: string): Promise<ListedParticipation[]> =>
  readList({ db, ports }, "p.leader_id = ? and (p.status = 'confirmed' or (p.status = 'handed_over' and p.handed_over_at > ?))", [leader_id, new Date(ports.clock.now().getTime() - 24 * 60 * MINUTE_MS)])

async function readList({ db }: Pick<Ctx, "db" | "ports">, where: string, values: readonly unknown[]): Promise<ListedParticipation[]> {
  const rows = await db.rows<Row & { id: string }>(`select p.*, c.title_zh, c.title_en from group_buy_participation p join group_buy_campaign c on c.id = p.campaign_id where ${where} order by p.status, p.ship_name, p.id limit 1000`, values)
  const lines = await db.rows<{ participation_id: string; title_zh: string; title_en: string; quantity: string; short: string }>("select l.participation_id, i.title_zh, i.title_en, l.quantity, l.short from group_buy_line l join group_buy_campaign_item i on i.id = l.item_id where l.participation_id = any(?::text[]) order by i.position", [rows.map(({ id }) => id)])
  return rows.map((row) => ({
    id: row.id,
    campaign: { id: row.campaign_id as string, title: { "zh-CN": row.title_zh as string, en: row.title_en as string } },
    name: row.ship_name as string,
    phone: (row.ship_phone as string).replace(/^\d{7}/, "*******"),
    status: row.status as string,
    arrived_at: row.arrived_at ? new Date(row.arrived_at as string).toISOString() : null,
    lines: lines.filter(({ participation_id }) => participation_id === row.id).map(({ title_zh, title_en, quantity, short }) => ({ title: { "zh-CN": title_zh, en: title_en }, quantity: Number(quantity) - Number(short) })),
  }))
}

/** The goods of a campaign are at a leader's point: whoever ordered there is told, once. Answers how many. */
export async function markArrived({ db, ports }: Ctx, campaign_id: string, leader_id: string): Promise<number> {
  const rows = await db.rows<{ id: string; customer_id: string; ship_address: string }>("update group_buy_participation set arrived_at = coalesce(arrived_at, ?), updated_at = now() where campaign_id = ? and leader_id = ? and status = 'confirmed' returning id, customer_id, ship_address", [ports.clock.now(), campaign_id, leader_id])
  for (const { id, customer_id, ship_address } of rows) {
    await ports.notifications.tellCustomer(customer_id, { key: `${id}:arrived`, title: { "zh-CN": "到货了，来取吧", en: "Your goods have arrived" }, text: { "zh-CN": `请到 ${ship_address} 出示取货码。`, en: `Collect them at ${ship_address} with your code.` }, link: "/x/group-buy/mine" })
  }
  return rows.length
}

export async function commissionOf({ db }: Ctx, leader_id: string): Promise<CommissionSummary> {
  const [row] = await db.rows<{ pending: string; withdrawable: string; clawed: string }>(
    "select coalesce(sum(amount - clawed_back_amount) filter (where status = 'pending'), 0) as pending, coalesce(sum(amount - clawed_back_amount) filter (where status = 'withdrawable'), 0) as withdrawable, coalesce(sum(clawed_back_amount), 0) as clawed from group_buy_commission where leader_id = ?",
    [leader_id],
  )
  return { pending_amount: Number(row?.pending), withdrawable_amount: Number(row?.withdrawable), clawed_back_amount: Number(row?.clawed) }
}

const pointView = (row: Row): PointView => ({
  leader_id: row.id as string,
  name: row.point_name as string,
  province: row.province as string,
  city: row.city as string,
  district: row.district as string,
  address: row.address as string,
  latitude: Number(row.latitude),
  longitude: Number(row.longitude),
  distance_m: null,
})

const leaderView = (row: Row): LeaderView => ({
  ...pointView(row),
  status: row.status as LeaderState,
  level: Number(row.level),
  leader_name: row.leader_name as string,
  phone: row.phone as string,
  commission_basis_points: Number(row.commission_basis_points),
  refusal_reason: row.refusal_reason as string | null,
  applied_at: new Date(row.applied_at as string).toISOString(),
})
