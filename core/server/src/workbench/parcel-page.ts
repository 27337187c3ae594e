import type { OrderDelivery } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { deliveryOf } from "../delivery/delivery"
import type { MerchantsService } from "../modules/merchants/service"
import type { ParcelLineView, ParcelView, ParcelsService } from "../modules/parcels/service"
import { toFen } from "./fen"

/** Whoever ordered, as far as the staff must know; a phone number is whole only where one parcel is looked at. */
export type Customer = { name: string; phone: string; address: string; shipping_name: string; note: string }

/** What the staff sees of a parcel: never the lines, totals or codes of another merchant's part of the order. `shipping_amount` only where the parcel is the whole order. */
export type ParcelCard = Omit<ParcelView, "pick_up_code" | "fulfillment_ids" | "merchant_key"> & {
  number: number
  merchant_id: string | null
  merchant_name: string | null
  shipping_amount: number | null
  customer: Customer
  delivery: OrderDelivery | null
  lines: ParcelLineView[]
}

type Address = { first_name?: string; last_name?: string; phone?: string; province?: string; city?: string; address_1?: string; address_2?: string } | null
type Order = { id: string; display_id: number; shipping_total: unknown; metadata: { note?: unknown } | null; shipping_address: Address; shipping_methods?: { name: string }[] }

const masked = (phone: string) => phone.replace(/^(.*\d{3})\d{4}(\d{4})$/, "$1****$2")

/** Fills parcels with what they hold and for whom. */
export async function parcelCards(scope: MedusaContainer, parcels: ParcelView[], { wholePhone }: { wholePhone: boolean }): Promise<ParcelCard[]> {
  if (!parcels.length) return []
  const service = scope.resolve<ParcelsService>("parcels")
  const order_ids = [...new Set(parcels.map(({ order_id }) => order_id))]
  const [lines, orders, merchants, deliveries, parts] = await Promise.all([
    service.linesOf(parcels.map(({ id }) => id)),
    ordersOf(scope, order_ids),
    scope.resolve<MerchantsService>("merchants").listAll(),
    deliveryOf(scope).ofOrders(order_ids),
    Promise.all(order_ids.map(async (id) => [id, (await service.parcelsOfOrder(id)).length] as const)),
  ])
  const count = new Map(parts)
  return parcels.map(({ pick_up_code: _secret, fulfillment_ids: _ids, merchant_key, ...parcel }) => {
    const order = orders.get(parcel.order_id)
    const address = order?.shipping_address
    const phone = address?.phone ?? ""
    return {
      ...parcel,
      number: order?.display_id ?? 0,
      merchant_id: merchant_key || null,
      merchant_name: merchants.find(({ id }) => id === merchant_key)?.name ?? null,
      shipping_amount: count.get(parcel.order_id) === 1 ? toFen(order?.shipping_total ?? 0) : null,
      customer: {
        name: [address?.last_name, address?.first_name].filter(Boolean).join(""),
        phone: wholePhone ? phone : masked(phone),
        address: [address?.province, address?.city, address?.address_2, address?.address_1].filter(Boolean).join(" "),
        shipping_name: order?.shipping_methods?.[0]?.name ?? "",
        note: typeof order?.metadata?.note === "string" ? order.metadata.note : "",
      },
      delivery: deliveries.get(parcel.order_id) ?? null,
      lines: lines.filter((line) => line.parcel_id === parcel.id),
    }
  })
}

async function ordersOf(scope: MedusaContainer, ids: string[]): Promise<Map<string, Order>> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "display_id", "shipping_total", "metadata", "shipping_address.*", "shipping_methods.name"],
    filters: { id: ids },
  })
  return new Map((data as unknown as Order[]).map((order) => [order.id, order]))
}
