import { COUPON_CODE_LENGTH, type CartCoupon, type Locale, type LocalizedText, type ShopContext } from "@fangshi/contracts"

/** The coupon of a cart, as its page shows it; `why` it takes nothing off, where there is a reason. */
export type ShownCoupon = { code: string; applied: boolean; why: string | null }

/** Why a code was not taken, in the shopper's language, and what was typed. */
export type CouponProblem = { text: string; typed: string }

type Said = { coupon?: CartCoupon | null; text?: LocalizedText; hint?: LocalizedText }

const inWords = (said: { text: LocalizedText; hint: LocalizedText }, locale: Locale) => `${said.text[locale]}${locale === "en" ? " " : ""}${said.hint[locale]}`

/** Asks the platform's own route: its refusals carry a text for people, which the official client throws away. A cart that is gone is a 404. */
async function ask(shop: ShopContext, cart_id: string, method: "GET" | "POST" | "DELETE", code?: string): Promise<Said> {
  const answer = await fetch(`${shop.api.base_url}/store/carts/${encodeURIComponent(cart_id)}/coupons`, {
    method,
    headers: { ...shop.api.headers, "x-publishable-api-key": shop.publishable_key, "content-type": "application/json" },
    ...(code === undefined ? {} : { body: JSON.stringify({ code }) }),
  })
  const said = (await answer.json()) as Said
  if (answer.status === 404) throw new Response("no such cart", { status: 404 })
  if (!answer.ok && (!said.text || answer.status >= 500)) throw new Error(`a coupon was answered ${answer.status}`)
  return said
}

/** The coupon a cart carries or waits with. */
export async function loadCoupon(shop: ShopContext, locale: Locale, cart_id: string): Promise<ShownCoupon | null> {
  const { coupon } = await ask(shop, cart_id, "GET")
  return coupon ? { code: coupon.code, applied: coupon.applied, why: coupon.problem ? inWords(coupon.problem, locale) : null } : null
}

const dropCoupon = async (shop: ShopContext, cart_id: string): Promise<void> => void (await ask(shop, cart_id, "DELETE"))

/** Does what a form asks to be done with a coupon. Null where it asks nothing; a code left in the field is meant, too, unless it was refused before. */
export async function changeCoupon(shop: ShopContext, locale: Locale, cart_id: string, posted: FormData): Promise<{ problem: CouponProblem | null } | null> {
  if (posted.get("coupon") === "remove") {
    await dropCoupon(shop, cart_id)
    return { problem: null }
  }
  const typed = String(posted.get("coupon_again") ?? posted.get("coupon_code") ?? "").trim().slice(0, COUPON_CODE_LENGTH)
  const asked = posted.get("coupon") === "apply"
  if (!typed) return asked ? { problem: null } : null
  if (!asked && typed === posted.get("coupon_refused")) return null
  const said = await ask(shop, cart_id, "POST", typed)
  return { problem: said.text && said.hint ? { text: inWords({ text: said.text, hint: said.hint }, locale), typed } : null }
}

/** The coupon a shopper saw when pressing the button: it must still be there when the order is placed. */
export type ExpectedCoupon = { code: string; drop: () => Promise<void> }

export function expectedCoupon(shop: ShopContext, cart_id: string, posted: FormData): ExpectedCoupon | null {
  const code = posted.get("coupon_shown")
  return typeof code === "string" && code ? { code, drop: () => dropCoupon(shop, cart_id) } : null
}
