import { FangshiError } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { updateProductVariantsWorkflow } from "@medusajs/medusa/core-flows"
import { fromFen, toFen } from "./fen"

/** A product of the list with what can be changed of it at a glance. Amounts in fen; `left` is what can still be sold. */
export type StockRow = { product_id: string; variant_id: string; title: string; variant_title: string; thumbnail: string | null; sku: string | null; status: string; stocked: number | null; left: number | null; price_amount: number | null }

const LOW = 5
const PAGE = 20
const knexOf = (scope: MedusaContainer) => scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)

const FROM = `from product_variant v join product p on p.id = v.product_id and p.deleted_at is null
  left join merchant_product m on m.product_id = p.id and m.deleted_at is null
  left join lateral (select vi.inventory_item_id from product_variant_inventory_item vi where vi.variant_id = v.id and vi.deleted_at is null and vi.required_quantity = 1 order by vi.id limit 1) item on true
  left join lateral (select l.id, l.stocked_quantity, l.reserved_quantity from inventory_level l where l.inventory_item_id = item.inventory_item_id and l.deleted_at is null order by l.created_at, l.id limit 1) level on true
  left join product_variant_price_set link on link.variant_id = v.id and link.deleted_at is null
  left join lateral (select pr.id, pr.amount, pr.currency_code from price pr where pr.price_set_id = link.price_set_id and pr.price_list_id is null and pr.deleted_at is null and pr.rules_count = 0 and pr.min_quantity is null and pr.currency_code = ?
    order by pr.created_at limit 1) price on true
  where v.deleted_at is null and (?::text is null or m.merchant_id = ?::text)`

/** How many kinds of goods are nearly or wholly gone. */
export async function countLowStock(scope: MedusaContainer, merchant_id: string | null): Promise<number> {
  const { rows } = await knexOf(scope).raw<{ rows: { n: string }[] }>(`select count(*) as n ${FROM} and p.status = 'published' and v.manage_inventory and level.stocked_quantity - level.reserved_quantity <= ${LOW}`, ["", merchant_id, merchant_id] as never)
  return Number(rows[0]?.n ?? 0)
}

/** One page of goods by name or number, the scarcest first. */
export async function listStock(scope: MedusaContainer, merchant_id: string | null, currency_code: string, { q, page }: { q: string; page: number }): Promise<{ rows: StockRow[]; more: boolean }> {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`
  const { rows } = await knexOf(scope).raw<{ rows: Record<string, unknown>[] }>(
    `select p.id as product_id, v.id as variant_id, p.title, v.title as variant_title, p.thumbnail, v.sku, p.status, v.manage_inventory, level.stocked_quantity as stocked, level.stocked_quantity - level.reserved_quantity as "left", price.amount
     ${FROM} and (p.title ilike ? or v.sku ilike ?) order by level.stocked_quantity - level.reserved_quantity nulls last, p.title, v.id limit ${PAGE + 1} offset ?`,
    [currency_code, merchant_id, merchant_id, like, like, (page - 1) * PAGE] as never,
  )
  return { rows: rows.slice(0, PAGE).map(rowOf), more: rows.length > PAGE }
}

const rowOf = ({ manage_inventory, stocked, left, amount, ...row }: Record<string, unknown>): StockRow => ({
  ...(row as StockRow),
  stocked: manage_inventory && stocked != null ? Number(stocked) : null,
  left: manage_inventory && left != null ? Number(left) : null,
  price_amount: amount == null ? null : toFen(amount),
})

type Found = { level_id: string | null; inventory_item_id: string | null; location_id: string | null; price_set_id: string | null }

async function findVariant(scope: MedusaContainer, merchant_id: string | null, id: string): Promise<Found> {
  const { rows } = await knexOf(scope).raw<{ rows: Found[] }>(
    `select level.id as level_id, item.inventory_item_id, (select location_id from inventory_level where id = level.id) as location_id, link.price_set_id ${FROM} and v.id = ?`,
    ["", merchant_id, merchant_id, id] as never,
  )
  if (!rows[0]) throw new FangshiError("NOT_FOUND")
  return rows[0]
}

/** Adds pieces to the shelf or takes some off: what two people do at once adds up. Throws STOCK_INSUFFICIENT where more would go than can be sold, NOT_ALLOWED where stock is not counted. */
export async function changeStock(scope: MedusaContainer, merchant_id: string | null, variant_id: string, change: number): Promise<{ stocked: number; left: number }> {
  const { inventory_item_id, location_id } = await findVariant(scope, merchant_id, variant_id)
  if (!inventory_item_id || !location_id) throw new FangshiError("NOT_ALLOWED")
  // The key that purchases and packing take: they read and write these figures in several steps.
  const lock = "select pg_advisory_xact_lock(hashtextextended('purchase:' || current_setting('app.tenant_id') || ':' || $1, 0))"
  return inUnitOfWork(knexOf(scope), async (unit) => void (await unit.query(lock, [inventory_item_id])), async () => {
    const inventory = scope.resolve(Modules.INVENTORY)
    const before = await inventory.retrieveInventoryLevelByItemAndLocation(inventory_item_id, location_id)
    const stocked = Number(before.stocked_quantity) + change
    const left = stocked - Number(before.reserved_quantity)
    if (left < 0) throw new FangshiError("STOCK_INSUFFICIENT")
    await inventory.updateInventoryLevels([{ id: before.id, inventory_item_id, location_id, stocked_quantity: stocked }])
    return { stocked, left }
  })
}

/** Sets a price, in fen. Throws CONFLICT where it is no longer the one that was `seen`. */
export async function changePrice(scope: MedusaContainer, merchant_id: string | null, variant_id: string, currency_code: string, { price_amount, seen_amount }: { price_amount: number; seen_amount: number | null }): Promise<void> {
  const { price_set_id } = await findVariant(scope, merchant_id, variant_id)
  if (!price_set_id) throw new FangshiError("NOT_ALLOWED")
  const lock = "select pg_advisory_xact_lock(hashtextextended('price:' || current_setting('app.tenant_id') || ':' || $1, 0))"
  await inUnitOfWork(knexOf(scope), async (unit) => void (await unit.query(lock, [price_set_id])), async () => {
    const { rows } = await knexOf(scope).raw<{ rows: { id: string; amount: string; currency_code: string; plain: boolean }[] }>(
      "select id, amount, currency_code, rules_count = 0 and min_quantity is null as plain from price where price_set_id = ? and price_list_id is null and deleted_at is null order by created_at",
      [price_set_id],
    )
    const own = rows.find((row) => row.plain && row.currency_code === currency_code)
    if ((own ? toFen(own.amount) : null) !== seen_amount) throw new FangshiError("CONFLICT")
    const others = rows.filter((row) => row !== own).map(({ id }) => ({ id }))
    const price = { ...(own ? { id: own.id } : {}), amount: fromFen(price_amount), currency_code }
    await updateProductVariantsWorkflow(scope).run({ input: { product_variants: [{ id: variant_id, prices: [...others, price] as never }] } })
  })
}
