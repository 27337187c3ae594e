import { AFTER_SALE_LISTS, type AfterSaleDays, type AfterSaleKind, type AfterSaleList, type AfterSaleReason, type AfterSaleState, FangshiError, OPEN_AFTER_SALES } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import type { PictureFile, StoredPicture } from "../../pictures/picture-files"
import { AfterSale, AfterSalePicture } from "./models/after-sale"
import { type AfterSaleRow, type SoldLine, afterSaleRow, soldLine } from "./views"

/** Whose requests: those of one order, for its buyer; or for the staff those of one merchant, with null of the whole shop. */
export type Whose = { order_id: string } | { merchant_id: string | null }
export type NewAfterSale = { line_item_id: string; kind: AfterSaleKind; quantity: number; reason: AfterSaleReason; text: string; asked_amount: number; picture_ids: string[] }

/** What a step writes beside the state and its time. */
export type Marks = Partial<{
  approved_amount: number
  lowered_reason: string | null
  return_to: string | null
  refusal_reason: string
  carrier: string
  tracking_number: string
  restocked: boolean
  refunded_amount: number
  handled_by: string
}>

const PAGE = 20
const DAY_MS = 86_400_000
/** Pictures for one order within a day. */
const PICTURES_A_DAY = 40
/** With what was bought, in the words it was bought in. */
const FROM = "from after_sale a left join order_line_item i on i.id = a.line_item_id"
const FIELDS = "a.*, coalesce(i.product_title, i.title) as title, i.variant_title, i.thumbnail"
const IN_SCOPE = "(?::text is null or a.merchant_key = ?::text)"
const OPEN = `('${OPEN_AFTER_SALES.join("', '")}')`
const IN_LIST = (list: AfterSaleList) => (list === "closed" ? `a.state not in ${OPEN}` : `a.state = '${list}'`)
const TIME_OF: Partial<Record<AfterSaleState, string>> = { approved: "approved_at", sent_back: "sent_at", received: "received_at", done: "closed_at", refused: "closed_at", withdrawn: "closed_at" }

const whoseSql = (whose: Whose): [string, unknown[]] => ("order_id" in whose ? ["a.order_id = ?", [whose.order_id]] : [IN_SCOPE, [whose.merchant_id, whose.merchant_id]])

