import { type ShopClient, type stockShop, address } from "@fangshi/testing"

type Shop = Awaited<ReturnType<typeof stockShop>>
type Id = { id: string }
type Cart = Id & { completed_at?: string | null; items?: Id[]; shipping_address?: { address_1?: string | null } | null; shipping_methods?: Id[]; payment_collection?: (Id & { payment_sessions?: Id[] }) | null }

const FIELDS = "?fields=id,completed_at,*items,*shipping_address,*shipping_methods,*payment_collection,*payment_collection.payment_sessions"

/** Takes one cart from nothing to an order, step by step, each only where it is still to do: run again, it goes on where it was cut off. */
export class Shopper {
  cartId: string | null = null
  orderId: string | null = null

  constructor(
    private client: ShopClient,
    private readonly shop: Shop,
    private readonly word: string,
    private readonly quantity: number,
  ) {}

  get tenant(): string {
    return this.client.tenant.id
  }

  /** After a restart the host answers at another address. */
  moveTo(client: ShopClient): void {
    this.client = client
  }

  async fill(): Promise<void> {
    const id = (this.cartId ??= (await this.post<{ cart: Cart }>("/store/carts", { region_id: this.shop.region.id, email: `${this.word}@buyer.example` })).cart.id)
    const { cart } = await this.client.ok<{ cart: Cart }>({ path: `/store/carts/${id}${FIELDS}`, token: null })
    if (cart.completed_at) return
    if (!cart.items?.length) await this.post(`/store/carts/${id}/line-items`, { variant_id: this.shop.variant.id, quantity: this.quantity })
    if (!cart.shipping_address?.address_1) await this.post(`/store/carts/${id}`, { shipping_address: address(this.word), billing_address: address(this.word) })
    if (!cart.shipping_methods?.length) await this.post(`/store/carts/${id}/shipping-methods`, { option_id: this.shop.shippingOption })
    if (cart.payment_collection?.payment_sessions?.length) return
    const collection = cart.payment_collection ?? (await this.post<{ payment_collection: Id }>("/store/payment-collections", { cart_id: id })).payment_collection
    await this.post(`/store/payment-collections/${collection.id}/payment-sessions`, { provider_id: "pp_system_default" })
  }

  async complete(): Promise<void> {
    const answer = await this.post<{ type: string; order?: Id; error?: unknown }>(`/store/carts/${this.cartId ?? ""}/complete`, {})
    if (answer.type !== "order" || !answer.order) throw new Error(`the cart was not completed: ${JSON.stringify(answer.error)}`)
    this.orderId = answer.order.id
  }

  private post<T>(path: string, body: unknown): Promise<T> {
    return this.client.post<T>(path, body, { token: null })
  }
}
