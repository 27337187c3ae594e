import type { Locale, ShopContext } from "@fangshi/contracts"
import { cartCookie, readCartId, readMemberToken } from "./cookies"
import { type ShopApi, findCart, medusaLocale, shopApi, shopFrame, statusOf } from "./shop-api.server"

/** Why a cart could not be changed, as a key of the locale files. */
export type CartProblem = { problem: "soldOut" | "unknown" | "quantity" }
type Changed = { headers: Record<string, string> }

const MOST = 999
const isQuantity = (quantity: number, least: number) => Number.isInteger(quantity) && quantity >= least && quantity <= MOST

/** What the shop API says when stock is short. */
const isShort = (error: unknown) => /inventory|stock|quantity/i.test((error as { message?: string }).message ?? "")

function problemOf(error: unknown): CartProblem {
  if (isShort(error)) return { problem: "soldOut" }
  const status = statusOf(error)
  if (status !== undefined && status < 500) return { problem: "unknown" }
  throw error
}

async function openCart(request: Request, shop: ShopContext, locale: Locale, api: ShopApi): Promise<string> {
  const existing = await findCart(api, await readCartId(request))
  if (existing) return existing.id
  const { region_id } = await shopFrame(shop, locale)
  return (await api.store.cart.create({ region_id, locale: medusaLocale(locale) })).cart.id
}

/** A cart keeps the texts of its goods: after a change of language they are written again. */
export async function translateCart(request: Request, shop: ShopContext, locale: Locale): Promise<void> {
  const cartId = await readCartId(request)
  if (!cartId) return
  try {
    await shopApi(shop, locale).store.cart.update(cartId, { locale: medusaLocale(locale) })
  } catch (error) {
    // A cart that is gone or was bought has nothing to translate; the language changes all the same.
    problemOf(error)
  }
}

/** Adds pieces of a variant to this browser's cart, making one where there is none. */
export async function addToCart(request: Request, shop: ShopContext, locale: Locale, variant_id: string, quantity: number): Promise<Changed | CartProblem> {
  if (!isQuantity(quantity, 1)) return { problem: "quantity" }
  // A cart that a member opens is theirs from the start.
  const api = shopApi(shop, locale, await readMemberToken(request))
  try {
    const cartId = await openCart(request, shop, locale, api)
    await api.store.cart.createLineItem(cartId, { variant_id, quantity })
    return { headers: { "set-cookie": await cartCookie.serialize(cartId) } }
  } catch (error) {
    return problemOf(error)
  }
}

/** Sets the pieces of one line; 0 takes it out. */
export async function changeLine(request: Request, shop: ShopContext, locale: Locale, lineId: string, quantity: number): Promise<Record<string, never> | CartProblem> {
  if (!isQuantity(quantity, 0)) return { problem: "quantity" }
  const api = shopApi(shop, locale)
  const cartId = await readCartId(request)
  if (!cartId || !/^[\w-]{1,80}$/.test(lineId)) return { problem: "unknown" }
  try {
    if (quantity === 0) await api.store.cart.deleteLineItem(cartId, lineId)
    else await api.store.cart.updateLineItem(cartId, lineId, { quantity })
    return {}
  } catch (error) {
    return problemOf(error)
  }
}
