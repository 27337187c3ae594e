import { asOwner } from "@fangshi/testing"

/** Each query returns one row for every violation, with a text in `what`. $1 is the tenant. */
const BOOKS: { rule: string; sql: string }[] = [
  {
    rule: "an order belongs to a cart",
    sql: `select o.id as what from "order" o where o.tenant_id = $1 and o.deleted_at is null and not exists (select 1 from order_cart l where l.tenant_id = $1 and l.order_id = o.id and l.deleted_at is null)`,
  },
  {
    rule: "a cart has at most one order",
    sql: "select cart_id || ' has ' || count(*) as what from order_cart where tenant_id = $1 and deleted_at is null group by cart_id having count(*) > 1",
  },
  {
    rule: "a cart is completed exactly when it has an order",
    sql: `select c.id || case when c.completed_at is null then ' is open and has an order' else ' is completed and has none' end as what from cart c
          where c.tenant_id = $1 and (c.completed_at is not null) <> exists (select 1 from order_cart l join "order" o on o.id = l.order_id and o.tenant_id = $1 and o.deleted_at is null where l.tenant_id = $1 and l.cart_id = c.id and l.deleted_at is null)`,
  },
  {
    rule: "what was ordered is reserved, once",
    sql: `select o.id || ': ordered ' || sum(i.quantity) || ', reserved ' || coalesce(sum(r.quantity), 0) as what
          from "order" o join order_item i on i.tenant_id = $1 and i.order_id = o.id and i.deleted_at is null
          left join (select line_item_id, sum(quantity) as quantity from reservation_item where tenant_id = $1 and deleted_at is null group by 1) r on r.line_item_id = i.item_id
          where o.tenant_id = $1 and o.deleted_at is null group by o.id having sum(i.quantity) <> coalesce(sum(r.quantity), 0)`,
  },
  {
    rule: "a reservation belongs to an order",
    sql: "select r.id as what from reservation_item r where r.tenant_id = $1 and r.deleted_at is null and not exists (select 1 from order_item i where i.tenant_id = $1 and i.item_id = r.line_item_id and i.deleted_at is null)",
  },
  {
    rule: "the warehouse counts what is reserved",
    sql: `select l.id || ': counts ' || l.reserved_quantity || ', reservations ' || coalesce(sum(r.quantity), 0) as what from inventory_level l
          left join reservation_item r on r.tenant_id = $1 and r.inventory_item_id = l.inventory_item_id and r.location_id = l.location_id and r.deleted_at is null
          where l.tenant_id = $1 and l.deleted_at is null group by l.id, l.reserved_quantity having l.reserved_quantity <> coalesce(sum(r.quantity), 0)`,
  },
  { rule: "stock is never below zero", sql: "select id as what from inventory_level where tenant_id = $1 and (stocked_quantity < 0 or stocked_quantity < reserved_quantity)" },
  {
    rule: "an order has one authorized payment collection, the cart's",
    sql: `select o.id || ': ' || count(p.id) || ' collections ' || coalesce(string_agg(p.status, ','), '') as what from "order" o
          join order_cart oc on oc.tenant_id = $1 and oc.order_id = o.id and oc.deleted_at is null
          left join order_payment_collection l on l.tenant_id = $1 and l.order_id = o.id and l.deleted_at is null
          left join cart_payment_collection c on c.tenant_id = $1 and c.cart_id = oc.cart_id and c.payment_collection_id = l.payment_collection_id and c.deleted_at is null
          left join payment_collection p on p.tenant_id = $1 and p.id = c.payment_collection_id and p.deleted_at is null and p.status = 'authorized'
          where o.tenant_id = $1 and o.deleted_at is null group by o.id having count(p.id) <> 1`,
  },
  {
    rule: "an authorized collection has one payment of its amount",
    sql: `select p.id || ': ' || count(y.id) || ' payments' as what from payment_collection p
          left join payment y on y.tenant_id = $1 and y.payment_collection_id = p.id and y.deleted_at is null and y.canceled_at is null and y.amount = p.amount
          where p.tenant_id = $1 and p.deleted_at is null and p.status = 'authorized' group by p.id having count(y.id) <> 1`,
  },
  {
    rule: "a payment belongs to a collection that is authorized, of a cart with an order",
    sql: `select y.id || ': ' || p.status as what from payment y join payment_collection p on p.tenant_id = $1 and p.id = y.payment_collection_id
          where y.tenant_id = $1 and y.deleted_at is null and y.canceled_at is null and (p.status <> 'authorized' or not exists (
            select 1 from order_payment_collection l where l.tenant_id = $1 and l.payment_collection_id = p.id and l.deleted_at is null))`,
  },
]

/** What does not hold in a shop's books, as "rule: row". */
export async function audit(ownerUrl: string, tenant: string): Promise<string[]> {
  const broken: string[] = []
  for (const { rule, sql } of BOOKS) {
    for (const { what } of await asOwner<{ what: string }>(ownerUrl, sql, [tenant])) broken.push(`${rule}: ${what}`)
  }
  return broken
}

/** The orders that a cart is linked to. */
export async function ordersOf(ownerUrl: string, cart: string): Promise<string[]> {
  return (await asOwner<{ order_id: string }>(ownerUrl, "select order_id from order_cart where cart_id = $1 and deleted_at is null", [cart])).map((row) => row.order_id)
}
