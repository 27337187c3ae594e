import { createHash } from "node:crypto"
import { BLUEPRINT_TENANT } from "@fangshi/contracts"
import { runInTenant } from "@fangshi/kernel"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createDefaultsWorkflow, createRegionsWorkflow, createShippingOptionsWorkflow, createShippingProfilesWorkflow, createStockLocationsWorkflow,
  createTaxRegionsWorkflow, linkSalesChannelsToStockLocationWorkflow, updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import { Client } from "pg"

/** What every shop starts with, before its own tenant.yaml is applied. */
export const BLUEPRINT = {
  revision: 4,
  country: "cn",
  currency: "cny",
  region: "中国",
  tax: { name: "增值税", code: "VAT", rate: 13 },
  warehouse: "总仓",
  shipping: { code: "standard", name: "送货上门", amount: 0 },
}

const STORE_RULES = [
  { attribute: "enabled_in_store", value: "true", operator: "eq" as const },
  { attribute: "is_return", value: "false", operator: "eq" as const },
]

/**
 * Builds one shop with Medusa's own workflows, so that the rows are exactly what this version of Medusa would write,
 * then has Postgres keep them as the text every new tenant is made from. Owner's connection, before the server starts.
 */
export async function takeBlueprint(container: MedusaContainer, ownerUrl: string, version: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query("insert into tenancy.tenant (id, status) values ($1, 'provisioning') on conflict do nothing", [BLUEPRINT_TENANT])
    await clear(client)
    await copyDefaults(client)
    await runInTenant(BLUEPRINT_TENANT, () => build(container))
    await putPlaceholders(client)
    await client.query("begin")
    await client.query("select tenancy.capture_blueprint($1)", [version])
    await client.query("delete from tenancy.tenant where id = $1", [BLUEPRINT_TENANT])
    await client.query("commit")
  } finally {
    await client.end()
  }
}

/** Left over when an earlier attempt was killed. */
async function clear(client: Client) {
  const { rows } = await client.query<{ table_name: string }>("select table_name from tenancy.tables_parents_first() order by depth desc")
  for (const { table_name } of rows) await client.query(`delete from public."${table_name}" where tenant_id = $1`, [BLUEPRINT_TENANT])
}

/** Rows that Medusa's migrations wrote once for the whole installation. */
async function copyDefaults(client: Client) {
  await client.query(
    `insert into region_country (iso_2, iso_3, num_code, name, display_name, tenant_id)
     select iso_2, iso_3, num_code, name, display_name, $1 from region_country where tenant_id = '__platform__'`,
    [BLUEPRINT_TENANT],
  )
  await client.query(
    `insert into refund_reason (id, label, code, description, tenant_id)
     select 'refr_' || upper(substr(md5(id), 1, 26)), label, code, description, $1 from refund_reason where tenant_id = '__platform__'`,
    [BLUEPRINT_TENANT],
  )
  await client.query(
    `insert into translation_settings (id, entity_type, fields, is_active, tenant_id)
     select 'trset_' || upper(substr(md5(id), 1, 26)), entity_type, fields, is_active, $1 from translation_settings where tenant_id = '__platform__'`,
    [BLUEPRINT_TENANT],
  )
}

async function build(container: MedusaContainer) {
  await createDefaultsWorkflow(container).run()
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const [channel] = await container.resolve(Modules.SALES_CHANNEL).listSalesChannels({}, { take: 1 })
  if (!store || !channel) throw new Error("Medusa made no default store or sales channel")
  await updateStoresWorkflow(container).run({ input: { selector: { id: store.id }, update: { name: "@@NAME@@", supported_currencies: [{ currency_code: BLUEPRINT.currency, is_default: true, is_tax_inclusive: true }] } } })
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: { regions: [{ name: BLUEPRINT.region, currency_code: BLUEPRINT.currency, countries: [BLUEPRINT.country], payment_providers: ["pp_system_default"], automatic_taxes: true, is_tax_inclusive: true }] },
  })
  const region = regions[0]
  if (!region) throw new Error("Medusa made no region")
  await createTaxRegionsWorkflow(container).run({ input: [{ country_code: BLUEPRINT.country, provider_id: "tp_system", default_tax_rate: BLUEPRINT.tax }] })
  const location = await warehouse(container, channel.id)
  await shipping(container, region.id, location)
  await owner(container)
}

async function warehouse(container: MedusaContainer, channelId: string): Promise<string> {
  const { result } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: BLUEPRINT.warehouse, address: { country_code: BLUEPRINT.country.toUpperCase(), address_1: "-" } }] },
  })
  const location = result[0]
  if (!location) throw new Error("Medusa made no stock location")
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: location.id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } })
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location.id, add: [channelId] } })
  return location.id
}

async function shipping(container: MedusaContainer, regionId: string, locationId: string) {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [existing] = await fulfillment.listShippingProfiles({}, { take: 1 })
  const profile = existing ?? (await createShippingProfilesWorkflow(container).run({ input: { data: [{ name: "默认", type: "default" }] } })).result[0]
  const set = await fulfillment.createFulfillmentSets({
    name: "配送",
    type: "shipping",
    service_zones: [{ name: BLUEPRINT.region, geo_zones: [{ country_code: BLUEPRINT.country, type: "country" }] }],
  })
  const zone = set.service_zones[0]
  if (!profile || !zone) throw new Error("Medusa made no shipping profile or service zone")
  await container.resolve(ContainerRegistrationKeys.LINK).create({ [Modules.STOCK_LOCATION]: { stock_location_id: locationId }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } })
  await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: BLUEPRINT.shipping.name,
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: zone.id,
        shipping_profile_id: profile.id,
        type: { label: BLUEPRINT.shipping.name, description: BLUEPRINT.shipping.name, code: BLUEPRINT.shipping.code },
        prices: [{ currency_code: BLUEPRINT.currency, amount: BLUEPRINT.shipping.amount }, { region_id: regionId, amount: BLUEPRINT.shipping.amount }],
        rules: STORE_RULES,
      },
    ],
  })
}

async function owner(container: MedusaContainer) {
  const user = await container.resolve(Modules.USER).createUsers({ email: "@@EMAIL@@" })
  await container.resolve(Modules.AUTH).createAuthIdentities({
    provider_identities: [{ provider: "emailpass", entity_id: "@@EMAIL@@", provider_metadata: { password: "@@HASH@@" } }],
    app_metadata: { user_id: user.id },
  })
}

/** What differs from shop to shop and is not an id. */
async function putPlaceholders(client: Client) {
  await client.query(`update api_key set token = '@@KEY@@', redacted = '@@REDACTED@@', salt = '@@SALT@@' where tenant_id = $1 and type = 'publishable'`, [BLUEPRINT_TENANT])
}

/** Changes when the rows a new shop starts with would be others: then the blueprint is taken anew. */
export const blueprintVersion = (): string =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the version of the installed package
  createHash("sha256").update(JSON.stringify([BLUEPRINT, (require("@medusajs/medusa/package.json") as { version: string }).version])).digest("hex").slice(0, 16)
