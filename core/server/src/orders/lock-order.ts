import type { UnitOfWork } from "@fangshi/kernel"

/**
 * Locks that whoever changes an order, its parcels, its stock or its money takes: the order first, then with `withStock`
 * the shelves its goods come from, in one order for everybody, the keys being those of purchases.
 */
export const lockOrder = (order_id: string, withStock: boolean) => async (unit: UnitOfWork): Promise<void> => {
  await unit.query("select pg_advisory_xact_lock(hashtextextended('order:' || current_setting('app.tenant_id') || ':' || $1, 0))", [order_id])
  if (!withStock) return
  await unit.query(
    `select pg_advisory_xact_lock(key) from (select distinct hashtextextended('purchase:' || current_setting('app.tenant_id') || ':' || link.inventory_item_id, 0) as key
     from order_item item join order_line_item line on line.id = item.item_id join product_variant_inventory_item link on link.variant_id = line.variant_id
     where item.order_id = $1 and item.deleted_at is null and link.deleted_at is null order by 1) keys`,
    [order_id],
  )
}
