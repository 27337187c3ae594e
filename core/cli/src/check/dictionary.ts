import { LOCALES, type Locale } from "@fangshi/contracts"

/** All texts of one file under their full keys: { "cart.title": "Cart" }. */
export type Dictionary = Record<string, string>

/** Flattens nested texts. Throws TypeError where a value is neither a text nor an object of texts. */
export function flattenTexts(texts: unknown, prefix = ""): Dictionary {
  if (typeof texts !== "object" || texts === null || Array.isArray(texts)) throw new TypeError(`“${prefix}” is not an object of texts`)
  return Object.entries(texts).reduce<Dictionary>((flat, [name, value]) => {
    const key = prefix === "" ? name : `${prefix}.${name}`
    return typeof value === "string" ? { ...flat, [key]: value } : { ...flat, ...flattenTexts(value, key) }
  }, {})
}

const PLACEHOLDER = /\{\{\s*-?\s*([\w.]+)[^}]*\}\}/g
// Chinese has one form where English has two, so the forms of one key are compared together.
const MEANING = /^(.+?)(?:_(?:zero|one|two|few|many|other))?$/

/** The key that code asks for: item_one and item_other are both asked for as item. */
export const askedKey = (key: string): string => MEANING.exec(key)?.[1] ?? key

/** What is wrong between the languages of one folder: missing keys, empty texts, unequal {{placeholders}}, missing plural forms. */
export function dictionaryProblems(dictionaries: Record<Locale, Dictionary>): string[] {
  const meanings = Object.fromEntries(LOCALES.map((locale) => [locale, byMeaning(dictionaries[locale])])) as Record<Locale, Map<string, Dictionary>>
  const keys = [...new Set(LOCALES.flatMap((locale) => [...meanings[locale].keys()]))].sort()
  const perKey = keys.flatMap((key) => {
    const missing = LOCALES.filter((locale) => !meanings[locale].has(key))
    if (missing.length > 0) return [`${key} is missing in ${missing.join(", ")}`]
    const [first, ...others] = LOCALES.map((locale) => placeholders(meanings[locale].get(key) ?? {}))
    const unequal = others.some((other) => other !== first) ? [`${key} has different placeholders: ${[first, ...others].map((names) => names || "none").join(" / ")}`] : []
    return [...unequal, ...LOCALES.flatMap((locale) => pluralProblems(locale, key, meanings[locale].get(key) ?? {}))]
  })
  const empty = LOCALES.flatMap((locale) =>
    Object.entries(dictionaries[locale]).filter(([, text]) => text.trim() === "").map(([key]) => `${key} is empty in ${locale}`),
  )
  return [...perKey, ...empty]
}

function byMeaning(dictionary: Dictionary): Map<string, Dictionary> {
  const meanings = new Map<string, Dictionary>()
  for (const [key, text] of Object.entries(dictionary)) {
    const asked = askedKey(key)
    meanings.set(asked, { ...meanings.get(asked), [key]: text })
  }
  return meanings
}

// English may leave out {{count}} in the form for one ("one item left").
const placeholders = (forms: Dictionary): string =>
  [...new Set(Object.values(forms).flatMap((text) => [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "")))].sort().join(", ")

function pluralProblems(locale: Locale, key: string, forms: Dictionary): string[] {
  if (key in forms || !placeholders(forms).split(", ").includes("count")) return []
  const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  return wanted.filter((category) => !(`${key}_${category}` in forms)).map((category) => `${key}_${category} is missing in ${locale}`)
}
