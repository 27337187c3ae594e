import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createRegionsWorkflow, createShippingOptionsWorkflow, createShippingProfilesWorkflow, createStockLocationsWorkflow, createTaxRegionsWorkflow, linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"

/** What the blueprint gives every shop of the platform, made with the same workflows in a Medusa that knows no tenants. */
export async function openVanillaShop(container: MedusaContainer): Promise<void> {
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({}, { take: 1 })
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  if (!store) throw new Error("Medusa made no store")
  const supported = { supported_currencies: [{ currency_code: "cny", is_default: true, is_tax_inclusive: true }], supported_locales: [{ locale_code: "zh-CN" }, { locale_code: "en-US" }] }
  await updateStoresWorkflow(container).run({ input: { selector: { id: store.id }, update: supported as never } })
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: { regions: [{ name: "中国", currency_code: "cny", countries: ["cn"], payment_providers: ["pp_system_default"], automatic_taxes: true, is_tax_inclusive: true }] },
  })
  await createTaxRegionsWorkflow(container).run({ input: [{ country_code: "cn", provider_id: "tp_system", default_tax_rate: { name: "增值税", code: "VAT", rate: 13 } }] })
  const { result: locations } = await createStockLocationsWorkflow(container).run({ input: { locations: [{ name: "总仓", address: { country_code: "CN", address_1: "-" } }] } })
  const [region, location] = [regions[0], locations[0]]
  if (!channel || !region || !location) throw new Error("Medusa made no shop")
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: location.id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } })
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location.id, add: [channel.id] } })
  await openShipping(container, region.id, location.id)
}

async function openShipping(container: MedusaContainer, regionId: string, locationId: string) {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [existing] = await fulfillment.listShippingProfiles({}, { take: 1 })
  const profile = existing ?? (await createShippingProfilesWorkflow(container).run({ input: { data: [{ name: "默认", type: "default" }] } })).result[0]
  const set = await fulfillment.createFulfillmentSets({ name: "配送", type: "shipping", service_zones: [{ name: "中国", geo_zones: [{ country_code: "cn", type: "country" }] }] })
  const zone = set.service_zones[0]
  if (!profile || !zone) throw new Error("Medusa made no shipping profile or service zone")
  await container.resolve(ContainerRegistrationKeys.LINK).create({ [Modules.STOCK_LOCATION]: { stock_location_id: locationId }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } })
  await createShippingOptionsWorkflow(container).run({
    input: [{
      name: "送货上门", price_type: "flat", provider_id: "manual_manual", service_zone_id: zone.id, shipping_profile_id: profile.id,
      type: { label: "送货上门", description: "送货上门", code: "standard" },
      prices: [{ currency_code: "cny", amount: 0 }, { region_id: regionId, amount: 0 }],
      rules: [{ attribute: "enabled_in_store", value: "true", operator: "eq" }, { attribute: "is_return", value: "false", operator: "eq" }],
    }],
  })
}
