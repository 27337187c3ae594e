import type { Feedback, PickingList, PurchaseLine, RunStop, SortingMatrix } from "../../contract"
import { runOrder } from "../../rules/nearest"
import type { Ctx } from "./ctx"

/** What counts on a sheet: paid or ordered, less what is missing. */
const LINES = `from group_buy_line l join group_buy_participation p on p.id = l.participation_id join group_buy_campaign_item i on i.id = l.item_id where p.campaign_id = ? and p.status in ('paid', 'confirmed', 'handed_over')`
const ITEM = "i.id as item_id, i.title_zh, i.title_en, i.sku, i.position"
type ItemPart = { item_id: string; title_zh: string; title_en: string; sku: string | null }
const item = ({ item_id, title_zh, title_en, sku }: ItemPart) => ({ item_id, title: { "zh-CN": title_zh, en: title_en }, sku })

/** The supplier's order: everything that was paid for, and what of it did not come. */
export async function purchaseSummary({ db }: Ctx, campaign_id: string): Promise<PurchaseLine[]> {
  const rows = await db.rows<ItemPart & { pieces: string; amount: string; short: string }>(`select ${ITEM}, sum(l.quantity) as pieces, sum(l.quantity * coalesce(l.due_price, l.unit_price)) as amount, sum(l.short) as short ${LINES} group by i.id, i.title_zh, i.title_en, i.sku, i.position order by i.position`, [campaign_id])
  return rows.map((row) => ({ ...item(row), pieces: Number(row.pieces), amount: Number(row.amount), shortage: Number(row.short) }))
}

type Cell = ItemPart & { leader_id: string; point_name: string; participation_id: string; ship_name: string; pieces: string }
const cells = ({ db }: Ctx, campaign_id: string) =>
  db.rows<Cell>(`select ${ITEM}, p.leader_id, d.point_name, p.id as participation_id, p.ship_name, l.quantity - l.short as pieces ${LINES.replace(" where ", " join group_buy_leader d on d.id = p.leader_id where ")} and l.quantity > l.short order by d.point_name, p.leader_id, p.ship_name, p.id, i.position`, [campaign_id])

const unique = <T>(all: readonly T[], key: (one: T) => string): T[] => [...new Map(all.map((one) => [key(one), one])).values()]
const total = (all: readonly Cell[]) => all.reduce((sum, { pieces }) => sum + Number(pieces), 0)

/** 播种: each item over all points. */
export async function sortingMatrix(ctx: Ctx, campaign_id: string): Promise<SortingMatrix> {
  const all = await cells(ctx, campaign_id)
  const points = unique(all, ({ leader_id }) => leader_id).map(({ leader_id, point_name }) => ({ leader_id, name: point_name }))
  const rows = unique(all, ({ item_id }) => item_id).map((one) => {
    const own = all.filter(({ item_id }) => item_id === one.item_id)
    return { ...item(one), pieces: points.map(({ leader_id }) => total(own.filter((cell) => cell.leader_id === leader_id))), total: total(own) }
  })
  return { points, rows }
}

/** 摘果: one list for each point, with its parcels. */
export async function pickingLists(ctx: Ctx, campaign_id: string): Promise<PickingList[]> {
  const all = await cells(ctx, campaign_id)
  return unique(all, ({ leader_id }) => leader_id).map(({ leader_id, point_name }) => {
    const own = all.filter((cell) => cell.leader_id === leader_id)
    return {
      leader_id,
      point: point_name,
      lines: unique(own, ({ item_id }) => item_id).map((one) => ({ ...item(one), pieces: total(own.filter(({ item_id }) => item_id === one.item_id)) })),
      parcels: unique(own, ({ participation_id }) => participation_id).map(({ participation_id, ship_name }) => ({ participation_id, name: ship_name, lines: own.filter((cell) => cell.participation_id === participation_id).map((cell) => ({ ...item(cell), pieces: Number(cell.pieces) })) })),
    }
  })
}

/** The driver's way over all points that get something. */
export async function runSheet(ctx: Ctx, campaign_id: string): Promise<RunStop[]> {
  const all = await cells(ctx, campaign_id)
  const leaders = await ctx.db.rows<{ id: string; point_name: string; address: string; phone: string; latitude: number; longitude: number }>("select id, point_name, address, phone, latitude, longitude from group_buy_leader where id = any(?::text[]) order by point_name, id", [unique(all, ({ leader_id }) => leader_id).map(({ leader_id }) => leader_id)])
  return runOrder(leaders, null).map(({ id, point_name, address, phone, leg_m }) => {
    const own = all.filter(({ leader_id }) => leader_id === id)
    return { leader_id: id, point: point_name, address, phone, parcels: unique(own, ({ participation_id }) => participation_id).length, pieces: total(own), leg_m }
  })
}

/** How well each item did: sold of its stock, claims of its buyers, and buyers who had bought it in an earlier campaign. */
export async function feedback({ db }: Ctx, campaign_id: string): Promise<Feedback[]> {
  const rows = await db.rows<ItemPart & { sold: string; stock: string; buyers: string; claims: string; repeats: string }>(
    `select ${ITEM}, i.sold, i.stock, count(distinct p.customer_id) as buyers,
       count(distinct p.id) filter (where exists (select 1 from group_buy_claim c where c.participation_id = p.id and c.status <> 'refused')) as claims,
       count(distinct p.customer_id) filter (where exists (select 1 from group_buy_participation e join group_buy_line el on el.participation_id = e.id join group_buy_campaign_item ei on ei.id = el.item_id
         where e.customer_id = p.customer_id and e.campaign_id <> p.campaign_id and ei.variant_id = i.variant_id and e.joined_at < p.joined_at and e.status in ('paid', 'confirmed', 'handed_over'))) as repeats
     ${LINES} group by i.id, i.title_zh, i.title_en, i.sku, i.position, i.sold, i.stock, i.variant_id order by i.position`,
    [campaign_id],
  )
  const share = (part: string, whole: string) => (Number(whole) ? Math.round((Number(part) * 10_000) / Number(whole)) : 0)
  return rows.map((row) => ({ ...item(row), sell_through: share(row.sold, row.stock), claim_rate: share(row.claims, row.buyers), repeat_rate: share(row.repeats, row.buyers) }))
}
