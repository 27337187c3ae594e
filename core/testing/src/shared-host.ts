import { randomBytes } from "node:crypto"
import type { TenantManifest } from "@fangshi/contracts"
import { asOwner } from "./databases"
import type { Control } from "./serve"

/** The host that global set-up booted once for all tests over HTTP. */
export type SharedHost = { url: string; controlUrl: string; ownerUrl: string; appUrl: string }

export function sharedHost(): SharedHost {
  const text = process.env.FANGSHI_TEST_HOST
  if (!text) throw new Error("Run the tests with npm test: global set-up boots the host")
  return JSON.parse(text) as SharedHost
}

/** Asks the host's process to do something that has no route. Throws an Error whose `code` is the platform's. */
export async function control<T>(command: Control, host: Pick<SharedHost, "controlUrl"> = sharedHost()): Promise<T> {
  const response = await fetch(host.controlUrl, { method: "POST", body: JSON.stringify(command) })
  const answer = (await response.json()) as { result?: T; error?: { code?: string; message: string } }
  if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code })
  return answer.result as T
}

export type TestTenant = { id: string; host: string; publishable_key: string; email: string; password: string; adminToken: string }

export const manifestOf = (id: string, more: Partial<TenantManifest> = {}): TenantManifest => ({
  id,
  name: { "zh-CN": `店铺${id}`, en: `Shop ${id}` },
  hosts: [`${id}.localhost`],
  default_locale: "zh-CN",
  locales: ["zh-CN", "en"],
  time_zone: "Asia/Shanghai",
  currency_code: "cny",
  region: { name: "中国", countries: ["cn"] },
  tax: { rate_percent: 13, name: "增值税", code: "VAT", included_in_prices: true },
  warehouse: { name: "总仓", province: "云南省", city: "昆明市", address: "人民路1号" },
  shipping_options: [{ code: "delivery", name: { "zh-CN": "送货上门", en: "Home delivery" }, price_amount: 500 }],
  theme: "default",
  brand: { slogan: { "zh-CN": "新鲜", en: "Fresh" }, primary_colour: "#b3261e", accent_colour: "#f2a33a" },
  plugins: [],
  owner: { email: `owner@${id}.example` },
  ...more,
})

/** A fresh tenant with its owner logged in. */
export async function createTenant(prefix = "t", host: SharedHost = sharedHost()): Promise<TestTenant> {
  const id = `${prefix}-${randomBytes(4).toString("hex")}`
  const manifest = manifestOf(id)
  const password = `secret-${id}`
  const { publishable_key } = await control<{ publishable_key: string }>({ op: "provision", manifest, password }, host)
  const login = await fetch(`${host.url}/auth/user/emailpass`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tenant": id },
    body: JSON.stringify({ email: manifest.owner.email, password }),
  })
  const { token } = (await login.json()) as { token: string }
  return { id, host: `${id}.localhost`, publishable_key, email: manifest.owner.email, password, adminToken: token }
}

/** Two tenants made alike: what every test of isolation starts with. */
export const twoTenants = async (host: SharedHost = sharedHost()): Promise<[TestTenant, TestTenant]> => [await createTenant("a", host), await createTenant("b", host)]

/** Rows of a table per tenant, seen by the owner. */
export const rowsOf = <R extends object>(tenant: string, table: string, host: Pick<SharedHost, "ownerUrl"> = sharedHost()): Promise<R[]> =>
  asOwner<R>(host.ownerUrl, `select * from public."${table}" where tenant_id = $1`, [tenant])
