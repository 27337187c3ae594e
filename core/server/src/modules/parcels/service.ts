import { randomInt } from "node:crypto"
import { FangshiError, type ParcelState } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { Parcel, ParcelLine, ParcelMiss, ParcelRefund } from "./models/parcel"

/** A parcel. Amounts in fen; times ISO. */
export type ParcelView = {
  id: string
  order_id: string
  merchant_key: string
  state: ParcelState
  pick_up_code: string
  goods_amount: number
  refunded_amount: number
  currency_code: string
  pieces: number
  fulfillment_ids: string[]
  refusal_reason: string | null
  ordered_at: string
  accepted_at: string | null
  packed_at: string | null
  closed_at: string | null
}

export type NewParcel = Pick<ParcelView, "merchant_key" | "currency_code"> & { lines: { line_item_id: string; quantity: number; goods_amount: number; discount_amount: number }[] }

/** Whose parcels somebody may see: one merchant's, or with null those of the whole shop. */
export type Scope = string | null

/** What a step changes beside the state. */
export type StepMarks = { by: string; now: number; refusal_reason?: string; fulfillment_ids?: string[] }

const MOST_MISSES = 5
const MISSES_MS = 60_000
const PAGE = 20
const FIELDS = "id, order_id, merchant_key, state, pick_up_code, goods_amount, refunded_amount, currency_code, pieces, fulfillment_ids, refusal_reason, ordered_at, accepted_at, packed_at, closed_at"
const IN_SCOPE = "(?::text is null or merchant_key = ?::text)"
const OPEN = "state in ('new', 'packing', 'ready')"
const TIME_OF: Partial<Record<ParcelState, string>> = { packing: "accepted_at", ready: "packed_at", done: "closed_at", refused: "closed_at" }

