import { FangshiError, type SeedCatalogue, type TenantManifest } from "@fangshi/contracts"
import { runInTenant } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { COUNTRIES, CURRENCIES } from "../medusa/known-places"
import { digest } from "./digest"
import type { TenantDirectory } from "./directory"
import { FileError } from "./file-error"
import { merchantDigest } from "./merchant-digest"

export type Action = "add" | "change" | "leave"
/** One line of the plan: what would be done to what. */
export type PlanLine = { kind: "tenant" | "settings" | "category" | "product" | "coupon" | "merchant"; id: string; action: Action; detail?: string }

type Seeded = { handle: string; metadata?: Record<string, unknown> | null }

/**
 * Compares a folder with what the platform has. Writes nothing, needs nothing of Medusa but its tables, and refuses here what
 * would otherwise fail when half is written. Throws HOST_TAKEN, TENANT_ARCHIVED, MANIFEST_INVALID (a currency or country that Medusa does not know).
 */
export async function planTenant(knex: Knex, directory: TenantDirectory, manifest: TenantManifest, catalogue: SeedCatalogue | null): Promise<PlanLine[]> {
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
  const seeded = exists ? await runInTenant(manifest.id, () => seededRows(knex)) : { categories: [], products: [], coupons: [], merchants: [] }
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

function assertKnownToMedusa({ id, currency_code, region }: TenantManifest) {
  const country = region.countries.findIndex((code) => !COUNTRIES.has(code))
  const wrong = !CURRENCIES.has(currency_code) ? { field: "currency_code", value: currency_code } : country >= 0 ? { field: `region.countries.${country}`, value: region.countries[country] ?? "" } : null
  if (wrong) throw new FileError("MANIFEST_INVALID", { file: `${id}/tenant.yaml`, line: 1 }, { field: wrong.field }, { "zh-CN": `Medusa 没有 ${wrong.value}`, en: `Medusa does not know ${wrong.value}` })
}

/** Of the current tenant. */
async function seededRows(knex: Knex): Promise<Record<"categories" | "products" | "coupons" | "merchants", Seeded[]>> {
  const rows = async (table: string, name = "handle") => (await knex.raw<{ rows: Seeded[] }>("select ?? as handle, metadata from ?? where deleted_at is null", [name, table])).rows
  return { categories: await rows("product_category"), products: await rows("product"), coupons: await rows("promotion", "code"), merchants: await rows("merchant") }
}

function compare(rows: Seeded[], handle: string, seed_digest: string): Action {
  const row = rows.find((candidate) => candidate.handle === handle)
  if (!row) return "add"
  return row.metadata?.seed_digest === seed_digest ? "leave" : "change"
}

const changedFields = (before: TenantManifest, after: TenantManifest) =>
  (Object.keys(after) as (keyof TenantManifest)[]).filter((key) => digest(before[key] ?? null) !== digest(after[key] ?? null))
