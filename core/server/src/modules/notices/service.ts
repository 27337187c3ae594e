import { FangshiError, type NoticeKind, type NoticeNews, type Notice as NoticeView, type StaffNotice as StaffNoticeView } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import { Notice } from "./models/notice"
import { StaffNotice } from "./models/staff-notice"

/** What is told about which goods, and what caused it; `amount` in fen. */
export type News = { kind: Exclude<NoticeKind, "plugin">; cause: string; order_id: string; line_item_id: string; after_sale_id?: string; amount?: number | null; reason?: string | null }

type Row = Record<string, unknown>

const PAGE = 20
/** Nobody reads back further. */
const KEPT_MS = 365 * 86_400_000
const FIELDS = `n.id, n.kind, n.order_id, o.display_id as order_number, n.after_sale_id, n.title, n.amount, o.currency_code, n.reason, n.news, n.read_at, n.created_at from notice n left join "order" o on o.id = n.order_id`

/** What members are told. Call `tell` in the unit of work of what is told, so that there is neither without the other. */
export class NoticesService extends MedusaService({ Notice, StaffNotice }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Tells the member who placed the order, once for each kind and cause. A guest has nowhere to read it. */
  async tell({ kind, cause, order_id, line_item_id, after_sale_id, amount, reason }: News, now: number): Promise<void> {
    const told = await this.rows(
      `insert into notice (id, customer_id, kind, cause, order_id, after_sale_id, title, amount, reason, created_at)
       select ?, c.id, ?, ?, o.id, ?, coalesce((select coalesce(product_title, title) from order_line_item where id = ?), ''), ?, ?, ?
       from "order" o join customer c on c.id = o.customer_id and c.has_account and c.deleted_at is null where o.id = ?
       on conflict do nothing returning customer_id`,
      [generateEntityId(undefined, "notice"), kind, cause, after_sale_id ?? null, line_item_id, amount || null, reason ?? null, new Date(now), order_id],
    )
    if (told.length) await this.forgetOld(told.map(({ customer_id }) => String(customer_id)), now)
  }

  /** Tells members in the words of `source`, once for each key of theirs. */
  async tellInOwnWords(source: string, told: readonly { customer_id: string; key: string; news: NoticeNews }[], now: number): Promise<void> {
    const causes = told.map(({ customer_id, key, news }) => ({ id: generateEntityId(undefined, "notice"), customer_id, cause: `${source} ${customer_id} ${key}`, title: news.title["zh-CN"], news }))
    const heard = await this.rows(
      `insert into notice (id, customer_id, kind, cause, title, news, created_at)
       select t.id, c.id, 'plugin', t.cause, t.title, t.news, ? from jsonb_to_recordset(?::jsonb) as t(id text, customer_id text, cause text, title text, news jsonb)
       join customer c on c.id = t.customer_id and c.has_account and c.deleted_at is null order by t.cause on conflict do nothing returning customer_id`,
      [new Date(now), JSON.stringify(causes)],
    )
    if (heard.length) await this.forgetOld(heard.map(({ customer_id }) => String(customer_id)), now)
  }

  /** Tells the owner and the managers, once for each key of a source. */
  async tellStaff(source: string, key: string, news: NoticeNews, now: number): Promise<void> {
    await this.rows("insert into staff_notice (id, source, key, news, created_at) values (?, ?, ?, ?::jsonb, ?) on conflict do nothing", [generateEntityId(undefined, "stnote"), source, key, JSON.stringify(news), new Date(now)])
    await this.rows("delete from staff_notice where created_at < ?", [new Date(now - KEPT_MS)])
  }

  /** One page of what the staff was told, the latest first. */
  async listForStaff(page: number): Promise<{ notices: StaffNoticeView[]; unread_count: number }> {
    const rows = await this.rows(`select id, source, news, read_at, created_at from staff_notice order by created_at desc, id desc limit ${PAGE} offset ?`, [(page - 1) * PAGE])
    const [{ n = 0 } = {}] = await this.rows("select count(*) as n from staff_notice where read_at is null", [])
    return { notices: rows.map(staffView), unread_count: Number(n) }
  }

  /** Marks one as read by the staff, or without an id all. Throws NOT_FOUND for one that is not there. */
  async markReadByStaff(id: string | null, now: number): Promise<void> {
    const known = await this.rows("update staff_notice set read_at = coalesce(read_at, ?), updated_at = now() where ?::text is null or id = ?::text returning id", [new Date(now), id, id])
    if (id !== null && !known.length) throw new FangshiError("NOT_FOUND")
  }

  /** A member's own, the latest first; without a page all of them. */
  async listOwn(customer_id: string, page: number | null = null): Promise<NoticeView[]> {
    const rows = await this.rows(`select ${FIELDS} where n.customer_id = ? order by n.created_at desc, n.id desc ${page === null ? "" : `limit ${PAGE} offset ${(page - 1) * PAGE}`}`, [customer_id])
    return rows.map(view)
  }

  async countUnread(customer_id: string): Promise<number> {
    const [{ n = 0 } = {}] = await this.rows("select count(*) as n from notice where customer_id = ? and read_at is null", [customer_id])
    return Number(n)
  }

  /** Marks one as read. Throws NOT_FOUND, also for another member's. */
  async markRead(customer_id: string, id: string, now: number): Promise<NoticeView> {
    await this.rows("update notice set read_at = ?, updated_at = now() where id = ? and customer_id = ? and read_at is null", [new Date(now), id, customer_id])
    const [row] = await this.rows(`select ${FIELDS} where n.id = ? and n.customer_id = ?`, [id, customer_id])
    if (!row) throw new FangshiError("NOT_FOUND")
    return view(row)
  }

  async markAllRead(customer_id: string, now: number): Promise<void> {
    await this.rows("update notice set read_at = ?, updated_at = now() where customer_id = ? and read_at is null", [new Date(now), customer_id])
  }

  private async forgetOld(customer_ids: string[], now: number): Promise<void> {
    await this.rows("delete from notice where customer_id = any(?) and created_at < ?", [customer_ids, new Date(now - KEPT_MS)])
  }

  /** Call inside a unit of work. */
  async forget(customer_id: string): Promise<void> {
    await this.rows("delete from notice where customer_id = ?", [customer_id])
  }

  private async rows(sql: string, values: unknown[]): Promise<Row[]> {
    const { rows } = await this.knex.raw<{ rows: Row[] }>(sql, values as never)
    return rows
  }
}

const view = (row: Row): NoticeView => ({
  id: row.id as string,
  kind: row.kind as NoticeKind,
  order_id: row.order_id as string | null,
  order_number: row.order_number === null ? null : Number(row.order_number),
  after_sale_id: row.after_sale_id as string | null,
  title: row.title as string,
  amount: row.amount === null ? null : Number(row.amount),
  currency_code: row.currency_code as string | null,
  reason: row.reason as string | null,
  news: row.news as NoticeNews | null,
  read: row.read_at !== null,
  created_at: new Date(row.created_at as string).toISOString(),
})

const staffView = (row: Row): StaffNoticeView => ({
  ...(row.news as NoticeNews),
  id: row.id as string,
  source: row.source as string,
  read: row.read_at !== null,
  created_at: new Date(row.created_at as string).toISOString(),
})
