import { FangshiError } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { refundPaymentWorkflow } from "@medusajs/medusa/core-flows"
import type { ParcelView, ParcelsService } from "../modules/parcels/service"
import type { Staff } from "../modules/staff/service"
import { noticesOf } from "../notices/notices"
import { lockOrder } from "../orders/lock-order"
import { fromFen } from "./fen"
import { offlinePayment } from "./offline-payment"

/** Fen that can still be given back for a parcel: of its own goods, and no more than was paid for the order. */
export async function refundable(scope: MedusaContainer, parcel: ParcelView): Promise<number> {
  if (parcel.state !== "done") return 0
  const payment = await offlinePayment(scope, parcel.order_id)
  return payment ? Math.max(0, Math.min(parcel.goods_amount - parcel.refunded_amount, payment.captured_amount - payment.refunded_amount)) : 0
}

type Refunding = { scope: MedusaContainer; staff: Staff; now: number }
type Refund = { refund_amount: number; note?: string; idempotency_key: string }

/** Records that money went back to the customer. One idempotency key, one refund. Throws REFUND_TOO_LARGE. */
export async function refundParcel({ scope, staff, now }: Refunding, id: string, { refund_amount, note, idempotency_key }: Refund): Promise<ParcelView> {
  const parcels = scope.resolve<ParcelsService>("parcels")
  const { order_id } = await parcels.getParcel(staff.merchant_id, id)
  return inUnitOfWork(scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), lockOrder(order_id, false), async () => {
    const parcel = await parcels.getParcel(staff.merchant_id, id)
    if ((await parcels.findRefund(id, idempotency_key)) !== null) return parcel
    const most = await refundable(scope, parcel)
    const payment = await offlinePayment(scope, order_id)
    if (!payment || refund_amount > most) throw new FangshiError("REFUND_TOO_LARGE", { most: fromFen(most).toFixed(2) })
    await parcels.recordRefund(parcel, idempotency_key, refund_amount, staff.user_id)
    await refundPaymentWorkflow(scope).run({ input: { payment_id: payment.id, amount: fromFen(refund_amount), created_by: staff.user_id, ...(note ? { note } : {}) } })
    const [line] = await parcels.linesOf([id])
    await noticesOf(scope).tell({ kind: "refunded", cause: `${id} ${idempotency_key}`, order_id, line_item_id: line?.line_item_id ?? "", amount: refund_amount }, now)
    return parcels.getParcel(staff.merchant_id, id)
  })
}
