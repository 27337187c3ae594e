import { createHmac, timingSafeEqual } from "node:crypto"
import { FangshiError } from "@fangshi/contracts"
import { currentTenant } from "@fangshi/kernel/src/tenancy/context"
import express, { type RequestHandler } from "express"
import { answerError } from "./answer-error"

/** How long a signed address of a private file works. */
const SIGNED_SECONDS = 600

const signature = (secret: string, key: string, until: number) => createHmac("sha256", secret).update(`file:${currentTenant()}:${key}:${until}`).digest("hex")

/** Where a file is served; a name may hold any character. */
export const fileAddress = (key: string): string => `/static/${key.split("/").map(encodeURIComponent).join("/")}`

/** Gives a private file an address that works for ten minutes, for whoever holds it, in this tenant only. */
export function signFile(secret: string, key: string, now: number): string {
  const until = Math.floor(now / 1000) + SIGNED_SECONDS
  return `${fileAddress(key)}?until=${until}&signature=${signature(secret, key, until)}`
}

/** Serves what the current tenant uploaded, and nothing of another: the folder's name is the tenant's id. */
export function tenantFiles(folder: string, secret: string, now: () => number = Date.now): RequestHandler {
  const serve = express.static(folder, {
    index: false,
    dotfiles: "deny",
    redirect: false,
    fallthrough: true,
    immutable: true,
    maxAge: "30d",
    setHeaders: (res, file) => {
      res.setHeader("content-security-policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
      // A cache in between would go on serving it after the signature has run out.
      if (isPrivate(file)) res.setHeader("cache-control", "private, no-store")
    },
  })
  return (req, res, next) => {
    const key = decoded(req.path)
    const own = key?.startsWith(`${currentTenant()}/`) && (!isPrivate(key) || isSigned(secret, key, req.query, now()))
    if (!own) return answerError(req, res, new FangshiError("NOT_FOUND"))
    if (req.method !== "GET" && req.method !== "HEAD") return answerError(req, res, new FangshiError("NOT_FOUND"))
    serve(req, res, (error?: unknown) => (error ? next(error) : answerError(req, res, new FangshiError("NOT_FOUND"))))
  }
}

/** Without regard to case, and with both kinds of slashes: some file systems do not tell them apart. */
export const isPrivate = (key: string): boolean => /(?:^|[\\/])private-[^\\/]*[\\/]*$/i.test(key)

function decoded(requestPath: string): string | null {
  try {
    const key = decodeURIComponent(requestPath).replace(/^\/+/, "")
    return key.includes("\0") || key.split(/[\\/]/).includes("..") ? null : key
  } catch {
    return null
  }
}

function isSigned(secret: string, key: string, query: Record<string, unknown>, now: number): boolean {
  const { until, signature: given } = query
  if (typeof until !== "string" || typeof given !== "string" || Number(until) * 1000 < now) return false
  const wanted = Buffer.from(signature(secret, key, Number(until)))
  const actual = Buffer.from(given)
  return wanted.length === actual.length && timingSafeEqual(wanted, actual)
}
