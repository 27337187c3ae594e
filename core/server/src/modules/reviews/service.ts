import { FangshiError, type HideReason, type PictureView, type PublicReview, type ReportReason, type ReviewList, type ReviewSummary, STARS, type Stars, maskName } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService, generateEntityId } from "@medusajs/framework/utils"
import type { PictureFile, StoredPicture } from "../../pictures/picture-files"
import { Review, ReviewPicture, ReviewReport } from "./models/review"
import { type DueLine, type OwnReview, type StaffReview, ownView, publicView, staffView } from "./views"

/** Whose reviews somebody of the staff may see: one merchant's, or with null those of the whole shop. */
export type Scope = string | null
export type NewReview = { line_item_id: string; stars: Stars; text: string; anonymous: boolean; picture_ids: string[] }
export type ReviewFilter = { stars?: Stars | undefined; with_pictures: boolean; page: number; limit: number }

const PAGE = 20
const DAY_MS = 86_400_000
/** What one member may do within a day. */
const A_DAY = { pictures: 60, reports: 20 }
const IN_SCOPE = "(?::text is null or r.merchant_key = ?::text)"
/** With what was bought, in the words it was bought in. */
const FROM = `from review r left join order_line_item i on i.id = r.line_item_id`
const FIELDS = "r.*, coalesce(i.product_title, i.title) as title, i.variant_title, i.product_handle as handle, i.thumbnail"
const OPEN_REPORT = "exists (select 1 from review_report p where p.review_id = r.id and p.settled_at is null)"
const IN_LIST: Record<ReviewList, string> = {
  unanswered: "r.state = 'shown' and r.reply is null and r.customer_id is not null",
  reported: `r.state = 'shown' and ${OPEN_REPORT}`,
  all: "true",
  hidden: "r.state = 'hidden'",
}

/** Lines of a member's orders that came into their hands, by the workbench or by Medusa's own fulfilments. */
const RECEIVED = "(p.state = 'done' or coalesce(oi.delivered_quantity, 0) > 0)"
const LINES = `from order_line_item i
  join order_item oi on oi.item_id = i.id and oi.deleted_at is null
  join "order" o on o.id = oi.order_id and oi.version = o.version and o.deleted_at is null and o.status <> 'canceled'
  join customer c on c.id = o.customer_id and c.has_account and c.deleted_at is null
  left join order_address a on a.id = o.shipping_address_id
  left join parcel_line pl on pl.line_item_id = i.id left join parcel p on p.id = pl.parcel_id
  left join merchant_product m on m.product_id = i.product_id and m.deleted_at is null
  where o.customer_id = ? and i.product_id is not null and i.deleted_at is null`
const LINE_FIELDS = `i.id as line_item_id, o.id as order_id, i.product_id, coalesce(p.merchant_key, m.merchant_id, '') as merchant_key, coalesce(i.product_title, i.title) as title, i.variant_title, i.thumbnail, i.product_handle as handle,
  coalesce(nullif(c.first_name, ''), nullif(a.last_name, ''), a.first_name, '') as name, ${RECEIVED} as received`

