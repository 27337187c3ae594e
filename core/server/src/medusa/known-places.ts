import { medusaInternal } from "@fangshi/kernel/src/tenancy/seam"

const UTILS = "@medusajs/utils"
const { defaultCurrencies } = medusaInternal<{ defaultCurrencies: Record<string, unknown> }>(UTILS, "defaults/currencies.js")
const { defaultCountries } = medusaInternal<{ defaultCountries: { alpha2: string }[] }>(UTILS, "defaults/countries.js")

/** Currencies that Medusa knows, in small letters. Its own two lists, read without the thousands of modules that its package loads around them. */
export const CURRENCIES: ReadonlySet<string> = new Set(Object.keys(defaultCurrencies).map((code) => code.toLowerCase()))

/** Countries that Medusa knows, by two small letters. */
export const COUNTRIES: ReadonlySet<string> = new Set(defaultCountries.map((country) => country.alpha2.toLowerCase()))
