import { z } from "zod"
import { localizedText } from "./localized"
import { because } from "./schema-faults"

/** What a shipping option means for the buyer: goods that wait at a point, or that the shop brings at an agreed time. Others (couriers, on the premises) ask for neither. */
export const DELIVERY_KINDS = ["pick_up", "delivery"] as const
export type DeliveryKind = (typeof DELIVERY_KINDS)[number]

/** How many days, today first, a delivery can be booked ahead. */
export const SLOT_DAYS = 7

const shortText = (most: number) => localizedText.refine((text) => Object.values(text).every((each) => each.trim().length <= most), because(`最多 ${most} 个字`, `at most ${most} characters`))
const placeName = z.string().trim().min(2).max(40)

/** Where goods can be collected. Degrees of latitude and longitude as a phone gives them (WGS 84). */
export const pickUpPoint = z.strictObject({
  name: shortText(60),
  province: placeName,
  city: placeName,
  district: placeName,
  address: shortText(200),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  opening_hours: shortText(100),
  phone: z.string().regex(/^\+?\d[\d -]{4,28}$/).nullable().default(null),
})
export type PickUpPoint = z.infer<typeof pickUpPoint>

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, because("时间写作 09:00", "a time is written 09:00"))

/** A time in which the shop delivers, each week on these days: 1 is Monday, 7 Sunday. Times are those of the shop's own clock. */
export const deliverySlot = z.strictObject({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: clockTime,
  to: clockTime,
  /** How many orders it takes on a day. */
  capacity: z.int().min(1).max(10_000),
  /** How long before its beginning the last order is taken. */
  cut_off_minutes: z.int().min(0).max(7 * 1_440),
})
export type DeliverySlot = z.infer<typeof deliverySlot>

/** Whether a slot ends after it begins. Not of the schema itself, which others extend. */
export const isForward = ({ from, to }: Pick<DeliverySlot, "from" | "to">): boolean => from < to

/** A point as everybody may see it; metres from where the visitor said to be, or null. */
export type ShownPoint = PickUpPoint & { id: string; distance_m: number | null }

/** A slot on one day; `left` is how many more orders it takes. */
export type ShownSlot = { delivery_slot_id: string; day: string; from: string; to: string; starts_at: string; ends_at: string; left: number }

/** How an order reaches its buyer, in the words of when it was placed. */
export type OrderDelivery =
  | { kind: "pick_up"; point: Pick<PickUpPoint, "name" | "address" | "opening_hours" | "phone" | "latitude" | "longitude"> | null }
  | { kind: "delivery"; starts_at: string; ends_at: string }
