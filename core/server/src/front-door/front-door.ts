import { randomUUID } from "node:crypto"
import { FangshiError, type ShopContext } from "@fangshi/contracts"
import { enterTenant } from "@fangshi/kernel/src/tenancy/context"
import type { NextFunction, Request, RequestHandler, Response } from "express"
import { RateLimiterMemory } from "rate-limiter-flexible"
import type { Tenant, TenantDirectory } from "../tenants/directory"
import { answerError, isApi } from "./answer-error"
import { clientAddress } from "./client-address"
import { assertReadableUrl } from "./readable-url"
import { type Asked, askedTenant, trustList } from "./request-host"

/** Names the visitor's address to the shop API; believed from our own storefront only. */
const CLIENT_HEADER = "x-fangshi-client"

export type FrontDoor = {
  directory: TenantDirectory
  trustedProxies: string[]
  /** Requests a minute per client address and tenant. */
  rateLimit: number
  /** Proves that a request comes from our own storefront. */
  internalToken: string
  apiBaseUrl: () => string
}

/**
 * The very first middleware: Host → tenant. There is no default tenant; an unknown host is 404, a suspended shop a
 * polite 503, and everything after this line runs in the tenant's context.
 */
export function frontDoor(options: FrontDoor): RequestHandler {
  const trusted = trustList(options.trustedProxies)
  const limiter = new RateLimiterMemory({ points: options.rateLimit, duration: 60 })
  return (req, res, next) => {
    res.locals.request_id = randomUUID()
    res.set("x-request-id", res.locals.request_id as string)
    enter(req, res, next).catch((error: unknown) => {
      answerError(req, res, error instanceof FangshiError ? error : new FangshiError("UNAVAILABLE", {}, { cause: error }))
    })
  }

  async function enter(req: Request, res: Response, next: NextFunction) {
    // As random as bytes, and drawn from a supply: every page passes here.
    const nonce = randomUUID().replaceAll("-", "")
    securityHeaders(req, res, nonce)
    const asked = askedTenant(req, trusted, options.internalToken)
    const tenant = asked.by === "id" ? await options.directory.findById(asked.value) : await options.directory.findByHost(asked.value)
    assertOpen(tenant, asked.value)
    // The storefront asks for its visitor: what it says of them counts, its own address does not.
    const client = asked.internal ? String(req.headers[CLIENT_HEADER] ?? "") : clientAddress(req, trusted)
    if (!asked.internal) await limit(`${tenant.id}|${client}`)
    assertReadableUrl(req)
    res.locals.tenant = tenant
    res.locals.client_address = client
    res.locals.from_storefront = asked.internal
    res.locals.shop = shopContext(tenant, originOf(req, asked, tenant), nonce, client, options)
    enterTenant(tenant.id, next)
  }

  async function limit(key: string) {
    try {
      await limiter.consume(key)
    } catch {
      throw new FangshiError("RATE_LIMITED")
    }
  }
}

function assertOpen(tenant: Tenant | null, asked: string): asserts tenant is Tenant {
  if (!tenant || tenant.status === "archived") throw new FangshiError("HOST_UNKNOWN", { host: asked })
  if (tenant.status === "suspended") throw new FangshiError("TENANT_SUSPENDED")
  if (tenant.status === "provisioning") throw new FangshiError("TENANT_PROVISIONING")
}

function securityHeaders(req: Request, res: Response, nonce: string) {
  res.setHeader("x-content-type-options", "nosniff")
  res.setHeader("referrer-policy", "strict-origin-when-cross-origin")
  res.setHeader("x-frame-options", "DENY")
  res.setHeader("permissions-policy", "camera=(self), geolocation=(self), microphone=(self), payment=(self)")
  res.removeHeader("x-powered-by")
  const policy = isApi(req.path)
    ? "default-src 'none'; frame-ancestors 'none'"
    : `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  res.setHeader("content-security-policy", policy)
}

/** Where the visitor is. Of the port only our own is believed: what else a Host header says must not get into a page. */
function originOf(req: Request, asked: Asked, tenant: Tenant): string {
  const host = asked.by === "host" ? asked.value : (tenant.hosts[0] ?? tenant.id)
  const port = `:${req.socket.localPort}`
  return `${req.protocol === "https" ? "https" : "http"}://${host}${req.headers.host?.endsWith(port) ? port : ""}`
}

function shopContext(tenant: Tenant, origin: string, nonce: string, client: string, options: FrontDoor): ShopContext {
  const m = tenant.manifest
  return {
    tenant_id: tenant.id,
    origin,
    name: m.name,
    theme: m.theme,
    revision: tenant.revision,
    brand: m.brand,
    default_locale: m.default_locale,
    locales: m.locales,
    plugins: [...tenant.plugins],
    time_zone: m.time_zone,
    currency_code: m.currency_code,
    publishable_key: tenant.publishable_key,
    api: { base_url: options.apiBaseUrl(), headers: { "x-tenant": tenant.id, "x-fangshi-internal": options.internalToken, [CLIENT_HEADER]: client } },
    csp_nonce: nonce,
  }
}
