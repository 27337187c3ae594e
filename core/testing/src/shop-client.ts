import type { SharedHost, TestTenant } from "./shared-host"

export type Answer = { status: number; text: string; body: Record<string, never> & { [key: string]: unknown } }
export type Call = { method?: string; path: string; body?: unknown; token?: string | null; key?: string | null; headers?: Record<string, string> }

const parse = (text: string): Answer["body"] => {
  try {
    return JSON.parse(text) as Answer["body"]
  } catch {
    return {} as Answer["body"]
  }
}

/** Speaks HTTP to one tenant of the host. */
export class ShopClient {
  constructor(
    private readonly host: Pick<SharedHost, "url">,
    readonly tenant: TestTenant,
  ) {}

  async call({ method = "GET", path, body, token, key, headers = {} }: Call): Promise<Answer> {
    const auth = token === undefined && path.startsWith("/admin") ? this.tenant.adminToken : token
    const publishable = key === undefined && path.startsWith("/store") ? this.tenant.publishable_key : key
    const response = await fetch(`${this.host.url}${path}`, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(20_000),
      headers: {
        "x-tenant": this.tenant.id,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(auth ? { authorization: `Bearer ${auth}` } : {}),
        ...(publishable ? { "x-publishable-api-key": publishable } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, body: parse(text) }
  }

  /** As call, but anything other than 2xx is an error that shows the answer. */
  async ok<T>(call: Call): Promise<T> {
    const answer = await this.call(call)
    if (answer.status < 200 || answer.status > 299) throw new Error(`${call.method ?? "GET"} ${call.path} → ${answer.status} ${answer.text.slice(0, 500)}`)
    return answer.body as T
  }

  post<T>(path: string, body: unknown, more: Partial<Call> = {}): Promise<T> {
    return this.ok<T>({ method: "POST", path, body, ...more })
  }
}

type Id = { id: string }

/** A shop with one product in stock, ready to sell. */
export async function stockShop(client: ShopClient, word: string, stock = 100): Promise<{ product: Id; variant: Id; region: Id; shippingOption: string; location: Id; channel: Id; profile: Id; inventoryItem: string }> {
  const { regions } = await client.ok<{ regions: Id[] }>({ path: "/admin/regions" })
  const { sales_channels } = await client.ok<{ sales_channels: Id[] }>({ path: "/admin/sales-channels" })
  const { stock_locations } = await client.ok<{ stock_locations: Id[] }>({ path: "/admin/stock-locations" })
  const { shipping_profiles } = await client.ok<{ shipping_profiles: Id[] }>({ path: "/admin/shipping-profiles" })
  const { shipping_options } = await client.ok<{ shipping_options: Id[] }>({ path: "/admin/shipping-options" })
  const [region, channel, location, profile] = [regions[0], sales_channels[0], stock_locations[0], shipping_profiles[0]]
  if (!region || !channel || !location || !profile) throw new Error("the tenant is not complete")
  const { product } = await client.post<{ product: Id & { variants: (Id & { sku: string })[] } }>("/admin/products", {
    title: `${word} 苹果`,
    handle: "apple",
    status: "published",
    shipping_profile_id: profile.id,
    options: [{ title: "规格", values: ["一箱"] }],
    variants: [{ title: "一箱", sku: "APPLE-1", options: { "规格": "一箱" }, manage_inventory: true, prices: [{ amount: 39.9, currency_code: "cny" }] }],
    sales_channels: [{ id: channel.id }],
    images: [{ url: `/static/${word}.webp` }],
  })
  const { inventory_items } = await client.ok<{ inventory_items: Id[] }>({ path: "/admin/inventory-items?sku=APPLE-1" })
  const inventoryItem = inventory_items[0]?.id ?? ""
  await client.post(`/admin/inventory-items/${inventoryItem}/location-levels`, { location_id: location.id, stocked_quantity: stock })
  return { product, variant: product.variants[0] ?? { id: "" }, region, channel, location, profile, inventoryItem, shippingOption: shipping_options[0]?.id ?? "" }
}

export const address = (word: string) => ({ first_name: word, last_name: "张", phone: "13800000000", address_1: `${word} 人民路1号`, city: "昆明市", province: "云南省", country_code: "cn", postal_code: "650000" })

type Purchase = { token?: string; quantity?: number }

/** A cart that lacks nothing but to be completed, of a guest or a customer. */
export async function fillCart(client: ShopClient, shop: Awaited<ReturnType<typeof stockShop>>, word: string, options: Purchase = {}): Promise<Id> {
  const auth = { token: options.token ?? null }
  const { cart } = await client.post<{ cart: Id }>("/store/carts", { region_id: shop.region.id, email: `${word}@buyer.example` }, auth)
  await client.post(`/store/carts/${cart.id}/line-items`, { variant_id: shop.variant.id, quantity: options.quantity ?? 1 }, auth)
  await client.post(`/store/carts/${cart.id}`, { shipping_address: address(word), billing_address: address(word) }, auth)
  await client.post(`/store/carts/${cart.id}/shipping-methods`, { option_id: shop.shippingOption }, auth)
  const { payment_collection } = await client.post<{ payment_collection: Id }>("/store/payment-collections", { cart_id: cart.id }, auth)
  await client.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" }, auth)
  return cart
}

/** A whole purchase as a guest or customer, up to the order. */
export async function buy(client: ShopClient, shop: Awaited<ReturnType<typeof stockShop>>, word: string, options: Purchase = {}): Promise<{ order: Id & { display_id: number }; cart: Id }> {
  const cart = await fillCart(client, shop, word, options)
  const { order } = await client.post<{ order: Id & { display_id: number } }>(`/store/carts/${cart.id}/complete`, {}, { token: options.token ?? null })
  return { order, cart }
}

/** Registers a customer and returns a token of theirs. */
export async function registerCustomer(client: ShopClient, email: string): Promise<string> {
  const credentials = { email, password: "a-long-password" }
  const { token } = await client.post<{ token: string }>("/auth/customer/emailpass/register", credentials)
  await client.post("/store/customers", { email, first_name: email }, { token })
  return (await client.post<{ token: string }>("/auth/customer/emailpass", credentials)).token
}
