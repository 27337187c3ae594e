import { toMedusa } from "./address-form"
import type { CheckoutForm } from "./checkout-form"
import type { ExpectedCoupon } from "./coupons/coupons.server"
import type { ShopApi } from "./shop-api.server"
import { statusOf } from "./shop-api.server"

const PAY_ON_DELIVERY = "pp_system_default"

export type Placed = { order_id: string } | { problem: "soldOut" | "unknown" | "coupon" }

/** Turns a cart into an order. Pressed twice, both get the same order: the shop API completes a cart once. */
export async function placeOrder(api: ShopApi, cartId: string, form: CheckoutForm, memberId: string | null, coupon: ExpectedCoupon | null): Promise<Placed> {
  const { cart } = await api.store.cart.retrieve(cartId, { fields: "id,completed_at,email,customer_id,*payment_collection" })
  if (!(cart as { completed_at?: unknown }).completed_at) {
    // Filled before signing in: the order must be found among the member's own.
    if (memberId && cart.customer_id !== memberId) await api.store.cart.transferCart(cartId)
    const refused = await prepare(api, cartId, form, coupon)
    if (refused) return refused
  }
  const result = await complete(api, cartId, coupon)
  if ("problem" in result) return result
  if (result.type === "order") return { order_id: result.order.id }
  return { problem: /inventory|stock/i.test(result.error.message) ? "soldOut" : "unknown" }
}

/** Refused at the till, a coupon comes off, so that the page shows what the goods cost without it. */
async function complete(api: ShopApi, cartId: string, coupon: ExpectedCoupon | null): Promise<Awaited<ReturnType<ShopApi["store"]["cart"]["complete"]>> | { problem: "soldOut" | "coupon" }> {
  try {
    return await api.store.cart.complete(cartId)
  } catch (error) {
    if (/inventory|stock/i.test((error as Error).message)) return { problem: "soldOut" }
    if (!coupon || statusOf(error) !== 422) throw error
    await coupon.drop()
    return { problem: "coupon" }
  }
}

async function prepare(api: ShopApi, cartId: string, form: CheckoutForm, coupon: ExpectedCoupon | null): Promise<Placed | null> {
  const address = toMedusa(form)
  try {
    await api.store.cart.update(cartId, { shipping_address: address, billing_address: address, ...(form.note ? { metadata: { note: form.note } } : {}) })
    await api.store.cart.addShippingMethod(cartId, { option_id: form.shipping_option })
    const { cart } = await api.store.cart.retrieve(cartId)
    // What changes a cart looks at its coupon again: nobody pays more than they saw.
    if (coupon && !cart.promotions?.some(({ code }) => code === coupon.code)) return { problem: "coupon" }
    await api.store.payment.initiatePaymentSession(cart, { provider_id: PAY_ON_DELIVERY })
    return null
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined || status >= 500) throw error
    return { problem: /inventory|stock/i.test((error as Error).message) ? "soldOut" : "unknown" }
  }
}
