import type { Locale } from "@fangshi/contracts"

export type MoneyParts = { symbol: string; whole: string; fraction: string }

const formatters = new Map<string, Intl.NumberFormat>()

/** Made once: making one takes longer than all the prices of a page. */
function formatter(currency_code: string, locale: Locale): Intl.NumberFormat {
  const key = `${locale} ${currency_code}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, { style: "currency", currency: currency_code.toUpperCase(), currencyDisplay: "narrowSymbol" })
  formatters.set(key, made)
  return made
}

/** A price in major units as the locale writes it, e.g. ¥39.90. */
export const formatMoney = (amount: number, currency_code: string, locale: Locale): string => formatter(currency_code, locale).format(amount)

/** The same in parts, so that a theme can set the symbol small and the figure large. */
export function moneyParts(amount: number, currency_code: string, locale: Locale): MoneyParts {
  const parts = formatter(currency_code, locale).formatToParts(amount)
  const pick = (...types: string[]) => parts.filter((part) => types.includes(part.type)).map((part) => part.value).join("")
  return { symbol: pick("currency"), whole: pick("minusSign", "integer", "group"), fraction: pick("decimal", "fraction") }
}
