import { type Cookie, createCookie } from "react-router"

const YEAR = 31_536_000
const options = { path: "/", httpOnly: true, sameSite: "lax" as const, secure: process.env.FANGSHI_MODE === "production" }

/** Hosts are separate shops, and so are their cookies. */
export const cartCookie: Cookie = createCookie("fs_cart", { ...options, maxAge: 30 * 86_400 })
export const localeCookie: Cookie = createCookie("fs_locale", { ...options, maxAge: YEAR })
/** Orders placed from this browser: what lets a guest see them again. */
export const ordersCookie: Cookie = createCookie("fs_orders", { ...options, maxAge: 90 * 86_400 })
/** Who of the staff is signed in at the workbench: a token of the shop API, good for a day. */
export const staffCookie: Cookie = createCookie("fs_staff", { ...options, maxAge: 86_400 })

/** The token of a signed-in member. Kept from scripts; as long as the token itself. */
export const memberCookie: Cookie = createCookie("fs_member", { ...options, maxAge: 30 * 86_400 })

const isId = (value: unknown): value is string => typeof value === "string" && /^[\w-]{1,80}$/.test(value)

export async function readCartId(request: Request): Promise<string | null> {
  const value: unknown = await cartCookie.parse(request.headers.get("cookie"))
  return isId(value) ? value : null
}

export async function readOrderIds(request: Request): Promise<string[]> {
  const value: unknown = await ordersCookie.parse(request.headers.get("cookie"))
  return Array.isArray(value) ? value.filter(isId).slice(0, 20) : []
}

export async function readMemberToken(request: Request): Promise<string | null> {
  const value: unknown = await memberCookie.parse(request.headers.get("cookie"))
  return typeof value === "string" && /^[\w.-]{20,2000}$/.test(value) ? value : null
}