/** What buyers say of what they bought, and what the shop says to it. Plain SQL: product pages ask for it all day. */
export class ReviewsService extends MedusaService({ Review, ReviewPicture, ReviewReport }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** Reviews of a product in figures, counted from those that are shown. */
  async summary(product_id: string): Promise<ReviewSummary> {
    const counts = STARS.map((stars) => `count(*) filter (where stars = ${stars}) as s${stars}`).join(", ")
    const [row = {}] = await this.rows(`select count(*) as count, round(avg(stars), 1) as average, count(*) filter (where picture_count > 0) as with_pictures, ${counts} from review where product_id = ? and state = 'shown'`, [product_id])
    return {
      count: Number(row.count),
      average: row.average === null ? null : Number(row.average),
      with_pictures: Number(row.with_pictures),
      stars: Object.fromEntries(STARS.map((stars) => [stars, Number(row[`s${stars}`])])) as Record<Stars, number>,
    }
  }

  /** One page of what visitors see of a product's reviews, the latest first, with how many the filter lets through. */
  async listShown(product_id: string, { stars, with_pictures, page, limit }: ReviewFilter): Promise<{ reviews: PublicReview[]; count: number }> {
    const where = `where r.product_id = ? and r.state = 'shown' and (?::int is null or r.stars = ?::int) and (not ?::boolean or r.picture_count > 0)`
    const values = [product_id, stars ?? null, stars ?? null, with_pictures]
    const rows = await this.rows(`select ${FIELDS} ${FROM} ${where} order by r.created_at desc, r.id desc limit ? offset ?`, [...values, limit, (page - 1) * limit])
    const [{ n = 0 } = {}] = await this.rows(`select count(*) as n from review r ${where}`, values)
    return { reviews: await this.withPictures(rows, publicView), count: Number(n) }
  }

  /** What a member received and has not reviewed, the latest first; with an id that line or none. */
  async listDue(customer_id: string, line_item_id: string | null = null): Promise<DueLine[]> {
    return this.rows(
      `select ${LINE_FIELDS} ${LINES} and ${RECEIVED} and (?::text is null or i.id = ?::text) and not exists (select 1 from review r where r.line_item_id = i.id) order by coalesce(p.closed_at, o.updated_at) desc, i.id limit 50`,
      [customer_id, line_item_id, line_item_id],
    ) as unknown as Promise<DueLine[]>
  }

  /** A member's own reviews, the latest first. */
  async listOwn(customer_id: string, page: number | null = null): Promise<OwnReview[]> {
    const rows = await this.rows(`select ${FIELDS} ${FROM} where r.customer_id = ? order by r.created_at desc, r.id ${page === null ? "" : `limit ${PAGE} offset ${(page - 1) * PAGE}`}`, [customer_id])
    return this.withPictures(rows, ownView)
  }

  /**
   * Reviews a line. Of two at once, one counts; the same once more answers with what is there. Throws NOT_FOUND for what
   * the member did not buy, REVIEW_TOO_EARLY, REVIEW_EXISTS, and REQUEST_INVALID for pictures that are not waiting.
   */
  async addReview(customer_id: string, { line_item_id, stars, text, anonymous, picture_ids }: NewReview, now: number): Promise<OwnReview> {
    return this.whole(customer_id, async () => {
      const [line] = await this.rows(`select ${LINE_FIELDS} ${LINES} and i.id = ?`, [customer_id, line_item_id])
      if (!line) throw new FangshiError("NOT_FOUND")
      if (!line.received) throw new FangshiError("REVIEW_TOO_EARLY")
      const id = generateEntityId(undefined, "rev")
      const { order_id, product_id, merchant_key, name } = line as unknown as DueLine
      const made = await this.rows(
        `insert into review (id, product_id, order_id, line_item_id, merchant_key, customer_id, author_name, stars, text, picture_count, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id`,
        [id, product_id, order_id, line_item_id, merchant_key, customer_id, anonymous ? null : maskName(name), stars, text, picture_ids.length, new Date(now), new Date(now)],
      )
      const review = await this.ownReview(customer_id, made.length ? id : null, line_item_id)
      if (!made.length && (review.stars !== stars || review.text !== text)) throw new FangshiError("REVIEW_EXISTS")
      if (!made.length || !picture_ids.length) return review
      const taken = await this.rows(
        `update review_picture set review_id = ?, position = array_position(?::text[], id), updated_at = now() where id = any(?) and customer_id = ? and review_id is null and created_at > ? returning id`,
        [id, picture_ids, picture_ids, customer_id, new Date(now - DAY_MS)],
      )
      if (taken.length !== picture_ids.length) throw new FangshiError("REQUEST_INVALID", { field: "picture_ids" })
      return this.ownReview(customer_id, id, line_item_id)
    })
  }

  /** Adds to a review, once. The same once more changes nothing. Throws NOT_FOUND, REVIEW_FOLLOWED_UP. Returns whose product it is about. */
  async followUp(customer_id: string, id: string, follow_up: string, now: number): Promise<OwnReview> {
    return this.whole(customer_id, async () => {
      const before = await this.ownReview(customer_id, id, null)
      if (before.follow_up === follow_up) return before
      if (before.follow_up !== null) throw new FangshiError("REVIEW_FOLLOWED_UP")
      await this.rows("update review set follow_up = ?, followed_up_at = ?, updated_at = now() where id = ?", [follow_up, new Date(now), id])
      return this.ownReview(customer_id, id, null)
    })
  }

  /** Notes an objection; a member's second one to the same review changes nothing. Throws NOT_FOUND, REVIEW_TOO_MANY, and NOT_ALLOWED for one's own. */
  async report(customer_id: string, review_id: string, reason: ReportReason, note: string | null, now: number): Promise<void> {
    await this.whole(customer_id, async () => {
      const [review] = await this.rows("select customer_id from review where id = ? and state = 'shown'", [review_id])
      if (!review) throw new FangshiError("NOT_FOUND")
      if (review.customer_id === customer_id) throw new FangshiError("NOT_ALLOWED")
      const [known] = await this.rows("select 1 from review_report where review_id = ? and customer_id = ?", [review_id, customer_id])
      if (known) return
      await this.assertFewer("review_report", customer_id, A_DAY.reports, now)
      await this.knex("review_report").insert({ id: generateEntityId(undefined, "revrep"), review_id, customer_id, reason, note, created_at: new Date(now) })
    })
  }

  /** Throws REVIEW_TOO_MANY where a member sent as many pictures within a day as one may. */
  assertMoreAllowed(customer_id: string, now: number): Promise<void> {
    return this.assertFewer("review_picture", customer_id, A_DAY.pictures, now)
  }

  /** Notes a picture whose file is stored; it waits for its review. Throws REVIEW_TOO_MANY, also where many arrive at once. */
  async notePicture(customer_id: string, picture: PictureFile, now: number): Promise<StoredPicture> {
    const id = generateEntityId(undefined, "revpic")
    await this.whole(customer_id, async () => {
      await this.assertMoreAllowed(customer_id, now)
      await this.knex("review_picture").insert({ id, customer_id, ...picture, created_at: new Date(now) })
    })
    return { id, url: picture.url, width: picture.width, height: picture.height }
  }

  /** Pictures that belong to nobody, or have waited for a day: no longer known afterwards; their files are the caller's to delete. */
  async dropPictures(now: number): Promise<string[]> {
    const rows = await this.rows("delete from review_picture where review_id is null and (customer_id is null or created_at <= ?) returning file_key", [new Date(now - DAY_MS)])
    return rows.map(({ file_key }) => file_key as string)
  }

  /** Takes everything personal out of a member's reviews: the stars are left, so that averages stay true. Call inside a unit of work; dropPictures follows. */
  async forget(customer_id: string): Promise<void> {
    await this.lock(customer_id)
    await this.rows("delete from review_report where customer_id = ?", [customer_id])
    await this.rows("update review_picture set review_id = null, customer_id = null, updated_at = now() where customer_id = ?", [customer_id])
    await this.rows("update review set customer_id = null, author_name = null, text = '', follow_up = null, followed_up_at = null, reply = null, replied_at = null, picture_count = 0, updated_at = now() where customer_id = ?", [customer_id])
  }

  /** One page of a list, the longest waiting first where something is to be done, else the latest. */
  async listForStaff(scope: Scope, list: ReviewList, page: number): Promise<StaffReview[]> {
    const order = list === "unanswered" || list === "reported" ? "r.created_at, r.id" : "r.created_at desc, r.id"
    const reports = "(select json_agg(json_build_object('reason', p.reason, 'note', p.note) order by p.created_at) from review_report p where p.review_id = r.id and p.settled_at is null) as reports"
    const rows = await this.rows(`select ${FIELDS}, ${reports} ${FROM} where ${IN_SCOPE} and ${IN_LIST[list]} order by ${order} limit ${PAGE} offset ?`, [scope, scope, (page - 1) * PAGE])
    return this.withPictures(rows, staffView)
  }

  async countForStaff(scope: Scope): Promise<Record<ReviewList, number>> {
    const lists = Object.entries(IN_LIST).map(([list, where]) => `count(*) filter (where ${where}) as "${list}"`).join(", ")
    const [row = {}] = await this.rows(`select ${lists} from review r where ${IN_SCOPE}`, [scope, scope])
    return Object.fromEntries(Object.entries(row).map(([list, n]) => [list, Number(n)])) as Record<ReviewList, number>
  }

  /** Answers a review, or puts another answer in its place; tells what it is about. Throws NOT_FOUND, also for another merchant's. */
  async reply(scope: Scope, id: string, reply: string, by: string, now: number): Promise<{ order_id: string; line_item_id: string }> {
    return this.change(scope, id, "reply = ?, replied_at = ?, handled_by = ?", [reply, new Date(now), by], "and r.customer_id is not null")
  }

  /** Takes a review off the product's page; what was reported of it is decided with that. Throws NOT_FOUND. */
  async hide(scope: Scope, id: string, reason: HideReason, by: string, now: number): Promise<void> {
    await inUnitOfWork(this.knex, async () => undefined, async () => {
      await this.change(scope, id, "state = 'hidden', hidden_reason = ?, handled_by = ?", [reason, by])
      await this.settleReports(scope, id, now)
    })
  }

  /** Shows a hidden review again. Throws NOT_FOUND. */
  async show(scope: Scope, id: string, by: string): Promise<void> {
    await this.change(scope, id, "state = 'shown', hidden_reason = null, handled_by = ?", [by])
  }

  /** Decides that what was reported is no reason to hide it. Throws NOT_FOUND. */
  async settleReports(scope: Scope, id: string, now: number): Promise<void> {
    await this.change(scope, id, "updated_at = now()", [])
    await this.rows("update review_report set settled_at = ?, updated_at = now() where review_id = ? and settled_at is null", [new Date(now), id])
  }

  private async change(scope: Scope, id: string, what: string, values: unknown[], more = ""): Promise<{ order_id: string; line_item_id: string }> {
    const changed = await this.rows(`update review r set ${what}${what.startsWith("updated_at") ? "" : ", updated_at = now()"} where r.id = ? and ${IN_SCOPE} ${more} returning r.order_id, r.line_item_id`, [...values, id, scope, scope])
    const [review] = changed as { order_id: string; line_item_id: string }[]
    if (!review) throw new FangshiError("NOT_FOUND")
    return review
  }

  /** By its own id, or that of what it is about. Throws NOT_FOUND; where somebody else wrote it, REVIEW_EXISTS. */
  private async ownReview(customer_id: string, id: string | null, line_item_id: string | null): Promise<OwnReview> {
    const rows = await this.rows(`select ${FIELDS} ${FROM} where r.customer_id = ? and ${id === null ? "r.line_item_id" : "r.id"} = ?`, [customer_id, id ?? line_item_id])
    const [review] = await this.withPictures(rows, ownView)
    if (!review) throw new FangshiError(id === null ? "REVIEW_EXISTS" : "NOT_FOUND")
    return review
  }

  private async withPictures<V>(rows: Record<string, unknown>[], view: (row: Record<string, unknown>, pictures: PictureView[]) => V): Promise<V[]> {
    const ids = rows.filter(({ picture_count }) => Number(picture_count) > 0).map(({ id }) => id)
    const pictures = ids.length ? await this.rows("select review_id, url, width, height from review_picture where review_id = any(?) order by position, id", [ids]) : []
    return rows.map((row) => view(row, pictures.filter(({ review_id }) => review_id === row.id).map(({ url, width, height }) => ({ url: url as string, width: Number(width), height: Number(height) }))))
  }

  private async assertFewer(table: "review_picture" | "review_report", customer_id: string, most: number, now: number): Promise<void> {
    const [{ n = 0 } = {}] = await this.rows(`select count(*) as n from ${table} where customer_id = ? and created_at > ?`, [customer_id, new Date(now - DAY_MS)])
    if (Number(n) >= most) throw new FangshiError("REVIEW_TOO_MANY")
  }

  /** One after another for a member: what counts is counted under this lock, and erasing waits for it. */
  private async lock(customer_id: string): Promise<void> {
    await this.knex.raw("select pg_advisory_xact_lock(hashtextextended('reviews:' || current_setting('app.tenant_id') || ':' || ?, 0))", [customer_id])
  }

  private whole<T>(customer_id: string, work: () => Promise<T>): Promise<T> {
    return inUnitOfWork(this.knex, async () => undefined, async () => {
      await this.lock(customer_id)
      return work()
    })
  }

  private async rows(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    const { rows } = await this.knex.raw<{ rows: Record<string, unknown>[] }>(sql, values as never)
    return rows
  }
}
