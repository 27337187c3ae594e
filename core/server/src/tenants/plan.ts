import { FangshiError, type SeedCatalogue, type TenantManifest } from "@fangshi/contracts"
import { runInTenant } from "@fangshi/kernel"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, defaultCountries, defaultCurrencies } from "@medusajs/framework/utils"
import { digest } from "./digest"
import type { TenantDirectory } from "./directory"
import type { MerchantsService } from "../modules/merchants/service"
import { FileError } from "./file-error"
import { merchantDigest } from "./merchants"

export type Action = "add" | "change" | "leave"
/** One line of the plan: what would be done to what. */
export type PlanLine = { kind: "tenant" | "settings" | "category" | "product" | "coupon" | "merchant"; id: string; action: Action; detail?: string }

type Seeded = { handle: string; metadata?: Record<string, unknown> | null }

/**
 * Compares a folder with what the platform has. Writes nothing, and refuses here what would otherwise fail when half is
 * written. Throws HOST_TAKEN, TENANT_ARCHIVED, MANIFEST_INVALID (a currency or country that Medusa does not know).
 */
export async function planTenant(container: MedusaContainer, directory: TenantDirectory, manifest: TenantManifest, catalogue: SeedCatalogue | null): Promise<PlanLine[]> {
  const tenant = await directory.findById(manifest.id)
  if (tenant?.status === "archived") throw new FangshiError("TENANT_ARCHIVED", { tenant: manifest.id })
  assertKnownToMedusa(manifest)
  await assertHostsFree(directory, manifest)
  const exists = tenant !== null && tenant.status !== "provisioning"
  const settings = !exists ? "add" : tenant.applied_digest === digest(manifest) ? "leave" : "change"
  const changed = settings === "change" && exists ? changedFields(tenant.manifest, manifest) : []
  const lines: PlanLine[] = [
    { kind: "tenant", id: manifest.id, action: exists ? "leave" : "add", detail: manifest.hosts.join(", ") },
    { kind: "settings", id: manifest.id, action: settings, ...(changed.length ? { detail: changed.join(", ") } : {}) },
  ]
  if (!catalogue) return lines
  const seeded = exists ? await runInTenant(manifest.id, () => seededRows(container)) : { categories: [], products: [], coupons: [], merchants: [] }
  return [
    ...lines,
    ...catalogue.categories.map((category): PlanLine => ({ kind: "category", id: category.handle, action: compare(seeded.categories, category.handle, digest(category)) })),
    ...catalogue.products.map((product): PlanLine => ({ kind: "product", id: product.handle, action: compare(seeded.products, product.handle, digest(product)) })),
    ...(catalogue.coupons ?? []).map((coupon): PlanLine => ({ kind: "coupon", id: coupon.code, action: compare(seeded.coupons, coupon.code, digest(coupon)) })),
    ...(catalogue.merchants ?? []).map((merchant): PlanLine => ({ kind: "merchant", id: merchant.handle, action: compare(seeded.merchants, merchant.handle, merchantDigest(merchant, catalogue)) })),
  ]
}

async function assertHostsFree(directory: TenantDirectory, manifest: TenantManifest) {
  for (const host of manifest.hosts) {
    const owner = await directory.findByHost(host)
    if (owner && owner.id !== manifest.id) throw new FangshiError("HOST_TAKEN", { host, tenant: owner.id })
  }
}

const CURRENCIES = new Set(Object.keys(defaultCurrencies).map((code) => code.toLowerCase()))
const COUNTRIES = new Set(defaultCountries.map((country) => country.alpha2.toLowerCase()))

function assertKnownToMedusa({ id, currency_code, region }: TenantManifest) {
  const country = region.countries.findIndex((code) => !COUNTRIES.has(code))
  const wrong = !CURRENCIES.has(currency_code) ? { field: "currency_code", value: currency_code } : country >= 0 ? { field: `region.countries.${country}`, value: region.countries[country] ?? "" } : null
  if (wrong) throw new FileError("MANIFEST_INVALID", { file: `${id}/tenant.yaml`, line: 1 }, { field: wrong.field }, { "zh-CN": `Medusa 没有 ${wrong.value}`, en: `Medusa does not know ${wrong.value}` })
}

async function seededRows(container: MedusaContainer): Promise<Record<"categories" | "products" | "coupons" | "merchants", Seeded[]>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [categories, products, promotions, merchants] = await Promise.all([
    query.graph({ entity: "product_category", fields: ["handle", "metadata"], pagination: { take: 10_000, skip: 0 } }),
    query.graph({ entity: "product", fields: ["handle", "metadata"], pagination: { take: 100_000, skip: 0 } }),
    query.graph({ entity: "promotion", fields: ["code", "metadata"], pagination: { take: 100_000, skip: 0 } }),
    container.resolve<MerchantsService>("merchants").listMerchants({}, { select: ["handle", "metadata"], take: 1_000 }),
  ])
  return { categories: categories.data as Seeded[], products: products.data as Seeded[], coupons: promotions.data.map(({ code, metadata }) => ({ handle: code, metadata })) as Seeded[], merchants }
}

function compare(rows: Seeded[], handle: string, seed_digest: string): Action {
  const row = rows.find((candidate) => candidate.handle === handle)
  if (!row) return "add"
  return row.metadata?.seed_digest === seed_digest ? "leave" : "change"
}

const changedFields = (before: TenantManifest, after: TenantManifest) =>
  (Object.keys(after) as (keyof TenantManifest)[]).filter((key) => digest(before[key] ?? null) !== digest(after[key] ?? null))
