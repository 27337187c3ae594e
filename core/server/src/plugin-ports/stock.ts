import { FangshiError, type StockPort } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import { z } from "zod"
import { type Caller, checked, invalid, portKey, rowsOf, whole } from "./caller"
import { insertRows } from "./insert-rows"
import { giveBack, lockShelves, reservationRows, takePieces } from "./shelves"

const pieces = z.int().min(1).max(1_000_000)
const keeping = z.strictObject({ key: portKey, variant_id: portKey, quantity: pieces })
const giving = z.strictObject({ key: portKey, quantity: pieces.optional() })

type Kept = { id: string; variant_id: string; asked_quantity: number; quantity: number }
const FIND = "select id, variant_id, asked_quantity, quantity from plugin_stock where plugin = ? and key = ?"

async function reserve(caller: Caller, { key, variant_id, quantity }: z.output<typeof keeping>): Promise<void> {
  const { plugin } = caller
  const [variant] = await rowsOf(caller, "select id from product_variant where id = ? and deleted_at is null", [variant_id])
  if (!variant) throw invalid(plugin, "stock.reserve", "variant_id")
  await whole(caller, async () => {
    const [made] = await rowsOf<{ id: string }>(
      caller,
      "insert into plugin_stock (id, plugin, key, variant_id, asked_quantity, quantity) values (?, ?, ?, ?, ?, ?) on conflict (tenant_id, plugin, key) do nothing returning id",
      [generateEntityId(undefined, "plstk"), plugin, key, variant_id, quantity, quantity],
    )
    if (!made) {
      const [kept] = await rowsOf<Kept>(caller, FIND, [plugin, key])
      if (kept?.variant_id !== variant_id || kept.asked_quantity !== quantity) throw new FangshiError("PLUGIN_KEY_USED", { plugin, key })
      return
    }
    const taken = await takePieces(caller, [{ for_id: made.id, variant_id, quantity }], true)
    await insertRows(caller, "reservation_item", reservationRows(taken, ({ for_id }) => ({ external_id: for_id, created_by: `plugin:${plugin}`, description: `${plugin}: ${key}` })))
  })
}

const release = (caller: Caller, { key, quantity }: z.output<typeof giving>): Promise<void> =>
  whole(caller, async () => {
    const [kept] = await rowsOf<Kept>(caller, `${FIND} for update`, [caller.plugin, key])
    if (!kept) throw new FangshiError("NOT_FOUND")
    if (kept.quantity === 0 && quantity === undefined) return
    const given = quantity ?? kept.quantity
    if (given > kept.quantity) throw new FangshiError("NOT_ALLOWED")
    await lockShelves(caller, [kept.variant_id])
    await giveBack(caller, kept.id, given / kept.quantity)
    await rowsOf(caller, "update plugin_stock set quantity = quantity - ?, updated_at = now() where id = ?", [given, kept.id])
  })

/** Pieces kept as Medusa's own reservations, so that the console shows them and no cart sells them. */
export const stockPort = (caller: Caller): StockPort => ({
  reserve: async (key, variant_id, quantity) => reserve(caller, checked(caller, "stock.reserve", keeping, { key, variant_id, quantity })),
  release: async (key, quantity) => release(caller, checked(caller, "stock.release", giving, { key, ...(quantity === undefined ? {} : { quantity }) })),
})
