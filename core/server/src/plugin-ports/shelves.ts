import { FangshiError } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import { type Caller, rowsOf } from "./caller"

/** Pieces of a variant that `for_id` needs: an order line, or what a plugin keeps. */
export type Need = { for_id: string; variant_id: string; quantity: number }
export type NewReservation = { for_id: string; variant_id: string; inventory_item_id: string; location_id: string; pieces: number; allow_backorder: boolean }

type Part = { variant_id: string; manage_inventory: boolean; allow_backorder: boolean; inventory_item_id: string | null; required: string | null }
type Level = { id: string; inventory_item_id: string; location_id: string; free: number; taken: number }

/** Waits until nobody else buys any of these, with the keys of purchases (orders/lock-order.ts), and keeps others waiting until the unit of work ends. */
export async function lockShelves(caller: Caller, variant_ids: readonly string[]): Promise<void> {
  await rowsOf(
    caller,
    `select pg_advisory_xact_lock(key) from (select distinct hashtextextended('purchase:' || current_setting('app.tenant_id') || ':' || inventory_item_id, 0) as key
     from product_variant_inventory_item where variant_id = any(?) and deleted_at is null order by 1) keys`,
    [variant_ids],
  )
}

async function readLevels(caller: Caller, variant_ids: readonly string[]): Promise<Level[]> {
  const rows = await rowsOf<Omit<Level, "free" | "taken"> & { free: string }>(
    caller,
    `select l.id, l.inventory_item_id, l.location_id, l.stocked_quantity - l.reserved_quantity as free from inventory_level l
     where l.deleted_at is null and l.inventory_item_id in (select inventory_item_id from product_variant_inventory_item where variant_id = any(?) and deleted_at is null)
       and exists (select 1 from sales_channel_stock_location c where c.stock_location_id = l.location_id and c.deleted_at is null)
     order by l.id for update of l`,
    [variant_ids],
  )
  return rows.map((row) => ({ ...row, free: Number(row.free), taken: 0 }))
}

/**
 * Takes pieces off what can be sold, in a unit of work, the rows of Medusa's reservations yet to be written. What one order line needs lies in one place,
 * since Medusa sends a line from one; `spread` lets it lie in several. Throws STOCK_INSUFFICIENT and then has taken nothing.
 */
export async function takePieces(caller: Caller, needs: readonly Need[], spread: boolean): Promise<NewReservation[]> {
  const variant_ids = [...new Set(needs.map((need) => need.variant_id))]
  await lockShelves(caller, variant_ids)
  const parts = await rowsOf<Part>(
    caller,
    `select v.id as variant_id, v.manage_inventory, v.allow_backorder, link.inventory_item_id, link.required_quantity as required
     from product_variant v left join product_variant_inventory_item link on link.variant_id = v.id and link.deleted_at is null where v.id = any(?) and v.deleted_at is null`,
    [variant_ids],
  )
  const levels = await readLevels(caller, variant_ids)
  const taken = needs.flatMap((need) => parts.filter((part) => part.variant_id === need.variant_id && part.manage_inventory).flatMap((part) => takeFor(need, part, levels, spread)))
  await changeReserved(caller, levels.filter((level) => level.taken > 0))
  return taken
}

function takeFor({ for_id, variant_id, quantity }: Need, { inventory_item_id, required, allow_backorder }: Part, levels: Level[], spread: boolean): NewReservation[] {
  const own = levels.filter((level) => level.inventory_item_id === inventory_item_id)
  const taken: NewReservation[] = []
  const take = (level: Level, pieces: number) => {
    level.free -= pieces
    level.taken += pieces
    taken.push({ for_id, variant_id, inventory_item_id: level.inventory_item_id, location_id: level.location_id, pieces, allow_backorder })
  }
  let left = quantity * Number(required)
  const inOne = own.find((level) => level.free >= left) ?? (allow_backorder ? own[0] : undefined)
  if (inOne) take(inOne, left)
  else if (spread) {
    for (const level of own) {
      const pieces = Math.min(level.free, left)
      if (pieces <= 0) continue
      take(level, pieces)
      left -= pieces
    }
  }
  if (!inOne && (left > 0 || !spread)) throw new FangshiError("STOCK_INSUFFICIENT")
  return taken
}

/** `taken` may be negative: given back. */
async function changeReserved(caller: Caller, levels: readonly { id: string; taken: number }[]): Promise<void> {
  if (!levels.length) return
  await rowsOf(
    caller,
    `update inventory_level l set reserved_quantity = l.reserved_quantity + d.taken, updated_at = now(),
       raw_reserved_quantity = jsonb_build_object('value', trim_scale(l.reserved_quantity + d.taken)::text, 'precision', 20)
     from jsonb_to_recordset(?::jsonb) as d(id text, taken numeric) where l.id = d.id`,
    [JSON.stringify(levels.map(({ id, taken }) => ({ id, taken })))],
  )
}

/** Rows of reservation_item for what was taken; `more` says whose they are. */
export const reservationRows = (taken: readonly NewReservation[], more: (one: NewReservation) => object): object[] =>
  taken.map((one) => ({
    id: generateEntityId(undefined, "resitem"),
    inventory_item_id: one.inventory_item_id,
    location_id: one.location_id,
    quantity: one.pieces,
    raw_quantity: { value: String(one.pieces), precision: 20 },
    allow_backorder: one.allow_backorder,
    ...more(one),
  }))

type Reserved = { id: string; inventory_item_id: string; location_id: string; quantity: string }

/** Gives `share` (0 to 1) of what is reserved under `external_id` back to be sold, in a unit of work. */
export async function giveBack(caller: Caller, external_id: string, share: number): Promise<void> {
  const rows = await rowsOf<Reserved>(caller, "select id, inventory_item_id, location_id, quantity from reservation_item where external_id = ? and deleted_at is null order by id", [external_id])
  const items = [...new Set(rows.map((row) => row.inventory_item_id))]
  const changes = items.flatMap((item) => {
    const own = rows.filter((row) => row.inventory_item_id === item)
    let left = Math.round(own.reduce((sum, row) => sum + Number(row.quantity), 0) * share)
    return own.map((row) => {
      const taken = Math.min(left, Number(row.quantity))
      left -= taken
      return { ...row, taken }
    })
  })
  await rowsOf(
    caller,
    `with given as (select * from jsonb_to_recordset(?::jsonb) as d(id text, inventory_item_id text, location_id text, taken numeric)),
     kept as (update reservation_item r set quantity = r.quantity - d.taken, raw_quantity = jsonb_build_object('value', trim_scale(r.quantity - d.taken)::text, 'precision', 20), updated_at = now(),
       deleted_at = case when r.quantity = d.taken then now() end from given d where r.id = d.id)
     update inventory_level l set reserved_quantity = l.reserved_quantity - d.taken, updated_at = now(), raw_reserved_quantity = jsonb_build_object('value', trim_scale(l.reserved_quantity - d.taken)::text, 'precision', 20)
     from (select inventory_item_id, location_id, sum(taken) as taken from given group by 1, 2) d where l.inventory_item_id = d.inventory_item_id and l.location_id = d.location_id and l.deleted_at is null`,
    [JSON.stringify(changes)],
  )
}
