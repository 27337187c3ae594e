import type { Locale } from "@fangshi/contracts"

/** A moment as the shop's clock shows it, in the page's language. */
export const dayAndTime = (moment: string | Date, locale: Locale, time_zone: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: time_zone }).format(new Date(moment))
