import type { Locale, LocalizedText, ShopContext } from "@fangshi/contracts"
import type { HttpTypes } from "@medusajs/types"
import { redirect } from "react-router"
import { memberCookie, readMemberToken } from "./cookies"
import { type ShopApi, shopApi, statusOf } from "./shop-api.server"

export type Member = { id: string; name: string; phone: string; email: string; addresses: HttpTypes.StoreCustomerAddress[] }
export type SignedIn = { api: ShopApi; token: string; member: Member }

/** What the shop API answered: the value, or why not in words for the shopper. */
export type Told<T> = { ok: true; value: T } | { ok: false; code: string; text: string }

type Method = "GET" | "POST" | "DELETE"

/** Asks the platform's own routes of members. */
export const askMembers = <T>(shop: ShopContext, locale: Locale, token: string | null, method: Method, path: string, body?: object): Promise<Told<T>> => askStore<T>(shop, locale, token, method, `members/${path}`, body)

/** Asks the platform's own routes for shoppers. Their refusals carry a text for people, which the official client throws away. Throws on a fault of the server. */
export async function askStore<T>(shop: ShopContext, locale: Locale, token: string | null, method: Method, path: string, body?: object): Promise<Told<T>> {
  const answer = await fetch(`${shop.api.base_url}/store/${path}`, {
    method,
    headers: { ...shop.api.headers, "x-publishable-api-key": shop.publishable_key, "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const said = (await answer.json()) as T & { code?: string; text?: LocalizedText }
  if (answer.ok) return { ok: true, value: said }
  if (!said.text) throw new Error(`${path} answered ${answer.status}`)
  if (answer.status === 401) throw await signInFirst(null)
  return { ok: false, code: said.code ?? "", text: said.text[locale] }
}

/** To the page that signs in, and from there back to `back`. What is left of an older sign-in goes. */
export async function signInFirst(back: string | null): Promise<Response> {
  return redirect(`/account/sign-in${back ? `?back=${encodeURIComponent(back)}` : ""}`, { headers: { "set-cookie": await memberCookie.serialize("", { maxAge: 0 }) } })
}

/** Who is signed in on this browser, or null: nobody, too long ago, or an account that is erased. */
export async function findMember(request: Request, shop: ShopContext, locale: Locale): Promise<SignedIn | null> {
  const token = await readMemberToken(request)
  if (!token) return null
  const api = shopApi(shop, locale, token)
  try {
    const { customer } = await api.store.customer.retrieve({ fields: "id,first_name,email,phone,*addresses" })
    return { api, token, member: { id: customer.id, name: customer.first_name ?? "", phone: customer.phone ?? "", email: customer.email ?? "", addresses: customer.addresses ?? [] } }
  } catch (error) {
    if (statusOf(error) === 401) return null
    throw error
  }
}

/** As findMember, but whoever is not signed in is sent to do so. */
export async function requireMember(request: Request, shop: ShopContext, locale: Locale): Promise<SignedIn> {
  const signedIn = await findMember(request, shop, locale)
  if (signedIn) return signedIn
  const { pathname, search } = new URL(request.url)
  throw await signInFirst(request.method === "GET" ? pathname.replace(/\.data$/, "") + search : "/account")
}
