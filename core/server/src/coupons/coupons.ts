import { COUPON_CODE_LENGTH, type CartCoupon, FangshiError, tidyCouponCode } from "@fangshi/contracts"
import { type UnitOfWork, inUnitOfWork } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, PromotionActions } from "@medusajs/framework/utils"
import { updateCartPromotionsWorkflow } from "@medusajs/medusa/core-flows"
import { clockOf } from "../clock"
import type { GuessGuard, Tries } from "../guess-guard"
import type { Coupon, CouponsService } from "../modules/coupons/service"
import { toFen } from "../workbench/fen"
import { COUPON_GUARD } from "./coupon-guard"

type Scope = MedusaContainer
type Line = { adjustments?: { code?: string | null; total?: unknown }[] | null }
type Cart = { id: string; completed_at: unknown; items?: Line[] | null; shipping_methods?: Line[] | null } & Record<string, unknown>

const TOTALS = ["original_item_total", "item_total", "original_item_subtotal", "item_subtotal", "subtotal", "total"]
const FIELDS = ["id", "completed_at", ...TOTALS, "items.*", "items.adjustments.*", "items.tax_lines.*", "shipping_methods.*", "shipping_methods.adjustments.*", "shipping_methods.tax_lines.*"]

const couponsOf = (scope: Scope): CouponsService => scope.resolve<CouponsService>("coupons")

/** Who asks for a code, for the guard. */
export const triesOf = (req: MedusaRequest, res: MedusaResponse): Tries => ({ client: String(res.locals.client_address), subject: req.params.id ?? null })

/** A cart that is still open. Throws NOT_FOUND, and NOT_ALLOWED for one that was bought. */
async function getCart(scope: Scope, id: string): Promise<Cart> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({ entity: "cart", fields: FIELDS, filters: { id } })
  const cart = data[0] as unknown as Cart | undefined
  if (!cart) throw new FangshiError("NOT_FOUND")
  if (cart.completed_at) throw new FangshiError("NOT_ALLOWED")
  return cart
}

/** Why nobody can use a coupon now; null where somebody can. */
function refusal({ code, starts_at, ends_at, used_up }: Coupon, now: number, timeZone: string): FangshiError | null {
  if (starts_at && starts_at.getTime() > now) return new FangshiError("COUPON_NOT_YET", { code, at: new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(starts_at) })
  if (ends_at && ends_at.getTime() <= now) return new FangshiError("COUPON_EXPIRED", { code })
  return used_up ? new FangshiError("COUPON_USED_UP", { code }) : null
}

/** The coupon a buyer typed the code of, past the guard. Throws COUPON_UNKNOWN, COUPON_NOT_YET, COUPON_EXPIRED, COUPON_USED_UP, COUPON_TRIES. */
export async function lookUp(scope: Scope, typed: string, tries: Tries, timeZone: string): Promise<Coupon> {
  const code = tidyCouponCode(typed)
  return scope.resolve<GuessGuard>(COUPON_GUARD).look(tries, async () => {
    const coupon = code.length <= COUPON_CODE_LENGTH ? await couponsOf(scope).findCoupon(code) : null
    if (!coupon) return new FangshiError("COUPON_UNKNOWN")
    return refusal(coupon, clockOf(scope)(), timeZone) ?? coupon
  })
}

/** Why a cart is worth too little for a coupon; null where it is not. */
async function shortfall(scope: Scope, coupon: Coupon, cart: Cart): Promise<FangshiError | null> {
  for (const { attribute, value } of await couponsOf(scope).listLeast(coupon.id)) {
    const missing = toFen(value) - toFen(cart[attribute] ?? 0)
    if (missing > 0) return new FangshiError("COUPON_BELOW_MINIMUM", { minimum: value.toFixed(2), missing: (missing / 100).toFixed(2) })
  }
  return null
}

/** What a code takes off, line by line. */
const partsOf = (cart: Cart, code: string) => [...(cart.items ?? []), ...(cart.shipping_methods ?? [])].flatMap(({ adjustments }) => adjustments ?? []).filter((each) => each.code === code)

/** The coupon of a cart, and why it takes nothing off where it does not. Null where none was asked for. */
export async function cartCoupon(scope: Scope, cart_id: string, timeZone: string): Promise<CartCoupon | null> {
  const [cart, code] = await Promise.all([getCart(scope, cart_id), couponsOf(scope).findChoice(cart_id)])
  if (code === null) return null
  const parts = partsOf(cart, code)
  if (parts.length) return { code, applied: true, discount_amount: parts.reduce((sum, { total }) => sum + toFen(total), 0), problem: null }
  const coupon = await couponsOf(scope).findCoupon(code)
  const why = coupon ? (refusal(coupon, clockOf(scope)(), timeZone) ?? (await shortfall(scope, coupon, cart))) : new FangshiError("COUPON_EXPIRED", { code })
  const said = why?.toJSON()
  return { code, applied: false, discount_amount: 0, problem: said ? { code: said.code, text: said.text, hint: said.hint } : null }
}

/** Puts a coupon on a cart in the place of the one before, or leaves all as it was. Throws what lookUp throws, COUPON_BELOW_MINIMUM, COUPON_NOT_FOR_THESE. */
export async function applyCoupon(scope: Scope, cart_id: string, typed: string, tries: Tries, timeZone: string): Promise<CartCoupon | null> {
  const cart = await getCart(scope, cart_id)
  const coupon = await lookUp(scope, typed, tries, timeZone)
  const short = await shortfall(scope, coupon, cart)
  if (short) throw short
  await change(scope, cart_id, async () => {
    const { result } = await updateCartPromotionsWorkflow(scope).run({ input: { cart_id, promo_codes: [coupon.code], action: PromotionActions.REPLACE, force_refresh_payment_collection: true } })
    if (result.skipped_promo_codes?.some(({ code }) => code === coupon.code)) throw new FangshiError("COUPON_USED_UP", { code: coupon.code })
    if (!partsOf(await getCart(scope, cart_id), coupon.code).length) throw new FangshiError("COUPON_NOT_FOR_THESE", { code: coupon.code })
    await couponsOf(scope).choose(cart_id, coupon.code)
  })
  return cartCoupon(scope, cart_id, timeZone)
}

/** Takes the coupon off a cart; what applies by itself stays. Twice is once. */
export async function removeCoupon(scope: Scope, cart_id: string): Promise<void> {
  await getCart(scope, cart_id)
  await change(scope, cart_id, async () => {
    await couponsOf(scope).forgetChoice(cart_id)
    await updateCartPromotionsWorkflow(scope).run({ input: { cart_id, promo_codes: [], action: PromotionActions.REPLACE, force_refresh_payment_collection: true } })
  })
}

/** Whole or not at all, and never while the same cart is being bought: the key is that of purchases. */
const change = (scope: Scope, cart_id: string, work: () => Promise<void>): Promise<void> =>
  inUnitOfWork(scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), async (unit: UnitOfWork) => void (await unit.query("select pg_advisory_xact_lock(hashtextextended('purchase:' || current_setting('app.tenant_id') || ':' || $1, 0))", [cart_id])), work)
