import type { DeliveryKind } from "@fangshi/contracts"
import { toMedusa } from "./address-form"
import type { CheckoutForm } from "./checkout-form"
import type { ExpectedCoupon } from "./coupons/coupons.server"
import { type Refusal, chooseDelivery, refusalIn } from "./delivery/delivery.server"
import type { ShopApi } from "./shop-api.server"
import { statusOf } from "./shop-api.server"

const PAY_ON_DELIVERY = "pp_system_default"

export type Placed = { order_id: string } | { problem: "soldOut" | "unknown" | "coupon" } | { refusal: Refusal }

type ToPlace = { form: CheckoutForm; kind: DeliveryKind | null; memberId: string | null; coupon: ExpectedCoupon | null }

/** Turns a cart into an order. Pressed twice, both get the same order: the shop API completes a cart once. */
export async function placeOrder(api: ShopApi, cartId: string, { form, kind, memberId, coupon }: ToPlace): Promise<Placed> {
  const cart = await stateOf(api, cartId)
  if (!cart.completed_at) {
    // Filled before signing in: the order must be found among the member's own.
    if (memberId && cart.customer_id !== memberId) await api.store.cart.transferCart(cartId)
    const refused = await patiently(() => prepare(api, cartId, { form, kind, coupon }))
    // Refused because the other press has made it an order meanwhile: then that is the answer.
    if (refused && !(await stateOf(api, cartId)).completed_at) return refused
  }
  const result = await complete(api, cartId, coupon)
  if ("problem" in result || "refusal" in result) return result
  if (result.type === "order") return { order_id: result.order.id }
  return { problem: /inventory|stock/i.test(result.error.message) ? "soldOut" : "unknown" }
}

/** ms. */
const PAUSES = [100, 300, 900]

/** Where the other of two presses is at work on the same cart (409), this one waits and looks again. */
async function patiently(work: () => Promise<Placed | null>): Promise<Placed | null> {
  for (const pause of PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (statusOf(error) !== 409) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return work()
}

/** Refused at the till, a coupon comes off, so that the page shows what the goods cost without it. */
async function complete(api: ShopApi, cartId: string, coupon: ExpectedCoupon | null): Promise<Awaited<ReturnType<ShopApi["store"]["cart"]["complete"]>> | { problem: "soldOut" | "coupon" } | { refusal: Refusal }> {
  try {
    return await api.store.cart.complete(cartId)
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) return { refusal }
    if (/inventory|stock/i.test((error as Error).message)) return { problem: "soldOut" }
    if (!coupon || statusOf(error) !== 422) throw error
    await coupon.drop()
    return { problem: "coupon" }
  }
}

const stateOf = async (api: ShopApi, cartId: string) => (await api.store.cart.retrieve(cartId, { fields: "id,completed_at,customer_id" })).cart as { completed_at?: unknown; customer_id?: string | null }

async function prepare(api: ShopApi, cartId: string, { form, kind, coupon }: Omit<ToPlace, "memberId">): Promise<Placed | null> {
  const address = toMedusa(form)
  try {
    await api.store.cart.update(cartId, { shipping_address: address, billing_address: address, ...(form.note ? { metadata: { note: form.note } } : {}) })
    await api.store.cart.addShippingMethod(cartId, { option_id: form.shipping_option })
    const refusal = await chooseDelivery(api, cartId, kind, form)
    if (refusal) return { refusal }
    const { cart } = await api.store.cart.retrieve(cartId)
    // What changes a cart looks at its coupon again: nobody pays more than they saw.
    if (coupon && !cart.promotions?.some(({ code }) => code === coupon.code)) return { problem: "coupon" }
    await api.store.payment.initiatePaymentSession(cart, { provider_id: PAY_ON_DELIVERY })
    return null
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined || status >= 500) throw error
    if (/inventory|stock/i.test((error as Error).message)) return { problem: "soldOut" }
    if (status === 409) throw error
    return { problem: "unknown" }
  }
}
