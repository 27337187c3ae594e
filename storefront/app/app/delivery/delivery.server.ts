import { ERRORS, type DeliveryKind, type ErrorCode, type Locale, type OrderDelivery, type ShopContext, type ShownPoint, type ShownSlot } from "@fangshi/contracts"
import type { AddressForm } from "../address-form"
import type { CheckoutForm } from "../checkout-form"
import { type ShopApi, statusOf } from "../shop-api.server"
import type { Agreed, Delivery, PageDay, PagePoint } from "./delivery"

/** The most that are worth scrolling through on a phone. */
const MOST_POINTS = 50

export type Where = { latitude: string; longitude: string } | Pick<AddressForm, "province" | "city" | "district">

/** Points in their order: by distance from a position, or else by the address. */
export async function loadPoints(api: ShopApi, locale: Locale, where: Where): Promise<PagePoint[]> {
  const { pick_up_points } = await api.client.fetch<{ pick_up_points: ShownPoint[] }>("/store/pick-up-points", { query: where })
  return pick_up_points.slice(0, MOST_POINTS).map((point) => ({ id: point.id, ...wordsOf(point, locale), distance_m: point.distance_m }))
}

const wordsOf = ({ name, address, opening_hours, phone }: Pick<ShownPoint, "name" | "address" | "opening_hours" | "phone">, locale: Locale) => ({ name: name[locale], address: address[locale], opening_hours: opening_hours[locale], phone })

type Choice = { delivery: { pick_up_point_id?: string; delivery_slot_id?: string; day?: string } | null }

/** What a cart's ways of delivery let the buyer choose, and what is chosen. A shop without points or slots asks for neither. */
export async function loadDelivery(api: ShopApi, locale: Locale, cart_id: string, kinds: (DeliveryKind | null)[], where: Where): Promise<Delivery> {
  if (!kinds.some(Boolean)) return { points: [], days: [], chosen: { point: "", slot: "" } }
  const [points, days, { delivery }] = await Promise.all([
    kinds.includes("pick_up") ? loadPoints(api, locale, where) : [],
    kinds.includes("delivery") ? loadDays(api, locale) : [],
    api.client.fetch<Choice>(`/store/carts/${cart_id}/delivery`),
  ])
  return { points, days, chosen: { point: delivery?.pick_up_point_id ?? "", slot: delivery?.day ? `${delivery.delivery_slot_id}@${delivery.day}` : "" } }
}

async function loadDays(api: ShopApi, locale: Locale): Promise<PageDay[]> {
  const { delivery_slots, today } = await api.client.fetch<{ delivery_slots: ShownSlot[]; today: string }>("/store/delivery-slots")
  return [...new Set(delivery_slots.map(({ day }) => day))].map((day) => ({
    day,
    label: labelOf(day, today, locale),
    slots: delivery_slots.filter((slot) => slot.day === day).map(({ delivery_slot_id, from, to, left }) => ({ value: `${delivery_slot_id}@${day}`, time: `${from}–${to}`, left })),
  }))
}

const DAY_MS = 86_400_000

/** 今天 11/26, 明天 11/27, 周六 11/28. */
function labelOf(day: string, today: string, locale: Locale): string {
  const ahead = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
  const date = new Intl.DateTimeFormat(locale, { month: "numeric", day: "numeric", timeZone: "UTC" }).format(Date.parse(day))
  const name = ahead < 2 ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(ahead, "day") : new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(Date.parse(day))
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${date}`
}

/** Refusals that the buyer can mend by choosing otherwise. */
const REFUSALS = ["PICK_UP_POINT_NEEDED", "PICK_UP_POINT_CLOSED", "DELIVERY_SLOT_NEEDED", "DELIVERY_SLOT_FULL", "DELIVERY_SLOT_OVER"] as const satisfies readonly ErrorCode[]
export type Refusal = (typeof REFUSALS)[number]

/** What the shop API refused of the choice, or null for another error. The official client passes on the English text only. */
export const refusalIn = (error: unknown): Refusal | null => REFUSALS.find((code) => (error as Error | null)?.message === ERRORS[code].text.en) ?? null

/** Tells the shop API what is chosen for a cart, as far as its way of delivery asks for it. */
export async function chooseDelivery(api: ShopApi, cart_id: string, kind: DeliveryKind | null, { pick_up_point, slot }: Pick<CheckoutForm, "pick_up_point" | "slot">): Promise<Refusal | null> {
  const [delivery_slot_id = "", day = ""] = slot.split("@")
  const body = kind === "pick_up" && pick_up_point ? { kind, pick_up_point_id: pick_up_point } : kind === "delivery" && day ? { kind, delivery_slot_id, day } : null
  // Nothing chosen: completing the cart tells whether the shop needs it.
  if (!body) return null
  try {
    await api.client.fetch(`/store/carts/${cart_id}/delivery`, { method: "POST", body })
    return null
  } catch (error) {
    if (statusOf(error) === 404) return kind === "pick_up" ? "PICK_UP_POINT_CLOSED" : "DELIVERY_SLOT_OVER"
    const refusal = refusalIn(error)
    if (refusal) return refusal
    throw error
  }
}

/** What was agreed for an order of this visitor's, or null. */
export async function loadAgreed(api: ShopApi, { time_zone }: ShopContext, locale: Locale, order_id: string): Promise<Agreed | null> {
  const { delivery } = await api.client.fetch<{ delivery: OrderDelivery | null }>(`/store/orders/${encodeURIComponent(order_id)}/delivery`)
  if (delivery?.kind === "delivery") return { kind: "delivery", when: spanOf(delivery, locale, time_zone) }
  return delivery && { kind: "pick_up", point: delivery.point && { ...wordsOf(delivery.point, locale), map: mapOf(delivery.point, delivery.point.name[locale]) } }
}

/** A time of delivery by the shop's own clock. */
const spanOf = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).formatRange(new Date(starts_at), new Date(ends_at))

/** Shows a place in 高德地图, in its app where there is one. Its maps are drawn askew; it puts a phone's degrees right itself. */
const mapOf = ({ latitude, longitude }: { latitude: number; longitude: number }, name: string): string =>
  `https://uri.amap.com/marker?${new URLSearchParams({ position: `${longitude},${latitude}`, name, coordinate: "wgs84", callnative: "1" })}`
