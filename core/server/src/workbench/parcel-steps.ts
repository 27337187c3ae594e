import { FangshiError, type LocalizedText, type NoticeKind, type ParcelState } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { cancelOrderWorkflow, capturePaymentWorkflow, createOrderFulfillmentWorkflow, markOrderFulfillmentAsDeliveredWorkflow } from "@medusajs/medusa/core-flows"
import type { ParcelLineView, ParcelView, ParcelsService } from "../modules/parcels/service"
import type { Staff } from "../modules/staff/service"
import { noticesOf } from "../notices/notices"
import { lockOrder } from "../orders/lock-order"
import { fromFen } from "./fen"
import { offlinePayment } from "./offline-payment"

/** Who does it, where, and when. */
export type Doing = { scope: MedusaContainer; staff: Staff; time_zone: string; now: number }

const NAMES: Record<ParcelState, LocalizedText> = {
  new: { "zh-CN": "待接单", en: "new" },
  packing: { "zh-CN": "备货中", en: "packing" },
  ready: { "zh-CN": "待取货", en: "ready" },
  done: { "zh-CN": "已完成", en: "done" },
  refused: { "zh-CN": "已拒单", en: "refused" },
}

const parcelsOf = (scope: MedusaContainer) => scope.resolve<ParcelsService>("parcels")

/** Reads the parcel under the order's lock and does `work` with it, whole or not at all. Throws NOT_FOUND for another merchant's. */
async function withParcel<T>({ scope, staff }: Doing, id: string, withStock: boolean, work: (parcel: ParcelView, lines: ParcelLineView[]) => Promise<T>): Promise<T> {
  const parcels = parcelsOf(scope)
  const { order_id } = await parcels.getParcel(staff.merchant_id, id)
  return inUnitOfWork(scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), lockOrder(order_id, withStock), async () => {
    const parcel = await parcels.getParcel(staff.merchant_id, id)
    return work(parcel, await parcels.linesOf([id]))
  })
}

function assertState(parcel: ParcelView, allowed: readonly ParcelState[], time_zone: string): void {
  if (allowed.includes(parcel.state)) return
  if (parcel.state === "done" && allowed.includes("ready")) throw handedOver(parcel, time_zone)
  throw new FangshiError("PARCEL_NOT_NOW", { state: NAMES[parcel.state] })
}

const handedOver = ({ closed_at }: ParcelView, timeZone: string) =>
  new FangshiError("PARCEL_HANDED_OVER", { at: new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(new Date(closed_at ?? 0)) })

const marks = ({ staff, now }: Doing) => ({ by: staff.user_id, now })

const tell = ({ scope, now }: Doing, kind: Exclude<NoticeKind, "plugin">, { id, order_id }: ParcelView, lines: ParcelLineView[], reason?: string): Promise<void> =>
  noticesOf(scope).tell({ kind, cause: id, order_id, line_item_id: lines[0]?.line_item_id ?? "", ...(reason ? { reason } : {}) }, now)

/** Throws PARCEL_NOT_NOW unless it is new. */
export const acceptParcel = (doing: Doing, id: string): Promise<void> =>
  withParcel(doing, id, false, async (parcel, lines) => {
    assertState(parcel, ["new"], doing.time_zone)
    await parcelsOf(doing.scope).step(id, ["new"], "packing", marks(doing))
    await tell(doing, "parcel_accepted", parcel, lines)
  })

/** Takes the goods off the shelves with a fulfilment of this parcel's lines only. Throws PARCEL_NOT_NOW unless it is being packed. */
export const packParcel = (doing: Doing, id: string): Promise<void> =>
  withParcel(doing, id, true, async (parcel, lines) => {
    assertState(parcel, ["packing"], doing.time_zone)
    const fulfillment_ids: string[] = []
    // Medusa makes no fulfilment of goods that travel and goods that do not.
    for (const travels of [true, false]) {
      const items = lines.filter((line) => line.requires_shipping === travels).map((line) => ({ id: line.line_item_id, quantity: line.quantity }))
      if (!items.length) continue
      const { result } = await createOrderFulfillmentWorkflow(doing.scope).run({ input: { order_id: parcel.order_id, items, created_by: doing.staff.user_id } })
      fulfillment_ids.push((result as { id: string }).id)
    }
    await parcelsOf(doing.scope).step(id, ["packing"], "ready", { ...marks(doing), fulfillment_ids })
    await tell(doing, "parcel_ready", parcel, lines)
  })

/** Gives the goods back to the shelves and tells the customer why. The order itself ends with its last parcel. Throws PARCEL_NOT_NOW once it is packed. */
export const refuseParcel = (doing: Doing, id: string, refusal_reason: string): Promise<void> =>
  withParcel(doing, id, true, async (parcel, lines) => {
    assertState(parcel, ["new", "packing"], doing.time_zone)
    const parcels = parcelsOf(doing.scope)
    await parcels.step(id, ["new", "packing"], "refused", { ...marks(doing), refusal_reason })
    await tell(doing, "parcel_refused", parcel, lines, refusal_reason)
    const all = await parcels.parcelsOfOrder(parcel.order_id)
    if (all.every(({ state }) => state === "refused")) await cancelOrderWorkflow(doing.scope).run({ input: { order_id: parcel.order_id, canceled_by: doing.staff.user_id } })
    else await doing.scope.resolve(Modules.INVENTORY).deleteReservationItemsByLineItem(lines.map((line) => line.line_item_id))
  })

/** 核销: hands goods over to whoever shows this code, and records the money where it is paid on the spot. Throws PICK_UP_CODE_WRONG, PICK_UP_CODE_TRIES, PARCEL_NOT_NOW, and PARCEL_HANDED_OVER the second time. */
export async function handOver(doing: Doing, code: string): Promise<ParcelView> {
  const { scope, staff, now } = doing
  const found = await parcelsOf(scope).findByCode(staff.merchant_id, code, staff.user_id, now)
  if (!found) throw new FangshiError("PICK_UP_CODE_WRONG")
  return withParcel(doing, found.id, false, async (parcel, lines) => {
    assertState(parcel, ["ready"], doing.time_zone)
    for (const fulfillmentId of parcel.fulfillment_ids) await markOrderFulfillmentAsDeliveredWorkflow(scope).run({ input: { orderId: parcel.order_id, fulfillmentId } })
    await recordMoney(doing, parcel)
    await parcelsOf(scope).step(parcel.id, ["ready"], "done", marks(doing))
    await tell(doing, "parcel_handed_over", parcel, lines)
    return parcelsOf(scope).getParcel(staff.merchant_id, parcel.id)
  })
}

/** The delivery fee is paid with the first parcel of an order. */
async function recordMoney({ scope, staff }: Doing, parcel: ParcelView): Promise<void> {
  const payment = await offlinePayment(scope, parcel.order_id)
  if (!payment) return
  const first = payment.captured_amount === 0
  const due = Math.min(parcel.goods_amount + (first ? payment.shipping_amount : 0), payment.authorized_amount - payment.captured_amount)
  if (due > 0) await capturePaymentWorkflow(scope).run({ input: { payment_id: payment.id, amount: fromFen(due), captured_by: staff.user_id } })
}
