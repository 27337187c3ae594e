import type { CheckoutForm } from "./checkout-form"
import type { ShopApi } from "./shop-api.server"
import { statusOf } from "./shop-api.server"

const PAY_ON_DELIVERY = "pp_system_default"

export type Placed = { order_id: string } | { problem: "soldOut" | "unknown" }

/** Turns a cart into an order. Pressed twice, both get the same order: the shop API completes a cart once. */
export async function placeOrder(api: ShopApi, cartId: string, form: CheckoutForm, country_code: string): Promise<Placed> {
  const { cart } = await api.store.cart.retrieve(cartId, { fields: "id,completed_at,email,*payment_collection" })
  if (!(cart as { completed_at?: unknown }).completed_at) {
    const refused = await prepare(api, cartId, form, country_code)
    if (refused) return refused
  }
  const result = await api.store.cart.complete(cartId)
  if (result.type === "order") return { order_id: result.order.id }
  return { problem: /inventory|stock/i.test(result.error.message) ? "soldOut" : "unknown" }
}

async function prepare(api: ShopApi, cartId: string, form: CheckoutForm, country_code: string): Promise<Placed | null> {
  const address = { first_name: form.name, last_name: "", phone: form.phone, province: form.province, city: form.city, address_2: form.district, address_1: form.address, country_code }
  try {
    await api.store.cart.update(cartId, { shipping_address: address, billing_address: address, ...(form.note ? { metadata: { note: form.note } } : {}) })
    await api.store.cart.addShippingMethod(cartId, { option_id: form.shipping_option })
    const { cart } = await api.store.cart.retrieve(cartId)
    await api.store.payment.initiatePaymentSession(cart, { provider_id: PAY_ON_DELIVERY })
    return null
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined || status >= 500) throw error
    return { problem: /inventory|stock/i.test((error as Error).message) ? "soldOut" : "unknown" }
  }
}
