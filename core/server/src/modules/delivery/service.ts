import { type DeliveryKind, type DeliverySlot as SlotFields, FangshiError, type OrderDelivery as OrderDeliveryView, type PickUpPoint as PointFields, type ShownSlot } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { type SlotRule, slotDays, timeOf } from "../../delivery/slot-days"
import { DeliverySlot, OrderDelivery, PickUpPoint } from "./models/delivery"
import { type StaffPoint, type StaffSlot, deliveryView, pointColumns, pointView, slotColumns, slotView } from "./views"

/** What a buyer chooses for a cart. */
export type Choice = { kind: "pick_up"; pick_up_point_id: string } | { kind: "delivery"; delivery_slot_id: string; day: string }
export type Now = { now: number; time_zone: string }
/** A row of tenant.yaml, with what it was made from. */
export type Seeded<F> = { code: string; seed_digest: string; fields: F }

type Row = Record<string, unknown>
type Rule = SlotRule & { capacity: number }

/** Orders that were not cancelled: those take a place. */
const TAKEN = "from order_delivery d join order_cart c on c.cart_id = d.cart_id and c.deleted_at is null join \"order\" o on o.id = c.order_id and o.deleted_at is null and o.status <> 'canceled' where d.kind = 'delivery'"
/** What was agreed for an order: that of the cart it was. */
const AGREED = "select c.order_id, d.kind, d.point, d.starts_at, d.ends_at from order_delivery d join order_cart c on c.cart_id = d.cart_id and c.deleted_at is null"

