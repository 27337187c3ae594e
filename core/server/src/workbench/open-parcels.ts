import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MerchantsService } from "../modules/merchants/service"
import type { NewParcel, ParcelsService } from "../modules/parcels/service"
import { toFen } from "./fen"

type Scope = Pick<MedusaContainer, "resolve">
type Line = { id: string; product_id: string | null; quantity: number; total: unknown; original_total: unknown }

/** The shop's own goods, which belong to no merchant. */
const OWN = ""

/** Opens the parcels of every order that has none yet, and closes those of orders cancelled elsewhere. An order's own event may have been lost with a process; looking finds it. */
export async function openNewParcels(scope: Scope): Promise<void> {
  const parcels = scope.resolve<ParcelsService>("parcels")
  await parcels.closeCancelled()
  for (const id of await parcels.listUnopenedOrders()) await openParcelsOf(scope, id)
}

/** Orders just written, as far as their parcels need them; `goods_amount` in fen. In a unit of work. */
export type PlacedForParcels = { order_id: string; ordered_at: Date; currency_code: string; lines: { id: string; product_id: string; quantity: number; goods_amount: number }[] }

/** Opens the parcels of many orders at once, whose lines carry no discount. */
export async function openPlaced(scope: Scope, orders: readonly PlacedForParcels[]): Promise<void> {
  const products = [...new Set(orders.flatMap(({ lines }) => lines.map(({ product_id }) => product_id)))]
  const merchants = await scope.resolve<MerchantsService>("merchants").merchantsOf(products)
  const toOpen = orders.map(({ order_id, ordered_at, currency_code, lines }) => {
    const keyOf = ({ product_id }: { product_id: string }) => merchants.get(product_id) ?? OWN
    const parcels = [...new Set(lines.map(keyOf))].map((merchant_key) => ({
      merchant_key,
      currency_code,
      lines: lines.filter((line) => keyOf(line) === merchant_key).map(({ id, quantity, goods_amount }) => ({ line_item_id: id, quantity, goods_amount, discount_amount: 0 })),
    }))
    return { order_id, ordered_at, parcels }
  })
  await scope.resolve<ParcelsService>("parcels").openAll(toOpen)
}

/** Splits one order by whose goods are in it. Safe to repeat. */
export async function openParcelsOf(scope: Scope, order_id: string): Promise<void> {
  // Orders that come by the hundred have theirs already: each is asked for here, and nobody should load it for nothing.
  if (await scope.resolve<ParcelsService>("parcels").hasParcels(order_id)) return
  const query = scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "order", fields: ["id", "created_at", "currency_code", "total", "items.*"], filters: { id: order_id } })
  const order = data[0] as { created_at: string | Date; currency_code: string; items?: Line[] | null } | undefined
  const lines = (order?.items ?? []).filter((line) => Number(line.quantity) > 0)
  if (!order || !lines.length) return
  const merchants = await scope.resolve<MerchantsService>("merchants").merchantsOf(lines.flatMap((line) => line.product_id ?? []))
  const parcels = new Map<string, NewParcel>()
  for (const { id, product_id, quantity, total, original_total } of lines) {
    const merchant_key = merchants.get(product_id ?? "") ?? OWN
    const parcel = parcels.get(merchant_key) ?? { merchant_key, currency_code: order.currency_code, lines: [] }
    parcel.lines.push({ line_item_id: id, quantity: Number(quantity), goods_amount: toFen(total), discount_amount: toFen(original_total) - toFen(total) })
    parcels.set(merchant_key, parcel)
  }
  await scope.resolve<ParcelsService>("parcels").openParcels(order_id, new Date(order.created_at), [...parcels.values()])
}
