import { type AfterSaleState, type AfterSaleStep, FangshiError, type LocalizedText, type NoticeKind, mayStep, stateAfter } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Marks, Whose } from "../modules/after-sales/service"
import type { AfterSaleRow } from "../modules/after-sales/views"
import type { Staff } from "../modules/staff/service"
import { noticesOf } from "../notices/notices"
import { lockOrder } from "../orders/lock-order"
import { fromFen } from "../workbench/fen"
import { refundParcel } from "../workbench/refunds"
import { changeStock } from "../workbench/stock"
import { afterSalesOf } from "./after-sales"

/** Who takes a step where, and when. */
export type Stepping = { scope: MedusaContainer; whose: Whose; now: number }
export type StaffStepping = Stepping & { staff: Staff }

const NAMES: Record<AfterSaleState, LocalizedText> = {
  asked: { "zh-CN": "待处理", en: "waiting for the shop" },
  approved: { "zh-CN": "已同意", en: "approved" },
  sent_back: { "zh-CN": "已寄回", en: "sent back" },
  received: { "zh-CN": "已收货", en: "received" },
  done: { "zh-CN": "已完成", en: "done" },
  refused: { "zh-CN": "已拒绝", en: "refused" },
  withdrawn: { "zh-CN": "已撤销", en: "withdrawn" },
}

/** What its buyer is told of a step; of a refund they hear with the money. */
const NEWS: Partial<Record<AfterSaleStep, Exclude<NoticeKind, "plugin">>> = { approve: "after_sale_approved", refuse: "after_sale_refused", receive: "after_sale_received", finish: "after_sale_done" }

const knexOf = (scope: MedusaContainer) => scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)

/**
 * Takes a step under the order's lock, whole or not at all. One that was taken already with the same words answers with
 * what is there. Throws NOT_FOUND for another's, AFTER_SALE_NOT_NOW.
 */
async function take({ scope, whose, now }: Stepping, step: AfterSaleStep, id: string, marksOf: (request: AfterSaleRow) => Promise<Marks> | Marks, by: string | null = null): Promise<AfterSaleRow> {
  const service = afterSalesOf(scope)
  const { order_id } = await service.getAfterSale(whose, id)
  return inUnitOfWork(knexOf(scope), lockOrder(order_id, step === "receive"), async () => {
    const request = await service.getAfterSale(whose, id)
    if (request.state === stateAfter(step) && !mayStep(step, request)) {
      const said = step === "receive" || step === "refund" || step === "finish" ? {} : await marksOf(request)
      if (Object.entries(said).every(([name, value]) => (request as Record<string, unknown>)[name] === value)) return request
    }
    if (!mayStep(step, request)) throw new FangshiError("AFTER_SALE_NOT_NOW", { state: NAMES[request.state] })
    await service.step(id, stateAfter(step), { ...(await marksOf(request)), ...(by ? { handled_by: by } : {}) }, now)
    const after = await service.getAfterSale(whose, id)
    const kind = NEWS[step]
    const { line_item_id, approved_amount, refusal_reason, lowered_reason } = after
    if (kind) await noticesOf(scope).tell({ kind, cause: id, order_id, line_item_id, after_sale_id: id, amount: kind === "after_sale_approved" ? approved_amount : null, reason: refusal_reason ?? lowered_reason }, now)
    return after
  })
}

/** The buyer takes the request back. */
export const withdraw = (stepping: Stepping, id: string): Promise<AfterSaleRow> => take(stepping, "withdraw", id, () => ({}))

/** The buyer says that the goods are on their way. */
export const sendBack = (stepping: Stepping, id: string, sent: { carrier: string; tracking_number: string }): Promise<AfterSaleRow> => take(stepping, "send-back", id, () => sent)

export type Approval = { approved_amount?: number | undefined; lowered_reason?: string | undefined; return_to: string }

/** The shop agrees, to all that was asked or with a reason to less. Throws REFUND_TOO_LARGE for more, AFTER_SALE_REASON_MISSING. */
export const approve = (stepping: StaffStepping, id: string, { approved_amount, lowered_reason, return_to }: Approval): Promise<AfterSaleRow> =>
  take(stepping, "approve", id, ({ asked_amount, kind }) => {
    const amount = approved_amount ?? asked_amount
    if (amount > asked_amount) throw new FangshiError("REFUND_TOO_LARGE", { most: fromFen(asked_amount).toFixed(2) })
    if (amount === 0 && kind !== "exchange") throw new FangshiError("REQUEST_INVALID", { field: "approved_amount" })
    if (amount < asked_amount && !lowered_reason) throw new FangshiError("AFTER_SALE_REASON_MISSING")
    return { approved_amount: amount, lowered_reason: amount < asked_amount ? (lowered_reason ?? null) : null, return_to: kind === "refund" ? null : return_to }
  }, stepping.staff.user_id)

/** The shop does not agree, or no longer does; the buyer reads why. */
export const refuse = (stepping: StaffStepping, id: string, refusal_reason: string): Promise<AfterSaleRow> => take(stepping, "refuse", id, () => ({ refusal_reason }), stepping.staff.user_id)

/** The goods are back; with `restock` they are for sale again, where their stock is counted. */
export const receive = (stepping: StaffStepping, id: string, restock: boolean): Promise<AfterSaleRow> =>
  take(stepping, "receive", id, async (request) => ({ restocked: restock && (await putBack(stepping, request)) }), stepping.staff.user_id)

async function putBack({ scope, staff }: StaffStepping, { line_item_id, quantity }: AfterSaleRow): Promise<boolean> {
  const { rows } = await knexOf(scope).raw<{ rows: { variant_id: string | null }[] }>("select variant_id from order_line_item where id = ?", [line_item_id])
  if (!rows[0]?.variant_id) return false
  try {
    await changeStock(scope, staff.merchant_id, rows[0].variant_id, quantity)
    return true
  } catch (error) {
    // No longer sold, or never counted: then there is no shelf to put it on.
    if (error instanceof FangshiError && (error.code === "NOT_FOUND" || error.code === "NOT_ALLOWED")) return false
    throw error
  }
}

/** Money goes back, once however often it is pressed. Throws REFUND_TOO_LARGE where other refunds left less. */
export const refund = (stepping: StaffStepping, id: string): Promise<AfterSaleRow> =>
  take(stepping, "refund", id, async ({ parcel_id, approved_amount }) => {
    const refund_amount = approved_amount ?? 0
    await refundParcel(stepping, parcel_id, { refund_amount, idempotency_key: id })
    return { refunded_amount: refund_amount }
  }, stepping.staff.user_id)

/** Other goods were given for those that came back. */
export const finish = (stepping: StaffStepping, id: string): Promise<AfterSaleRow> => take(stepping, "finish", id, () => ({}), stepping.staff.user_id)
