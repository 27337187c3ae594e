import type { CataloguePort, PortVariant } from "@fangshi/contracts"
import { ContainerRegistrationKeys, QueryContext } from "@medusajs/framework/utils"
import { z } from "zod"
import { ENGLISH } from "../tenants/translations"
import { toFen } from "../workbench/fen"
import { type Caller, checked, portKey, rowsOf } from "./caller"

type Row = { id: string; title: string; title_en: string | null; product_id: string; product_title: string; product_title_en: string | null; product_handle: string; thumbnail: string | null; sku: string | null; available: string | null }
type Currency = { currency_code: string; region_id: string }

/** What can be sold of a kit is what its scarcest part allows. */
const FIND = `select v.id, v.title, tv.translations->>'title' as title_en, p.id as product_id, p.title as product_title, tp.translations->>'title' as product_title_en, p.handle as product_handle,
  coalesce(v.thumbnail, p.thumbnail) as thumbnail, v.sku, case when v.manage_inventory then coalesce(stock.pieces, 0) end as available
  from product_variant v join product p on p.id = v.product_id and p.deleted_at is null
  left join translation tv on tv.reference = 'product_variant' and tv.reference_id = v.id and tv.locale_code = ? and tv.deleted_at is null
  left join translation tp on tp.reference = 'product' and tp.reference_id = p.id and tp.locale_code = ? and tp.deleted_at is null
  left join lateral (select greatest(min(floor(coalesce(item.free, 0) / link.required_quantity)), 0) as pieces from product_variant_inventory_item link
    left join lateral (select sum(l.stocked_quantity - l.reserved_quantity) as free from inventory_level l where l.inventory_item_id = link.inventory_item_id and l.deleted_at is null
      and exists (select 1 from sales_channel_stock_location c where c.stock_location_id = l.location_id and c.deleted_at is null)) item on true
    where link.variant_id = v.id and link.deleted_at is null) stock on true
  where v.id = any(?) and v.deleted_at is null`

/** Prices in fen, as a visitor without an account is shown them. */
async function pricesOf({ scope }: Caller, { currency_code, region_id }: Currency, ids: readonly string[]): Promise<Map<string, number>> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "variant",
    fields: ["id", "calculated_price.calculated_amount"],
    filters: { id: [...ids] },
    context: { calculated_price: QueryContext({ currency_code, region_id }) } as never,
  })
  return new Map((data as unknown as { id: string; calculated_price?: { calculated_amount: unknown } | null }[]).flatMap(({ id, calculated_price }): [string, number][] => (calculated_price?.calculated_amount == null ? [] : [[id, toFen(calculated_price.calculated_amount)]])))
}

async function findVariants(caller: Caller, ids: readonly string[]): Promise<PortVariant[]> {
  const [currency] = await rowsOf<Currency>(caller, "select r.id as region_id, r.currency_code from region r where r.deleted_at is null order by r.created_at, r.id limit 1")
  if (!ids.length || !currency) return []
  const rows = new Map((await rowsOf<Row>(caller, FIND, [ENGLISH, ENGLISH, ids])).map((row) => [row.id, row]))
  const prices = await pricesOf(caller, currency, ids)
  return ids.flatMap((id) => {
    const row = rows.get(id)
    if (!row) return []
    const { title, title_en, product_title, product_title_en, available, ...rest } = row
    return [{
      ...rest,
      title: { "zh-CN": title, en: title_en ?? title },
      product_title: { "zh-CN": product_title, en: product_title_en ?? product_title },
      price_amount: prices.get(id) ?? null,
      currency_code: currency.currency_code,
      available: available === null ? null : Number(available),
    }]
  })
}

/** Goods as the storefront shows them. */
export const cataloguePort = (caller: Caller): CataloguePort => ({
  findVariants: async (ids) => findVariants(caller, checked(caller, "catalogue.findVariants", z.array(portKey).max(200), ids)),
})
