import type { DeliverySlot, LocalizedText, OrderDelivery, PickUpPoint } from "@fangshi/contracts"
import { minuteOf, timeOf } from "../../delivery/slot-days"

type Row = Record<string, unknown>

export type StaffPoint = PickUpPoint & { id: string; open: boolean }
export type StaffSlot = DeliverySlot & { id: string; open: boolean }

export const pointView = (row: Row): StaffPoint => ({
  id: row.id as string,
  name: row.name as LocalizedText,
  province: row.province as string,
  city: row.city as string,
  district: row.district as string,
  address: row.address as LocalizedText,
  latitude: Number(row.latitude),
  longitude: Number(row.longitude),
  opening_hours: row.opening_hours as LocalizedText,
  phone: row.phone as string | null,
  open: row.open as boolean,
})

export const pointColumns = ({ name, address, opening_hours, ...rest }: PickUpPoint): Row => ({ ...rest, name: JSON.stringify(name), address: JSON.stringify(address), opening_hours: JSON.stringify(opening_hours) })

export const slotView = (row: Row): StaffSlot => ({
  id: row.id as string,
  weekdays: [...String(row.weekdays)].map(Number),
  from: timeOf(Number(row.from_minute)),
  to: timeOf(Number(row.to_minute)),
  capacity: Number(row.capacity),
  cut_off_minutes: Number(row.cut_off_minutes),
  open: row.open as boolean,
})

export const slotColumns = ({ weekdays, from, to, capacity, cut_off_minutes }: DeliverySlot): Row => ({ weekdays: [...new Set(weekdays)].sort((x, y) => x - y).join(""), from_minute: minuteOf(from), to_minute: minuteOf(to), capacity, cut_off_minutes })

export const deliveryView = (row: Row): OrderDelivery =>
  row.kind === "pick_up"
    ? { kind: "pick_up", point: row.point as Extract<OrderDelivery, { kind: "pick_up" }>["point"] }
    : { kind: "delivery", starts_at: new Date(row.starts_at as Date).toISOString(), ends_at: new Date(row.ends_at as Date).toISOString() }
