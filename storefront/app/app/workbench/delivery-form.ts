import { type DeliverySlot, type PickUpPoint } from "@fangshi/contracts"

type Field = (name: string) => string
const fieldsOf = (form: FormData): Field => (name) => String(form.get(name) ?? "").trim().slice(0, 300)

/** What is not a number stays NaN, which the server refuses as it refuses what is missing. */
const numberOf = (typed: string) => (typed === "" ? Number.NaN : Number(typed))

/** A point as it was typed; what is wrong with it is for the server to say. */
export function pointOf(form: FormData): PickUpPoint & { open: boolean } {
  const field = fieldsOf(form)
  const both = (name: string) => ({ "zh-CN": field(`${name}_zh`), en: field(`${name}_en`) })
  // Both as a map app shows them: latitude, longitude.
  const [latitude = "", longitude = ""] = field("position").split(/\s*[,\uff0c\s]\s*/)
  return {
    name: both("name"), address: both("address"), opening_hours: both("opening_hours"),
    province: field("province"), city: field("city"), district: field("district"),
    latitude: numberOf(latitude), longitude: numberOf(longitude),
    phone: field("phone") || null, open: field("open") !== "no",
  }
}

/** A slot as it was typed. The cut-off is typed in hours. */
export function slotOf(form: FormData): DeliverySlot & { open: boolean } {
  const field = fieldsOf(form)
  return {
    weekdays: form.getAll("weekday").map(Number),
    from: field("from"), to: field("to") === "00:00" ? "24:00" : field("to"),
    capacity: numberOf(field("capacity")), cut_off_minutes: Math.round(numberOf(field("cut_off_hours")) * 60),
    open: field("open") !== "no",
  }
}
