import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import type { ShopRevisions } from "../tenants/shop-revisions"

/** Events after which a page of the shop may read otherwise. Carts, customers and payments are nobody else's business. */
const SHOWN = /^(?:product|pricing|price-list|inventory|region|store|translation|promotion|sales-channel|tax|currency)\b/

export default async function shopChanged({ event, container }: SubscriberArgs): Promise<void> {
  if (SHOWN.test(event.name)) await container.resolve<ShopRevisions>("fangshi_revisions").bumpSoon()
}

export const config: SubscriberConfig = { event: "*", context: { subscriberId: "shop-changed" } }
