import type { ShippingOption, TenantManifest } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createShippingOptionsWorkflow, createTaxRegionsWorkflow, deleteShippingOptionsWorkflow, updateRegionsWorkflow, updateShippingOptionTypesWorkflow, updateShippingOptionsWorkflow,
  updateStockLocationsWorkflow, updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import { BLUEPRINT } from "./blueprint"
import { applyDelivery } from "./delivery"
import { toMajorUnits } from "./money"
import { saveTranslations } from "./translations"

/** Writes what tenant.yaml says about store, region, tax, warehouse, shipping, pick-up points and delivery slots into the current tenant. Idempotent. */
export async function applySettings(container: MedusaContainer, manifest: TenantManifest): Promise<void> {
  await applyStore(container, manifest)
  const regionId = await applyRegion(container, manifest)
  await applyTax(container, manifest)
  await applyWarehouse(container, manifest)
  await applyShipping(container, manifest, regionId)
  await applyDelivery(container, manifest)
}

/** The tenant's first row of a kind; the blueprint made one. */
const first = <T>(rows: T[], what: string): T => {
  const row = rows[0]
  if (!row) throw new Error(`The tenant has no ${what}`)
  return row
}

async function applyStore(container: MedusaContainer, manifest: TenantManifest) {
  const store = first(await container.resolve(Modules.STORE).listStores({}, { take: 1 }), "store")
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: {
        name: manifest.name["zh-CN"],
        supported_currencies: [{ currency_code: manifest.currency_code, is_default: true, is_tax_inclusive: manifest.tax.included_in_prices }],
        supported_locales: [{ locale_code: "zh-CN" }, { locale_code: "en-US" }],
      } as never,
    },
  })
}

async function applyRegion(container: MedusaContainer, manifest: TenantManifest): Promise<string> {
  const region = first(await container.resolve(Modules.REGION).listRegions({}, { take: 1, order: { created_at: "ASC" } }), "region")
  await updateRegionsWorkflow(container).run({
    input: {
      selector: { id: region.id },
      update: { name: manifest.region.name, currency_code: manifest.currency_code, countries: manifest.region.countries, is_tax_inclusive: manifest.tax.included_in_prices, payment_providers: ["pp_system_default"] },
    },
  })
  return region.id
}

async function applyTax(container: MedusaContainer, manifest: TenantManifest) {
  const tax = container.resolve(Modules.TAX)
  const { rate_percent: rate, name, code } = manifest.tax
  for (const country of manifest.region.countries) {
    const [region] = await tax.listTaxRegions({ country_code: country, parent_id: null } as never, { take: 1 })
    if (!region) {
      await createTaxRegionsWorkflow(container).run({ input: [{ country_code: country, provider_id: "tp_system", default_tax_rate: { name, code, rate } }] })
      continue
    }
    const [existing] = await tax.listTaxRates({ tax_region_id: region.id, is_default: true } as never, { take: 1 })
    if (existing) await tax.updateTaxRates(existing.id, { name, code, rate })
  }
}

async function applyWarehouse(container: MedusaContainer, manifest: TenantManifest) {
  const location = first(await container.resolve(Modules.STOCK_LOCATION).listStockLocations({}, { take: 1, order: { created_at: "ASC" } }), "stock location")
  const w = manifest.warehouse
  await updateStockLocationsWorkflow(container).run({
    input: {
      selector: { id: location.id },
      update: { name: w.name, address: { country_code: (manifest.region.countries[0] ?? "cn").toUpperCase(), province: w.province, city: w.city, address_1: w.address, ...(w.district ? { address_2: w.district } : {}) } },
    },
  })
}

type Option = { id: string; name: string; service_zone_id: string; shipping_profile_id: string; data: Record<string, unknown> | null; type: { id: string; code: string } }

/** Medusa keeps what an option means beside it; read when a cart is completed. */
function dataOf({ kind }: ShippingOption, known: Option["data"] = null): Record<string, unknown> {
  const { kind: _before, ...others } = known ?? {}
  return { ...others, ...(kind ? { kind } : {}) }
}

async function applyShipping(container: MedusaContainer, manifest: TenantManifest, regionId: string) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "shipping_option", fields: ["id", "name", "service_zone_id", "shipping_profile_id", "data", "type.id", "type.code"] })
  const existing = data as unknown as Option[]
  const home = first(existing, "shipping option")
  const prices = (amount: number) => [{ currency_code: manifest.currency_code, amount: toMajorUnits(amount) }, { region_id: regionId, amount: toMajorUnits(amount) }]
  // The blueprint's option becomes the first of the manifest, so that a shop is never without one.
  const byCode = new Map(existing.map((option) => [option.type.code, option]))
  const wanted = manifest.shipping_options
  const [firstWanted] = wanted
  const spare = byCode.get(BLUEPRINT.shipping.code)
  if (spare && firstWanted && !byCode.has(firstWanted.code)) byCode.set(firstWanted.code, spare)
  for (const option of wanted) {
    const description = option.description?.["zh-CN"] ?? option.name["zh-CN"]
    const type = { label: option.name["zh-CN"], description, code: option.code }
    const known = byCode.get(option.code)
    if (known) {
      // Not through the option: Medusa would make one more type that belongs to nothing.
      await updateShippingOptionTypesWorkflow(container).run({ input: { selector: { id: known.type.id }, update: type } })
      await updateShippingOptionsWorkflow(container).run({ input: [{ id: known.id, name: option.name["zh-CN"], data: dataOf(option, known.data), prices: prices(option.price_amount) }] as never })
    } else {
      await createShippingOptionsWorkflow(container).run({
        input: [{
          name: option.name["zh-CN"], price_type: "flat", provider_id: "manual_manual", service_zone_id: home.service_zone_id, shipping_profile_id: home.shipping_profile_id, type, data: dataOf(option),
          prices: prices(option.price_amount),
          rules: [{ attribute: "enabled_in_store", value: "true", operator: "eq" }, { attribute: "is_return", value: "false", operator: "eq" }],
        }],
      })
    }
  }
  const codes = new Set(wanted.map((option) => option.code))
  const gone = existing.filter((option) => !codes.has(option.type.code) && ![...codes].some((code) => byCode.get(code) === option)).map((option) => option.id)
  if (gone.length) await deleteShippingOptionsWorkflow(container).run({ input: { ids: gone } })
  const { data: now } = await query.graph({ entity: "shipping_option", fields: ["id", "type.id", "type.code"] })
  await saveTranslations(container, "shipping_option", wanted.flatMap((option) => {
    const row = (now as unknown as Option[]).find((candidate) => candidate.type.code === option.code)
    return row ? [{ id: row.id, texts: { name: option.name.en } }] : []
  }))
  await saveTranslations(container, "shipping_option_type", wanted.flatMap((option) => {
    const row = (now as unknown as Option[]).find((candidate) => candidate.type.code === option.code)
    return row && option.description ? [{ id: row.type.id, texts: { label: option.name.en, description: option.description.en } }] : []
  }))
}