/** Merchants' parts of orders, from new to handed over. Plain SQL: these lists are looked at all day. */
export class ParcelsService extends MedusaService({ Parcel, ParcelLine, ParcelMiss, ParcelRefund }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Orders of the last month that have no parcel yet, the oldest first. */
  async listUnopenedOrders(now: number = Date.now()): Promise<string[]> {
    const rows = await this.rows<{ id: string }>(
      `select o.id from "order" o where o.status = 'pending' and not o.is_draft_order and o.deleted_at is null and o.created_at > ?::timestamptz - interval '30 days'
       and not exists (select 1 from parcel p where p.order_id = o.id) order by o.created_at limit 100`,
      [new Date(now)],
    )
    return rows.map(({ id }) => id)
  }

  /** Opens the parcels of an order, each with a pick-up code of its own. An order that has some is left as it is. */
  openParcels(order_id: string, ordered_at: Date, parcels: NewParcel[]): Promise<void> {
    return this.openAll([{ order_id, ordered_at, parcels }])
  }

  /** The same for many orders, in a few statements. */
  async openAll(orders: readonly { order_id: string; ordered_at: Date; parcels: NewParcel[] }[]): Promise<void> {
    await inUnitOfWork(this.knex, async () => {}, async () => {
      // One at a time in a shop: the next must see the codes given before. Here and not before the work, which may be part of a larger one.
      await this.rows("select pg_advisory_xact_lock(hashtextextended('parcel-codes:' || current_setting('app.tenant_id'), 0))", [])
      const opened = await this.rows<{ order_id: string }>("select order_id from parcel where order_id = any(?)", [orders.map(({ order_id }) => order_id)])
      const left = orders.filter(({ order_id }) => !opened.some((parcel) => parcel.order_id === order_id))
      const codes = await this.freeCodes(left.reduce((sum, { parcels }) => sum + parcels.length, 0))
      const parcels = left.flatMap(({ order_id, ordered_at, parcels: own }) => own.map(({ merchant_key, currency_code, lines }) => ({ order_id, ordered_at, merchant_key, currency_code, lines, id: generateEntityId(undefined, "parcel"), pick_up_code: codes.pop() ?? "" })))
      if (!parcels.length) return
      await this.knex("parcel").insert(
        parcels.map(({ lines, ...parcel }) => ({ ...parcel, state: "new", goods_amount: lines.reduce((sum, line) => sum + line.goods_amount, 0), pieces: lines.reduce((sum, line) => sum + line.quantity, 0) })),
      )
      await this.knex("parcel_line").insert(parcels.flatMap(({ id, lines }) => lines.map((line) => ({ id: generateEntityId(undefined, "parln"), parcel_id: id, ...line }))))
    })
  }

  async hasParcels(order_id: string): Promise<boolean> {
    return (await this.rows("select 1 from parcel where order_id = ? limit 1", [order_id])).length > 0
  }

  /** Parcels of orders that were cancelled elsewhere are no longer work. */
  async closeCancelled(now: number = Date.now()): Promise<void> {
    await this.knex.raw(`update parcel p set state = 'refused', closed_at = ?, updated_at = now() from "order" o where o.id = p.order_id and o.status = 'canceled' and p.${OPEN}`, [new Date(now)])
  }

  async parcelsOfOrder(order_id: string): Promise<ParcelView[]> {
    return this.views(`select ${FIELDS} from parcel where order_id = ? order by merchant_key`, [order_id])
  }

  /** One page, the longest waiting first, closed ones the latest first; with how many there are in all. */
  async listPage(scope: Scope, state: ParcelState, page: number): Promise<{ parcels: ParcelView[]; count: number }> {
    const order = state === "done" || state === "refused" ? "closed_at desc" : "ordered_at"
    const parcels = await this.views(`select ${FIELDS} from parcel where state = ? and ${IN_SCOPE} order by ${order}, id limit ${PAGE} offset ?`, [state, scope, scope, (page - 1) * PAGE])
    const counts = await this.countStates(scope)
    return { parcels, count: counts[state] ?? 0 }
  }

  async countStates(scope: Scope): Promise<Partial<Record<ParcelState, number>>> {
    const rows = await this.rows<{ state: ParcelState; n: string }>(`select state, count(*) as n from parcel where ${IN_SCOPE} group by state`, [scope, scope])
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]))
  }

  /** Throws NOT_FOUND, also for another merchant's. */
  async getParcel(scope: Scope, id: string): Promise<ParcelView> {
    const [parcel] = await this.views(`select ${FIELDS} from parcel where id = ? and ${IN_SCOPE}`, [id, scope, scope])
    if (!parcel) throw new FangshiError("NOT_FOUND")
    return parcel
  }

  /** Brings a parcel from one of the states `from` to `to`. False where it is in none of them any more. */
  async step(id: string, from: readonly ParcelState[], to: ParcelState, { by, now, refusal_reason, fulfillment_ids }: StepMarks): Promise<boolean> {
    const marks = { state: to, handled_by: by, updated_at: new Date(now), [TIME_OF[to] ?? "updated_at"]: new Date(now), ...(refusal_reason ? { refusal_reason } : {}), ...(fulfillment_ids ? { fulfillment_ids: JSON.stringify(fulfillment_ids) } : {}) }
    return (await this.knex("parcel").where({ id }).whereIn("state", [...from]).update(marks)) === 1
  }

  /**
   * The parcel of a pick-up code: the open one, else the one closed last. Null counts as a wrong try of this person;
   * throws PICK_UP_CODE_TRIES after five within a minute, however many arrive at once.
   */
  async findByCode(scope: Scope, code: string, user_id: string, now: number = Date.now()): Promise<ParcelView | null> {
    const lock = "select pg_advisory_xact_lock(hashtextextended('parcel-misses:' || current_setting('app.tenant_id') || $1, 0))"
    return inUnitOfWork(this.knex, async (unit) => void (await unit.query(lock, [user_id])), async () => {
      const since = new Date(now - MISSES_MS)
      const [{ n = "0" } = {}] = await this.rows<{ n: string }>("select count(*) as n from parcel_miss where user_id = ? and missed_at > ?", [user_id, since])
      if (Number(n) >= MOST_MISSES) throw new FangshiError("PICK_UP_CODE_TRIES")
      const [parcel] = await this.views(`select ${FIELDS} from parcel where pick_up_code = ? and ${IN_SCOPE} order by (${OPEN}) desc, closed_at desc limit 1`, [code, scope, scope])
      if (parcel) return parcel
      await this.knex("parcel_miss").where({ user_id }).where("missed_at", "<=", since).delete()
      await this.knex("parcel_miss").insert({ id: generateEntityId(undefined, "parmiss"), user_id, missed_at: new Date(now) })
      return null
    })
  }

  async linesOf(parcel_ids: string[]): Promise<ParcelLineView[]> {
    if (!parcel_ids.length) return []
    const rows = await this.rows<Record<string, unknown>>(
      `select l.parcel_id, l.line_item_id, l.quantity, l.goods_amount, l.discount_amount, i.product_id, i.variant_id, i.variant_sku, coalesce(i.product_title, i.title) as title, i.variant_title, i.thumbnail, i.requires_shipping,
         array(select distinct a.code from order_line_item_adjustment a where a.item_id = i.id and a.code is not null and a.deleted_at is null order by 1) as discount_codes
       from parcel_line l join order_line_item i on i.id = l.line_item_id where l.parcel_id = any(?) order by l.id`,
      [parcel_ids],
    )
    return rows.map((row) => ({ ...(row as ParcelLineView), quantity: Number(row.quantity), goods_amount: Number(row.goods_amount), discount_amount: Number(row.discount_amount) }))
  }

  /** What one idempotency key already gave back for a parcel, or null. */
  async findRefund(parcel_id: string, idempotency_key: string): Promise<number | null> {
    const [row] = await this.rows<{ refund_amount: string }>("select refund_amount from parcel_refund where parcel_id = ? and idempotency_key = ?", [parcel_id, idempotency_key])
    return row ? Number(row.refund_amount) : null
  }

  async recordRefund(parcel: ParcelView, idempotency_key: string, refund_amount: number, refunded_by: string): Promise<void> {
    await this.knex("parcel_refund").insert({ id: generateEntityId(undefined, "parref"), parcel_id: parcel.id, idempotency_key, refund_amount, currency_code: parcel.currency_code, refunded_by })
    await this.knex.raw("update parcel set refunded_amount = refunded_amount + ?, updated_at = now() where id = ?", [refund_amount, parcel.id])
  }

  /** Orders and goods sold on each of the last seven days of a time zone, today last. Refused ones do not count. */
  async week(scope: Scope, time_zone: string, now: number = Date.now()): Promise<{ day: string; orders: number; goods_amount: number }[]> {
    const rows = await this.rows<{ day: string; orders: string; goods_amount: string }>(
      `with today as (select (?::timestamptz at time zone ?)::date as day)
       select to_char(d, 'YYYY-MM-DD') as day, count(p.id) as orders, coalesce(sum(p.goods_amount), 0) as goods_amount
       from today, generate_series((today.day - 6)::timestamp, today.day::timestamp, interval '1 day') d
       left join parcel p on p.ordered_at >= d at time zone ? and p.ordered_at < (d + interval '1 day') at time zone ? and p.state <> 'refused' and (?::text is null or p.merchant_key = ?::text)
       group by d order by d`,
      [new Date(now), time_zone, time_zone, time_zone, scope, scope],
    )
    return rows.map(({ day, orders, goods_amount }) => ({ day, orders: Number(orders), goods_amount: Number(goods_amount) }))
  }

  private async freeCodes(count: number): Promise<string[]> {
    const free = new Set<string>()
    while (free.size < count) {
      const tried = Array.from({ length: count - free.size }, () => String(randomInt(1_000_000)).padStart(6, "0"))
      const taken = await this.rows<{ pick_up_code: string }>(`select pick_up_code from parcel where pick_up_code = any(?) and ${OPEN}`, [tried])
      for (const code of tried) if (!taken.some(({ pick_up_code }) => pick_up_code === code)) free.add(code)
    }
    return [...free]
  }

  private async rows<R extends object>(sql: string, values: unknown[]): Promise<R[]> {
    const { rows } = await this.knex.raw<{ rows: R[] }>(sql, values as never)
    return rows
  }

  private async views(sql: string, values: unknown[]): Promise<ParcelView[]> {
    const rows = await this.rows<Record<keyof ParcelView, unknown>>(sql, values)
    return rows.map((row) => ({ ...(row as ParcelView), goods_amount: Number(row.goods_amount), refunded_amount: Number(row.refunded_amount), pieces: Number(row.pieces) }))
  }
}

export type ParcelLineView = {
  parcel_id: string
  line_item_id: string
  quantity: number
  /** What the goods of the line cost, less their part of a discount. */
  goods_amount: number
  discount_amount: number
  discount_codes: string[]
  product_id: string | null
  variant_id: string | null
  variant_sku: string | null
  title: string
  variant_title: string | null
  thumbnail: string | null
  requires_shipping: boolean
}
