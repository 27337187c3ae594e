import { SLOT_DAYS } from "@fangshi/contracts"

/** A weekly rule, in minutes after midnight of the shop's own clock; weekdays as digits, 1 is Monday. */
export type SlotRule = { id: string; weekdays: string; from_minute: number; to_minute: number; cut_off_minutes: number }

/** A rule on one day of the shop's own calendar, as instants. */
export type SlotDay<R extends SlotRule = SlotRule> = { rule: R; day: string; starts_at: number; ends_at: number }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** YYYY-MM-DD of an instant on the calendar of a zone. */
export const dayIn = (instant: number, time_zone: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone: time_zone, dateStyle: "short" }).format(instant)

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function aheadOfUtc(instant: number, time_zone: string): number {
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: time_zone, dateStyle: "short", timeStyle: "medium" }).format(instant)
  return Date.parse(`${shown.replace(" ", "T")}Z`) - Math.floor(instant / 1_000) * 1_000
}

/** When the clocks of a zone show so many minutes after midnight of a day. A time that the clocks skip is the one they go on with. */
export function instantOf(day: string, minute: number, time_zone: string): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS
  const guess = asUtc - aheadOfUtc(asUtc, time_zone)
  return asUtc - aheadOfUtc(guess, time_zone)
}

const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
const weekdayOf = (day: string) => String(new Date(`${day}T00:00:00Z`).getUTCDay() || 7)

/** What can still be booked now and on the coming days, in the order of time. After its cut-off a slot of a day is gone. */
export function slotDays<R extends SlotRule>(rules: R[], now: number, time_zone: string): SlotDay<R>[] {
  const days = [dayIn(now, time_zone)]
  while (days.length < SLOT_DAYS) days.push(nextDay(days.at(-1) ?? ""))
  return days
    .flatMap((day) => rules.filter((rule) => rule.weekdays.includes(weekdayOf(day))).map((rule) => ({ rule, day, starts_at: instantOf(day, rule.from_minute, time_zone), ends_at: instantOf(day, rule.to_minute, time_zone) })))
    .filter(({ rule, starts_at }) => now <= starts_at - rule.cut_off_minutes * MINUTE_MS)
    .sort((x, y) => x.starts_at - y.starts_at || x.ends_at - y.ends_at || (x.rule.id < y.rule.id ? -1 : 1))
}

/** 09:30 as minutes after midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Minutes after midnight as 09:30. */
export const timeOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`