/** What buyers ask for after they got their goods, and what became of it. Callers hold the order's lock. */
export class AfterSalesService extends MedusaService({ AfterSale, AfterSalePicture }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Lines of an order with what went back of each already. */
  async linesOf(order_id: string, days: AfterSaleDays, now: number): Promise<SoldLine[]> {
    const rows = await this.rows(
      `select pl.line_item_id, pl.quantity, pl.goods_amount, p.id as parcel_id, p.merchant_key, p.state as parcel_state, p.closed_at as handed_over_at, p.currency_code, o.customer_id,
         coalesce(i.product_title, i.title) as title, i.variant_title, i.thumbnail, past.refunded, past.returned, past.open_id
       from parcel p join "order" o on o.id = p.order_id join parcel_line pl on pl.parcel_id = p.id join order_line_item i on i.id = pl.line_item_id
       cross join lateral (select coalesce(sum(a.refunded_amount), 0) as refunded, coalesce(sum(a.quantity) filter (where a.kind = 'return' and a.state = 'done'), 0) as returned,
         max(a.id) filter (where a.state in ${OPEN}) as open_id from after_sale a where a.line_item_id = pl.line_item_id) past
       where p.order_id = ? order by p.merchant_key, pl.id`,
      [order_id],
    )
    return rows.map((row) => soldLine(row, days, now))
  }

  /** Throws NOT_FOUND, also for another order's or another merchant's. */
  async getAfterSale(whose: Whose, id: string): Promise<AfterSaleRow> {
    const [where, values] = whoseSql(whose)
    const [request] = await this.views(`select ${FIELDS} ${FROM} where a.id = ? and ${where}`, [id, ...values])
    if (!request) throw new FangshiError("NOT_FOUND")
    return request
  }

  /** Requests about an order, the latest first. */
  listOfOrder(order_id: string): Promise<AfterSaleRow[]> {
    return this.views(`select ${FIELDS} ${FROM} where a.order_id = ? order by a.created_at desc, a.id`, [order_id])
  }

  /** A member's own, the latest first; without a page all of them. */
  async listOwn(customer_id: string, page: number | null = null): Promise<AfterSaleRow[]> {
    return this.views(`select ${FIELDS} ${FROM} where a.customer_id = ? order by a.created_at desc, a.id ${page === null ? "" : `limit ${PAGE} offset ${(page - 1) * PAGE}`}`, [customer_id])
  }

  /** One page of a list, the longest waiting first, closed ones the latest first. */
  async listForStaff(merchant_id: string | null, list: AfterSaleList, page: number): Promise<(AfterSaleRow & { number: number; name: string })[]> {
    const order = list === "closed" ? "a.closed_at desc, a.id" : "a.created_at, a.id"
    const rows = await this.rows(
      `select ${FIELDS}, o.display_id as number, concat(d.last_name, d.first_name) as name ${FROM} join "order" o on o.id = a.order_id left join order_address d on d.id = o.shipping_address_id
       where ${IN_SCOPE} and ${IN_LIST(list)} order by ${order} limit ${PAGE} offset ?`,
      [merchant_id, merchant_id, (page - 1) * PAGE],
    )
    return this.withPictures(rows, (row, pictures) => ({ ...afterSaleRow(row, pictures), number: Number(row.number), name: row.name as string }))
  }

  async countForStaff(merchant_id: string | null): Promise<Record<AfterSaleList, number>> {
    const lists = AFTER_SALE_LISTS.map((list) => `count(*) filter (where ${IN_LIST(list)}) as "${list}"`).join(", ")
    const [row = {}] = await this.rows(`select ${lists} from after_sale a where ${IN_SCOPE}`, [merchant_id, merchant_id])
    return Object.fromEntries(Object.entries(row).map(([list, n]) => [list, Number(n)])) as Record<AfterSaleList, number>
  }

  /** Writes a request down with the pictures that waited for it. Throws REQUEST_INVALID for pictures that do not wait, AFTER_SALE_OPEN where the line has an open one. */
  async add(order_id: string, line: SoldLine, { picture_ids, ...asked }: NewAfterSale, now: number): Promise<AfterSaleRow> {
    const id = generateEntityId(undefined, "aftsale")
    const { parcel_id, merchant_key, customer_id, currency_code } = line
    const row = { ...asked, id, order_id, parcel_id, merchant_key, customer_id, currency_code, picture_count: picture_ids.length, created_at: new Date(now), updated_at: new Date(now) }
    const made = await this.knex("after_sale").insert(row).onConflict().ignore().returning("id")
    if (!made.length) throw new FangshiError("AFTER_SALE_OPEN")
    if (picture_ids.length) {
      const taken = await this.rows(
        "update after_sale_picture set after_sale_id = ?, position = array_position(?::text[], id), updated_at = now() where id = any(?) and order_id = ? and after_sale_id is null and created_at > ? returning id",
        [id, picture_ids, picture_ids, order_id, new Date(now - DAY_MS)],
      )
      if (taken.length !== picture_ids.length) throw new FangshiError("REQUEST_INVALID", { field: "picture_ids" })
    }
    return this.getAfterSale({ order_id }, id)
  }

  /** Brings a request into a state, at that state's time. */
  async step(id: string, state: AfterSaleState, marks: Marks, now: number): Promise<void> {
    await this.knex("after_sale").where({ id }).update({ ...marks, state, updated_at: new Date(now), [TIME_OF[state] ?? "updated_at"]: new Date(now) })
  }

  /** Notes a picture whose file is stored; it waits for its request. Throws AFTER_SALE_TOO_MANY where an order had many within a day. */
  async notePicture(order_id: string, picture: PictureFile, now: number): Promise<StoredPicture> {
    await this.assertMoreAllowed(order_id, now)
    const id = generateEntityId(undefined, "aftpic")
    await this.knex("after_sale_picture").insert({ id, order_id, ...picture, created_at: new Date(now) })
    return { id, url: picture.url, width: picture.width, height: picture.height }
  }

  async assertMoreAllowed(order_id: string, now: number): Promise<void> {
    const [{ n = 0 } = {}] = await this.rows("select count(*) as n from after_sale_picture where order_id = ? and created_at > ?", [order_id, new Date(now - DAY_MS)])
    if (Number(n) >= PICTURES_A_DAY) throw new FangshiError("AFTER_SALE_TOO_MANY")
  }

  /** Pictures that belong to nobody, or have waited for a day: no longer known afterwards; their files are the caller's to delete. */
  async dropPictures(now: number): Promise<string[]> {
    const rows = await this.rows("delete from after_sale_picture where after_sale_id is null and (order_id = '' or created_at <= ?) returning file_key", [new Date(now - DAY_MS)])
    return rows.map(({ file_key }) => file_key as string)
  }

  /** Takes everything personal out of a member's requests: what was paid back stays, as the order does. Throws ACCOUNT_HAS_OPEN_AFTER_SALES. Call inside a unit of work; dropPictures follows. */
  async forget(customer_id: string): Promise<void> {
    const [open] = await this.rows(`select 1 from after_sale where customer_id = ? and state in ${OPEN} limit 1`, [customer_id])
    if (open) throw new FangshiError("ACCOUNT_HAS_OPEN_AFTER_SALES")
    // Of no order any more: the next sweep takes their files.
    await this.rows(`update after_sale_picture set after_sale_id = null, order_id = '', updated_at = now() where order_id in (select id from "order" where customer_id = ?)`, [customer_id])
    await this.rows("update after_sale set customer_id = null, text = '', picture_count = 0, carrier = null, tracking_number = null, lowered_reason = null, refusal_reason = null, updated_at = now() where customer_id = ?", [customer_id])
  }

  private async views(sql: string, values: unknown[]): Promise<AfterSaleRow[]> {
    return this.withPictures(await this.rows(sql, values), afterSaleRow)
  }

  private async withPictures<V>(rows: Record<string, unknown>[], view: (row: Record<string, unknown>, pictures: AfterSaleRow["pictures"]) => V): Promise<V[]> {
    const ids = rows.filter(({ picture_count }) => Number(picture_count) > 0).map(({ id }) => id)
    const pictures = ids.length ? await this.rows("select after_sale_id, url, width, height from after_sale_picture where after_sale_id = any(?) order by position, id", [ids]) : []
    return rows.map((row) => view(row, pictures.filter(({ after_sale_id }) => after_sale_id === row.id).map(({ url, width, height }) => ({ url: url as string, width: Number(width), height: Number(height) }))))
  }

  private async rows(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    const { rows } = await this.knex.raw<{ rows: Record<string, unknown>[] }>(sql, values as never)
    return rows
  }
}
