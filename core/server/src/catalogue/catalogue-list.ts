import type { CatalogueFacets, CatalogueList, CatalogueSort } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Prices in fen, both ends included. */
export type CatalogueFilter = {
  category_ids: string[] | null
  q: string | null
  in_stock: boolean
  reduced: boolean
  origins: string[]
  price_min: number | null
  price_max: number | null
}

export type CatalogueQuestion = CatalogueFilter & { sort: CatalogueSort; limit: number; offset: number; currency_code: string; channel_ids: string[]; english: boolean; now: Date }

/**
 * Products that can be looked at, one row each: whether one of its variants can be bought, and the price a list shows of it, which is the
 * lowest of those that can be bought, else the lowest. A price is the lower one of the variant's own and those of price lists
 * that run now for everybody.
 */
const GOODS = `goods as (
  select p.id, coalesce(case when cast(:english as boolean) then t.translations->>'title' end, p.title) as title, p.created_at, lower(p.origin_country) as origin,
    bool_or(v.available) as in_stock,
    (array_agg(v.fen order by v.available desc, v.fen))[1] as fen,
    (array_agg(v.former > v.fen order by v.available desc, v.fen))[1] as reduced
  from product p
  left join translation t on t.reference = 'product' and t.reference_id = p.id and t.locale_code = 'en-US' and t.deleted_at is null
  join lateral (
    select not v.manage_inventory or coalesce(stock.pieces, 0) > 0 as available, price.fen, (v.metadata->>'original_price_amount')::bigint as former
    from product_variant v
    left join lateral (
      select sum(l.stocked_quantity - l.reserved_quantity) as pieces from product_variant_inventory_item vi join inventory_level l on l.inventory_item_id = vi.inventory_item_id and l.deleted_at is null
      where vi.variant_id = v.id and vi.deleted_at is null) stock on true
    left join lateral (
      select min(round(pr.amount * 100))::bigint as fen from product_variant_price_set link join price pr on pr.price_set_id = link.price_set_id and pr.deleted_at is null
      left join price_list pl on pl.id = pr.price_list_id
      where link.variant_id = v.id and link.deleted_at is null and pr.currency_code = :currency_code and coalesce(pr.rules_count, 0) = 0 and pr.min_quantity is null
        and (pr.price_list_id is null or (pl.deleted_at is null and pl.status = 'active' and coalesce(pl.rules_count, 0) = 0 and (pl.starts_at is null or pl.starts_at <= :now) and (pl.ends_at is null or pl.ends_at > :now)))) price on true
    where v.product_id = p.id and v.deleted_at is null) v on true
  where p.deleted_at is null and p.status = 'published'
    and exists (select 1 from product_sales_channel c where c.product_id = p.id and c.sales_channel_id = any(cast(:channel_ids as text[])) and c.deleted_at is null)
    and (cast(:category_ids as text[]) is null or exists (select 1 from product_category_product c where c.product_id = p.id and c.product_category_id = any(cast(:category_ids as text[]))))
    and (cast(:like as text) is null or p.title ilike :like or p.subtitle ilike :like or p.description ilike :like or t.translations->>'title' ilike :like or t.translations->>'subtitle' ilike :like
      or exists (select 1 from product_variant w where w.product_id = p.id and w.deleted_at is null and (w.sku ilike :like or w.barcode = :q)))
  group by p.id, t.translations)`

const IS = {
  in_stock: "(not cast(:in_stock as boolean) or in_stock)",
  reduced: "(not cast(:reduced as boolean) or coalesce(reduced, false))",
  origins: "(cardinality(cast(:origins as text[])) = 0 or origin = any(cast(:origins as text[])))",
  price: "(cast(:price_min as bigint) is null or fen >= cast(:price_min as bigint)) and (cast(:price_max as bigint) is null or fen <= cast(:price_max as bigint))",
}
type Facet = keyof typeof IS
const all = (but?: Facet) => Object.entries(IS).flatMap(([facet, is]) => (facet === but ? [] : [is])).join(" and ")

const ORDER: Record<CatalogueSort, string> = {
  recommended: "created_at, id",
  newest: "created_at desc, id",
  cheapest: "fen nulls last, id",
  dearest: "fen desc nulls last, id",
  title: "title, id",
}

type Row = { count: string; product_ids: string[] | null; in_stock: string; reduced: string; least: string | null; most: string | null; origins: CatalogueFacets["origins"] | null }

/** One page of a shop's products, filtered and sorted, with how many each filter would leave. */
export async function listCatalogue(knex: Knex, { sort, q, ...question }: CatalogueQuestion): Promise<CatalogueList> {
  const like = q === null ? null : `%${q.replace(/[\\%_]/g, "\\$&")}%`
  const { rows } = await knex.raw<{ rows: Row[] }>(
    `with ${GOODS}, shown as (select id from goods where ${all()} order by ${ORDER[sort]} limit :limit offset :offset)
     select (select count(*) from goods where ${all()}) as count,
       (select array_agg(id order by ${ORDER[sort]}) from goods where id in (select id from shown)) as product_ids,
       (select count(*) from goods where ${all("in_stock")} and in_stock) as in_stock,
       (select count(*) from goods where ${all("reduced")} and reduced) as reduced,
       (select min(fen) from goods where ${all("price")}) as least,
       (select max(fen) from goods where ${all("price")}) as most,
       (select json_agg(json_build_object('code', origin, 'count', n) order by n desc, origin) from (select origin, count(*) as n from goods where ${all("origins")} and origin is not null group by origin) o) as origins`,
    { ...question, like, q } as never,
  )
  const row = rows[0]
  if (!row) throw new Error("an aggregate without a row")
  return {
    product_ids: row.product_ids ?? [],
    count: Number(row.count),
    facets: { in_stock: Number(row.in_stock), reduced: Number(row.reduced), origins: row.origins ?? [], price: row.least === null || row.most === null ? null : { least: Number(row.least), most: Number(row.most) } },
  }
}
