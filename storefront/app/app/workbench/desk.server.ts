import { ERRORS, type ErrorCode, type ShopContext } from "@fangshi/contracts"
import { redirect } from "react-router"
import { staffCookie } from "../cookies"
import type { Problem } from "./desk"

const LOGIN = "/workbench/login"

/** A problem the page itself finds, in the platform's words. */
export const problemOf = (code: ErrorCode): Problem => ({ code, text: ERRORS[code].text, hint: ERRORS[code].hint })

export async function readStaffToken(request: Request): Promise<string | null> {
  const value: unknown = await staffCookie.parse(request.headers.get("cookie"))
  return typeof value === "string" && value.length < 4_000 ? value : null
}

type Call = { path: string; method?: "GET" | "POST"; body?: unknown; token?: string | null }

const isPicture = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array

/** Asks the shop API; what it refuses comes back as the problem it names. */
export async function ask<T>(shop: ShopContext, { path, method = "GET", body, token }: Call): Promise<{ status: number; value: T | null; problem: Problem | null }> {
  const answer = await fetch(`${shop.api.base_url}${path}`, {
    method,
    headers: {
      ...shop.api.headers,
      "x-publishable-api-key": shop.publishable_key,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(method === "POST" ? { "content-type": isPicture(body) ? "application/octet-stream" : "application/json" } : {}),
    },
    ...(method === "POST" ? { body: isPicture(body) ? body : JSON.stringify(body ?? {}) } : {}),
  })
  const value = (await answer.json()) as T & Problem
  if (answer.ok) return { status: answer.status, value, problem: null }
  if (answer.status >= 500) throw new Error(`${path} answered ${answer.status}`)
  return { status: answer.status, value: null, problem: { code: value.code, text: value.text, hint: value.hint } }
}

/** To the login, and from there back to this page. What is left of an older login goes. */
export async function loginFirst(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  return redirect(`${LOGIN}?to=${encodeURIComponent(pathname.replace(/\.data$/, "") + search)}`, { headers: { "set-cookie": await staffCookie.serialize("", { maxAge: 0 }) } })
}

/** As whoever is signed in. Without, or no longer signed in: to the login, and back afterwards. */
async function asStaff<T>(request: Request, shop: ShopContext, call: Call) {
  const token = await readStaffToken(request)
  if (!token) throw await loginFirst(request)
  const answer = await ask<T>(shop, { ...call, token })
  if (answer.status === 401) throw await loginFirst(request)
  return answer
}

/** Reads for a page. What is refused or unknown is the page's answer as a whole. */
export async function read<T>(request: Request, shop: ShopContext, path: string): Promise<T> {
  const { status, value } = await asStaff<T>(request, shop, { path: `/admin/workbench/${path}` })
  if (value === null) throw new Response("refused", { status })
  return value
}

/** Does something, or with bytes sends a picture; a refusal is for the page to show. */
export async function act<T>(request: Request, shop: ShopContext, path: string, body: unknown = {}): Promise<{ value: T | null; problem: Problem | null }> {
  return asStaff<T>(request, shop, { path: `/admin/workbench/${path}`, method: "POST", body })
}

/** Only within the workbench: never to an address somebody put into the link. */
export const safeWay = (to: string | null): string => (to && /^\/workbench(?:[/?]|$)/.test(to) ? to : "/workbench")
