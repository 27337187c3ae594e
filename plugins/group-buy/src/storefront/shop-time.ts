import type { Locale } from "@fangshi/contracts"

/** Group purchases are cut off and collected by the clock of China, wherever somebody looks at them. */
export const SHOP_ZONE = "Asia/Shanghai"
export const SHOP_OFFSET = "+08:00"

/** Month, day, hour and minute of an instant. */
export const shopTime = (instant: string, locale: Locale): string => new Intl.DateTimeFormat(locale, { timeZone: SHOP_ZONE, month: "short", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant))
