import { FangshiError } from "@fangshi/contracts"
import { Modules } from "@medusajs/framework/utils"
import { type Caller, invalid, rowsOf } from "./caller"
import type { Sale, Tax, Ware } from "./order-rows"

const CALL = "orders.place"

/** Where orders of a currency belong, and whether their prices hold the tax, as the shop's own catalogue has it. */
export async function saleIn(caller: Caller, currency_code: string): Promise<Sale & { automatic_taxes: boolean }> {
  const [sale] = await rowsOf<Sale & { automatic_taxes: boolean }>(
    caller,
    `select r.id as region_id, r.automatic_taxes, (select iso_2 from region_country where region_id = r.id order by iso_2 limit 1) as country_code,
       (select coalesce(s.default_sales_channel_id, (select id from sales_channel where deleted_at is null order by created_at, id limit 1)) from store s where s.deleted_at is null limit 1) as channel_id,
       coalesce((select is_tax_inclusive from price_preference where attribute = 'region_id' and value = r.id and deleted_at is null limit 1),
         (select is_tax_inclusive from price_preference where attribute = 'currency_code' and value = r.currency_code and deleted_at is null limit 1), false) as tax_inclusive
     from region r where r.currency_code = ? and r.deleted_at is null order by r.created_at, r.id limit 1`,
    [currency_code],
  )
  if (!sale) throw invalid(caller.plugin, CALL, "payment_id")
  return sale
}

/** The variants by id. Throws PLUGIN_CALL_INVALID for one that is not there. */
export async function waresOf(caller: Caller, variant_ids: readonly string[]): Promise<Map<string, Ware>> {
  const rows = await rowsOf<Ware>(
    caller,
    `select v.id, v.title, v.sku, v.barcode, p.id as product_id, p.title as product_title, p.subtitle as product_subtitle, p.description as product_description, p.handle as product_handle,
       t.value as product_type, p.type_id as product_type_id, c.title as product_collection, coalesce(v.thumbnail, p.thumbnail) as thumbnail, p.is_giftcard, p.discountable as is_discountable, s.shipping_profile_id as profile_id,
       s.shipping_profile_id is not null or exists (select 1 from product_variant_inventory_item l join inventory_item i on i.id = l.inventory_item_id where l.variant_id = v.id and l.deleted_at is null and i.requires_shipping) as requires_shipping
     from product_variant v join product p on p.id = v.product_id and p.deleted_at is null left join product_type t on t.id = p.type_id left join product_collection c on c.id = p.collection_id
     left join product_shipping_profile s on s.product_id = p.id and s.deleted_at is null where v.id = any(?) and v.deleted_at is null`,
    [variant_ids],
  )
  const wares = new Map(rows.map((row) => [row.id, row]))
  if (variant_ids.some((id) => !wares.has(id))) throw invalid(caller.plugin, CALL, "lines.variant_id")
  return wares
}

/** The first way of delivery for each kind of goods; under null the shop's first of all, for what does not travel. */
export async function deliveryOptions(caller: Caller): Promise<Map<string | null, string>> {
  const rows = await rowsOf<{ id: string; profile_id: string }>(
    caller,
    `select o.id, o.shipping_profile_id as profile_id from shipping_option o join service_zone z on z.id = o.service_zone_id and z.deleted_at is null
     join location_fulfillment_set f on f.fulfillment_set_id = z.fulfillment_set_id and f.deleted_at is null where o.deleted_at is null order by o.created_at desc, o.id desc`,
  )
  return new Map(rows.flatMap(({ id, profile_id }): [string | null, string][] => [[profile_id, id], [null, id]]))
}

/** The way of delivery for each kind of these goods. Throws NOT_ALLOWED where the shop has none for one of them. */
export function optionsFor(options: Map<string | null, string>, wares: readonly Ware[]): string[] {
  return [...new Set(wares.map(({ profile_id }) => profile_id))].map((profile) => {
    const option = options.get(profile)
    if (option === undefined) throw new FangshiError("NOT_ALLOWED")
    return option
  })
}

/** Taxes of variants in a province, as carts get them; asked once for each province. */
export class Taxes {
  private readonly known = new Map<string, Promise<Map<string, Tax[]>>>()

  constructor(
    private readonly caller: Caller,
    private readonly sale: Sale & { automatic_taxes: boolean },
    private readonly currency_code: string,
    private readonly wares: readonly Ware[],
  ) {}

  async in(province: string | undefined): Promise<Map<string, Tax[]>> {
    if (!this.sale.automatic_taxes) return new Map()
    const known = this.known.get(province ?? "") ?? this.ask(province)
    this.known.set(province ?? "", known)
    return known
  }

  private async ask(province: string | undefined): Promise<Map<string, Tax[]>> {
    const items = this.wares.filter((ware) => !ware.is_giftcard).map(({ id, product_id, product_type_id }) => ({ id, product_id, ...(product_type_id ? { product_type_id } : {}), quantity: 1, unit_price: 1, currency_code: this.currency_code }))
    const lines = (await this.caller.scope.resolve(Modules.TAX).getTaxLines(items as never, { address: { country_code: this.sale.country_code, ...(province ? { province_code: province } : {}) } } as never)) as unknown as (Tax & { line_item_id: string })[]
    const taxes = new Map<string, Tax[]>()
    for (const { line_item_id, rate, code, name, rate_id, provider_id } of lines) taxes.set(line_item_id, [...(taxes.get(line_item_id) ?? []), { rate, code, name, rate_id: rate_id ?? null, provider_id: provider_id ?? null }])
    return taxes
  }
}
