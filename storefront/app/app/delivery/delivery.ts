import type { DeliveryKind } from "@fangshi/contracts"

/** A pick-up point in the words of the page. */
export type PagePoint = { id: string; name: string; address: string; opening_hours: string; phone: string | null; distance_m: number | null }

/** A day of delivery with its times; `value` is what the form posts. */
export type PageDay = { day: string; label: string; slots: { value: string; time: string; left: number }[] }

/** What checkout shows of how goods reach their buyer. */
export type Delivery = { points: PagePoint[]; days: PageDay[]; chosen: { point: string; slot: string } }

/** What was agreed for an order, in the words of the page. */
export type Agreed = { kind: "pick_up"; point: (Omit<PagePoint, "id" | "distance_m"> & { map: string }) | null } | { kind: "delivery"; when: string }

/** What an option of Medusa's means for the buyer. */
export const kindOf = (option: { data?: Record<string, unknown> | null }): DeliveryKind | null => {
  const kind = option.data?.kind
  return kind === "pick_up" || kind === "delivery" ? kind : null
}
