import type { Locale } from "@fangshi/contracts"

export type MoneyParts = { symbol: string; whole: string; fraction: string }

const formatter = (currency_code: string, locale: Locale) => new Intl.NumberFormat(locale, { style: "currency", currency: currency_code.toUpperCase(), currencyDisplay: "narrowSymbol" })

/** A price in major units as the locale writes it, e.g. ¥39.90. */
export const formatMoney = (amount: number, currency_code: string, locale: Locale): string => formatter(currency_code, locale).format(amount)

/** The same in parts, so that a theme can set the symbol small and the figure large. */
export function moneyParts(amount: number, currency_code: string, locale: Locale): MoneyParts {
  const parts = formatter(currency_code, locale).formatToParts(amount)
  const pick = (...types: string[]) => parts.filter((part) => types.includes(part.type)).map((part) => part.value).join("")
  return { symbol: pick("currency"), whole: pick("minusSign", "integer", "group"), fraction: pick("decimal", "fraction") }
}
