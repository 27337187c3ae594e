import type { Locale } from "@fangshi/contracts"

/** Month, day, hour and minute of an instant, by the shop's clock: that is the one people are cut off and collect by, wherever they are. */
export const shopTime = (instant: string, locale: Locale, timeZone: string): string => new Intl.DateTimeFormat(locale, { timeZone, month: "short", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant))

/** What a field of day and time shows at an instant (ms), as 2026-01-31T23:00. */
export const fieldTime = (ms: number, timeZone: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(ms).replace(" ", "T")

/** The instant that such a field says. An hour that summer time leaves out is the one after it. */
export function instantOf(field: string, timeZone: string): string {
  const asUtc = Date.parse(`${field}:00Z`)
  const ahead = (ms: number) => Date.parse(`${fieldTime(ms, timeZone)}:00Z`) - ms
  // The difference to UTC at that time there, which may be another than at the first guess.
  return new Date(asUtc - ahead(asUtc - ahead(asUtc))).toISOString()
}
