import { type ShopClient, address, buy, registerCustomer, stockShop } from "./shop-client"

type Id = { id: string }

/** Fills a shop through its own API with one of almost everything; every text carries `word`. Returns a customer's token. */
export async function fillShop(client: ShopClient, word: string): Promise<{ customerToken: string }> {
  const shop = await stockShop(client, word)
  const post = <T>(path: string, body: unknown) => client.post<T>(path, body)
  await post("/admin/collections", { title: word, handle: "collection" })
  const { product_category } = await post<{ product_category: Id }>("/admin/product-categories", { name: word, handle: "category", is_active: true })
  await post(`/admin/product-categories/${product_category.id}/products`, { add: [shop.product.id] })
  await post("/admin/product-tags", { value: word })
  await post("/admin/product-types", { value: word })
  const { customer_group } = await post<{ customer_group: Id }>("/admin/customer-groups", { name: word })
  const customerToken = await registerCustomer(client, `${word}@customer.example`)
  await client.post("/store/customers/me/addresses", address(word), { token: customerToken })
  const { customers } = await client.ok<{ customers: Id[] }>({ path: "/admin/customers" })
  await post(`/admin/customer-groups/${customer_group.id}/customers`, { add: customers.map((c) => c.id) })
  const { campaign } = await post<{ campaign: Id }>("/admin/campaigns", { name: word, campaign_identifier: "campaign" })
  await post("/admin/promotions", { code: `${word.toUpperCase()}-P`, type: "standard", status: "active", campaign_id: campaign.id, application_method: { type: "percentage", target_type: "order", value: 10, currency_code: "cny" } })
  await post("/admin/price-lists", { title: word, description: word, status: "active", prices: [{ variant_id: shop.variant.id, amount: 30, currency_code: "cny" }] })
  await post("/admin/invites", { email: `${word}@invite.example` })
  await post("/admin/api-keys", { title: word, type: "secret" })
  await post("/admin/reservations", { inventory_item_id: shop.inventoryItem, location_id: shop.location.id, quantity: 1, description: word })
  await post("/admin/return-reasons", { value: "reason", label: word })
  await post("/admin/refund-reasons", { label: word, code: "reason" })
  await post("/admin/draft-orders", { region_id: shop.region.id, sales_channel_id: shop.channel.id, email: `${word}@draft.example`, items: [{ variant_id: shop.variant.id, quantity: 1 }] }).catch(() => undefined)
  await buy(client, shop, word)
  const { order } = await buy(client, shop, word, { token: customerToken, quantity: 2 })
  const full = await client.ok<{ order: { items: Id[] } }>({ path: `/admin/orders/${order.id}` })
  const item = full.order.items[0]?.id ?? ""
  const { order: fulfilled } = await post<{ order: { fulfillments: Id[] } }>(`/admin/orders/${order.id}/fulfillments?fields=*fulfillments`, { items: [{ id: item, quantity: 2 }] })
  await post(`/admin/orders/${order.id}/fulfillments/${fulfilled.fulfillments[0]?.id ?? ""}/shipments`, { items: [{ id: item, quantity: 2 }], labels: [{ tracking_number: word, tracking_url: `https://${word}.example/t`, label_url: `https://${word}.example/l` }] })
  const { return: made } = await post<{ return: Id }>("/admin/returns", { order_id: order.id, location_id: shop.location.id })
  await post(`/admin/returns/${made.id}/request-items`, { items: [{ id: item, quantity: 1 }] })
  await client.post("/store/carts", { region_id: shop.region.id, email: `${word}@cart.example`, items: [{ variant_id: shop.variant.id, quantity: 1 }] })
  return { customerToken }
}
