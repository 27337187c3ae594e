import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { clockOf } from "../../clock"
import type { ParcelsService } from "../../modules/parcels/service"
import { noticesOf } from "../../notices/notices"

// Whoever cancels, in the console or by the member's own hand: the member reads of it. Of goods that were all refused they know already, and why.
cancelOrderWorkflow.hooks.orderCanceled(async ({ order: { id, items } }: { order: { id: string; items?: { id: string }[] } }, { container }) => {
  const parcels = await container.resolve<ParcelsService>("parcels").parcelsOfOrder(id)
  if (parcels.length && parcels.every(({ state }) => state === "refused")) return
  await noticesOf(container).tell({ kind: "order_canceled", cause: id, order_id: id, line_item_id: items?.[0]?.id ?? "" }, clockOf(container)())
})