/** How goods reach their buyers: points to collect them at, times of delivery, and what was chosen. Plain SQL: places are counted under a lock. */
export class DeliveryService extends MedusaService({ PickUpPoint, DeliverySlot, OrderDelivery }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  async listOpenPoints(): Promise<StaffPoint[]> {
    return (await this.rows("select * from pick_up_point where open order by id")).map(pointView)
  }

  /** Every slot that can still be booked, with how many more orders it takes. */
  async listOffers({ now, time_zone }: Now): Promise<ShownSlot[]> {
    const offers = slotDays(await this.openRules(), now, time_zone)
    const taken = offers.length ? await this.rows(`select d.delivery_slot_id, d.day, count(*) as n ${TAKEN} and d.day >= ? group by 1, 2`, [offers[0]?.day]) : []
    const count = new Map(taken.map((row) => [`${String(row.delivery_slot_id)} ${String(row.day)}`, Number(row.n)]))
    return offers.map(({ rule, day, starts_at, ends_at }) => ({
      delivery_slot_id: rule.id, day, from: timeOf(rule.from_minute), to: timeOf(rule.to_minute), starts_at: new Date(starts_at).toISOString(), ends_at: new Date(ends_at).toISOString(),
      left: Math.max(0, rule.capacity - (count.get(`${rule.id} ${day}`) ?? 0)),
    }))
  }

  /** What is chosen for a cart, or null. */
  async findChoice(cart_id: string): Promise<Choice | null> {
    const [row] = await this.rows("select kind, pick_up_point_id, delivery_slot_id, day from order_delivery where cart_id = ?", [cart_id])
    if (!row) return null
    return row.kind === "pick_up" ? { kind: "pick_up", pick_up_point_id: row.pick_up_point_id as string } : { kind: "delivery", delivery_slot_id: row.delivery_slot_id as string, day: row.day as string }
  }

  /** Chooses for an open cart; the latest choice counts. A slot is not taken by that, only by the order. Throws NOT_FOUND for an unknown cart, point or slot, and DELIVERY_SLOT_OVER, DELIVERY_SLOT_FULL. */
  async choose(cart_id: string, choice: Choice, at: Now): Promise<void> {
    // The lock of purchases: a cart that is being completed keeps what it chose.
    const lock = "select pg_advisory_xact_lock(hashtextextended('purchase:' || current_setting('app.tenant_id') || ':' || $1, 0))"
    await inUnitOfWork(this.knex, async (unit) => void (await unit.query(lock, [cart_id])), async () => {
      const [cart] = await this.rows("select 1 from cart where id = ? and completed_at is null and deleted_at is null", [cart_id])
      if (!cart) throw new FangshiError("NOT_FOUND")
      if (choice.kind === "delivery") await this.agreeOnSlot(choice, at)
      else if (!(await this.findOpenPoint(choice.pick_up_point_id))) throw new FangshiError("NOT_FOUND")
      const { pick_up_point_id, delivery_slot_id, day } = { pick_up_point_id: null, delivery_slot_id: null, day: null, ...choice }
      await this.rows(
        `insert into order_delivery (id, cart_id, kind, pick_up_point_id, delivery_slot_id, day) values (?, ?, ?, ?, ?, ?)
         on conflict (tenant_id, cart_id) do update set kind = excluded.kind, pick_up_point_id = excluded.pick_up_point_id, delivery_slot_id = excluded.delivery_slot_id, day = excluded.day, updated_at = now()`,
        [generateEntityId(undefined, "odel"), cart_id, choice.kind, pick_up_point_id, delivery_slot_id, day],
      )
    })
  }

  /**
   * Agrees to deliver a cart as it chose, and notes the choice in the words of today, for the order it becomes. Call inside
   * the unit of work that completes it: the slot stays locked to its end, so that of two orders for the last place the
   * second sees the first. Throws PICK_UP_POINT_NEEDED, PICK_UP_POINT_CLOSED, DELIVERY_SLOT_NEEDED, DELIVERY_SLOT_OVER, DELIVERY_SLOT_FULL.
   */
  async agree(cart_id: string, at: Now): Promise<void> {
    // Completed already: whoever asks again gets the same order, whatever the time is now.
    const [done] = await this.rows("select 1 from order_cart where cart_id = ? and deleted_at is null", [cart_id])
    if (done) return
    const kind = await this.kindOfCart(cart_id)
    const choice = await this.findChoice(cart_id)
    if (choice?.kind !== kind) {
      // Of another way of delivery, which the buyer has left.
      await this.rows("delete from order_delivery where cart_id = ?", [cart_id])
      if (kind === "pick_up" && (await this.listOpenPoints()).length) throw new FangshiError("PICK_UP_POINT_NEEDED")
      if (kind === "delivery" && (await this.openRules()).length) throw new FangshiError("DELIVERY_SLOT_NEEDED")
    } else if (choice?.kind === "pick_up") {
      const point = await this.findOpenPoint(choice.pick_up_point_id)
      if (!point) throw new FangshiError("PICK_UP_POINT_CLOSED")
      const { name, address, opening_hours, phone, latitude, longitude } = point
      await this.rows("update order_delivery set point = ?::jsonb, updated_at = now() where cart_id = ?", [JSON.stringify({ name, address, opening_hours, phone, latitude, longitude }), cart_id])
    } else if (choice) {
      const [starts_at, ends_at] = await this.agreeOnSlot(choice, at)
      await this.rows("update order_delivery set starts_at = ?, ends_at = ?, updated_at = now() where cart_id = ?", [starts_at, ends_at, cart_id])
    }
  }

  /** What was agreed for each of these orders, where something was. */
  async ofOrders(order_ids: string[]): Promise<Map<string, OrderDeliveryView>> {
    if (!order_ids.length) return new Map()
    const rows = await this.rows(`${AGREED} where c.order_id = any(?)`, [order_ids])
    return new Map(rows.map((row) => [row.order_id as string, deliveryView(row)]))
  }

  /** What was agreed for a member's orders, for themselves to read. */
  async ofMember(customer_id: string): Promise<(OrderDeliveryView & { order_id: string })[]> {
    const rows = await this.rows(`${AGREED} join "order" o on o.id = c.order_id where o.customer_id = ? order by o.created_at desc`, [customer_id])
    return rows.map((row) => ({ order_id: row.order_id as string, ...deliveryView(row) }))
  }

  /** Where somebody collects goods tells where they live: erasing an account takes it out of their carts and orders. Call inside a unit of work. */
  async forget(customer_id: string): Promise<void> {
    const theirs = `cart_id in (select id from cart where customer_id = ? union select c.cart_id from order_cart c join "order" o on o.id = c.order_id where o.customer_id = ?)`
    await this.rows(`update order_delivery set pick_up_point_id = null, point = null, updated_at = now() where ${theirs}`, [customer_id, customer_id])
  }

  async listForStaff(): Promise<{ points: StaffPoint[]; slots: StaffSlot[] }> {
    const points = await this.rows("select * from pick_up_point order by open desc, name ->> 'zh-CN', id")
    const slots = await this.rows("select * from delivery_slot order by open desc, from_minute, to_minute, id")
    return { points: points.map(pointView), slots: slots.map(slotView) }
  }

  /** Adds a point, or changes the one with this id. Orders keep what they were placed with. Throws NOT_FOUND. */
  savePoint(id: string | null, fields: PointFields, open: boolean): Promise<string> {
    return this.save("pick_up_point", "pup", id, { ...pointColumns(fields), open })
  }

  /** Adds a slot, or changes the one with this id. Throws NOT_FOUND. */
  saveSlot(id: string | null, fields: SlotFields, open: boolean): Promise<string> {
    return this.save("delivery_slot", "dslot", id, { ...slotColumns(fields), open })
  }

  /** Brings the rows of tenant.yaml to what it says. One that it says as before is left as the shop changed it since, one that it leaves out is closed; what the shop made itself stays. */
  async seed(points: Seeded<PointFields>[], slots: Seeded<SlotFields>[]): Promise<void> {
    await this.seedTable("pick_up_point", "pup", points.map(({ fields, ...seed }) => ({ ...seed, ...pointColumns(fields) })))
    await this.seedTable("delivery_slot", "dslot", slots.map(({ fields, ...seed }) => ({ ...seed, ...slotColumns(fields) })))
  }

  private async seedTable(table: "pick_up_point" | "delivery_slot", prefix: string, wanted: (Row & { code: string; seed_digest: string })[]): Promise<void> {
    const known = new Map((await this.rows(`select code, seed_digest from ${table} where code is not null`)).map((row) => [row.code, row.seed_digest]))
    for (const row of wanted) {
      if (!known.has(row.code)) await this.knex(table).insert({ id: generateEntityId(undefined, prefix), ...row })
      else if (known.get(row.code) !== row.seed_digest) await this.knex(table).where({ code: row.code }).update({ ...row, open: true, updated_at: new Date() })
    }
    // Without a digest: one that comes back into the file is opened again.
    await this.rows(`update ${table} set open = false, seed_digest = null, updated_at = now() where code is not null and not (code = any(?))`, [wanted.map(({ code }) => code)])
  }

  private async save(table: "pick_up_point" | "delivery_slot", prefix: string, id: string | null, columns: Row): Promise<string> {
    const saved = id ?? generateEntityId(undefined, prefix)
    if (id === null) await this.knex(table).insert({ id: saved, ...columns })
    else if ((await this.knex(table).where({ id }).update({ ...columns, updated_at: new Date() })) !== 1) throw new FangshiError("NOT_FOUND")
    return saved
  }

  /** What the shipping option of a cart means; null for those that ask for nothing. */
  private async kindOfCart(cart_id: string): Promise<DeliveryKind | null> {
    const [row] = await this.rows(
      `select o.data ->> 'kind' as kind from cart_shipping_method m join shipping_option o on o.id = m.shipping_option_id where m.cart_id = ? and m.deleted_at is null and o.data ->> 'kind' in ('pick_up', 'delivery') limit 1`,
      [cart_id],
    )
    return (row?.kind as DeliveryKind | undefined) ?? null
  }

  /** Locked, so that closing it waits for orders that are being placed. */
  private async findOpenPoint(id: string): Promise<StaffPoint | null> {
    const [point] = await this.rows("select * from pick_up_point where id = ? and open for share", [id])
    return point ? pointView(point) : null
  }

  /** Locks the slot, then counts; tells when it begins and ends. Throws NOT_FOUND, DELIVERY_SLOT_OVER, DELIVERY_SLOT_FULL. */
  private async agreeOnSlot({ delivery_slot_id, day }: Extract<Choice, { kind: "delivery" }>, { now, time_zone }: Now): Promise<[Date, Date]> {
    const [rule] = (await this.rows("select * from delivery_slot where id = ? for update", [delivery_slot_id])) as unknown as (Rule & { open: boolean })[]
    if (!rule) throw new FangshiError("NOT_FOUND")
    const span = rule.open ? slotDays([rule], now, time_zone).find((each) => each.day === day) : undefined
    if (!span) throw new FangshiError("DELIVERY_SLOT_OVER")
    const [{ n = 0 } = {}] = await this.rows(`select count(*) as n ${TAKEN} and d.delivery_slot_id = ? and d.day = ?`, [delivery_slot_id, day])
    if (Number(n) >= rule.capacity) throw new FangshiError("DELIVERY_SLOT_FULL")
    return [new Date(span.starts_at), new Date(span.ends_at)]
  }

  private async openRules(): Promise<Rule[]> {
    return (await this.rows("select * from delivery_slot where open")) as unknown as Rule[]
  }

  private async rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.knex.raw<{ rows: Row[] }>(sql, values as never)
    return rows
  }
}
