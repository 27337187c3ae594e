import type { Locale } from "@fangshi/contracts"

/** What a country is called in a language, from its two letters; the letters themselves where they name no country. */
export function countryName(code: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code.toUpperCase()) ?? code.toUpperCase()
  } catch {
    return code.toUpperCase()
  }
}
