import { useShop, useTranslation } from "@fangshi/storefront-kit"

/** 1 is Monday; the fifth of January 1970 was one. */
export const weekdayName = (weekday: number, locale: string): string => new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(1970, 0, 4 + weekday))

/** Writes weekdays in the page's language. */
export function useWeekdays(): (weekdays: number[]) => string {
  const { t } = useTranslation()
  const { locale } = useShop()
  const list = new Intl.ListFormat(locale, { style: "narrow", type: "unit" })
  return (weekdays) => (weekdays.length === 7 ? t("delivery.daily") : list.format(weekdays.map((weekday) => weekdayName(weekday, locale))))
}
