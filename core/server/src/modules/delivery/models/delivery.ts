import { model } from "@medusajs/framework/utils"

/** Where buyers collect their goods. */
export const PickUpPoint = model.define("pick_up_point", {
  id: model.id({ prefix: "pup" }).primaryKey(),
  /** Its name in tenant.yaml; null where the workbench made it. */
  code: model.text().nullable(),
  seed_digest: model.text().nullable(),
  /** Texts in both languages. */
  name: model.json(),
  address: model.json(),
  opening_hours: model.json(),
  /** As they are written on parcels, to be compared with a buyer's address. */
  province: model.text(),
  city: model.text(),
  district: model.text(),
  latitude: model.float(),
  longitude: model.float(),
  phone: model.text().nullable(),
  open: model.boolean().default(true),
})

/** A weekly rule: when the shop delivers, and to how many on a day. */
export const DeliverySlot = model.define("delivery_slot", {
  id: model.id({ prefix: "dslot" }).primaryKey(),
  code: model.text().nullable(),
  seed_digest: model.text().nullable(),
  /** Digits, 1 is Monday: 12345 is every working day. */
  weekdays: model.text(),
  /** Minutes after midnight of the shop's own clock. */
  from_minute: model.number(),
  to_minute: model.number(),
  capacity: model.number(),
  cut_off_minutes: model.number(),
  open: model.boolean().default(true),
})

/** What was chosen for a cart. Once that is an order it no longer changes, and takes a place unless the order is cancelled. */
export const OrderDelivery = model.define("order_delivery", {
  id: model.id({ prefix: "odel" }).primaryKey(),
  cart_id: model.text(),
  kind: model.text(),
  pick_up_point_id: model.text().nullable(),
  delivery_slot_id: model.text().nullable(),
  /** YYYY-MM-DD of the shop's own calendar. */
  day: model.text().nullable(),
  /** The point as it was when the order was placed. */
  point: model.json().nullable(),
  starts_at: model.dateTime().nullable(),
  ends_at: model.dateTime().nullable(),
})
