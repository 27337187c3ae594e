import { type AfterSaleDays, type AfterSaleLine, FangshiError, mostFor } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { NewAfterSale } from "../modules/after-sales/service"
import type { AfterSaleRow, SoldLine } from "../modules/after-sales/views"
import type { ParcelsService } from "../modules/parcels/service"
import { lockOrder } from "../orders/lock-order"
import { fromFen } from "../workbench/fen"
import { refundable } from "../workbench/refunds"
import { afterSalesOf } from "./after-sales"

/** When something is asked for, and for how long it could have been. */
export type Asking = { scope: MedusaContainer; days: AfterSaleDays; now: number }

const leftOf = async (scope: MedusaContainer, parcel_id: string) => refundable(scope, await scope.resolve<ParcelsService>("parcels").getParcel(null, parcel_id))

/** Lines of an order as its buyer sees them. What was refunded of a parcel by other ways is no longer there to be asked for. */
export async function askableLines({ scope, days, now }: Asking, order_id: string): Promise<AfterSaleLine[]> {
  const lines = await afterSalesOf(scope).linesOf(order_id, days, now)
  const left = new Map(await Promise.all([...new Set(lines.filter(({ askable }) => askable).map(({ parcel_id }) => parcel_id))].map(async (id) => [id, await leftOf(scope, id)] as const)))
  return lines.map(({ parcel_id, merchant_key: _merchant, customer_id: _customer, handed_over: _handed, too_late: _late, ...line }) => ({
    ...line,
    refunded_amount: Math.max(line.refunded_amount, line.goods_amount - (left.get(parcel_id) ?? line.goods_amount)),
  }))
}

/**
 * Asks for something about a line. Of two at once, one counts; the same once more answers with what is there. Throws
 * NOT_FOUND for what is not of this order, AFTER_SALE_TOO_EARLY, AFTER_SALE_TOO_LATE, AFTER_SALE_OPEN, REFUND_TOO_LARGE.
 */
export function askAfterSale({ scope, days, now }: Asking, order_id: string, asked: NewAfterSale): Promise<AfterSaleRow> {
  return inUnitOfWork(scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), lockOrder(order_id, false), async () => {
    const service = afterSalesOf(scope)
    const line = (await service.linesOf(order_id, days, now)).find(({ line_item_id }) => line_item_id === asked.line_item_id)
    if (!line) throw new FangshiError("NOT_FOUND")
    if (line.open_id) {
      const open = await service.getAfterSale({ order_id }, line.open_id)
      const { kind, quantity, reason, text, asked_amount } = asked
      const same = open.kind === kind && open.quantity === quantity && open.reason === reason && open.text === text && open.asked_amount === asked_amount
      if (!same) throw new FangshiError("AFTER_SALE_OPEN")
      return open
    }
    assertAskable(line, asked, days)
    const most = asked.kind === "exchange" ? 0 : Math.min(mostFor(line, asked.quantity), await leftOf(scope, line.parcel_id))
    if (asked.asked_amount > most || (asked.kind !== "exchange" && most === 0)) throw new FangshiError("REFUND_TOO_LARGE", { most: fromFen(most).toFixed(2) })
    return service.add(order_id, line, asked, now)
  })
}

function assertAskable({ handed_over, reasons, pieces }: SoldLine, { reason, quantity, kind, asked_amount }: NewAfterSale, days: AfterSaleDays): void {
  if (!handed_over) throw new FangshiError("AFTER_SALE_TOO_EARLY")
  if (!reasons.includes(reason)) throw new FangshiError("AFTER_SALE_TOO_LATE", { days: reason === "unwanted" ? days.without_reason : days.with_reason })
  if (quantity > pieces) throw new FangshiError("REQUEST_INVALID", { field: "quantity" })
  if (kind !== "exchange" && asked_amount === 0) throw new FangshiError("REQUEST_INVALID", { field: "asked_amount" })
}
