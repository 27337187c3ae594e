import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { openParcelsOf } from "../workbench/open-parcels"

/** What was ordered is work for its merchants at once, and not only when somebody looks. */
export default async function orderPlaced({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await openParcelsOf(container, event.data.id)
}

export const config: SubscriberConfig = { event: "order.placed", context: { subscriberId: "order-placed-parcels" } }
