import { LOCALES, type Locale } from "@fangshi/contracts"

type Texts = Record<string, unknown>

// A chunk each: a visitor reads one language.
const loaders = import.meta.glob<Texts>("./locales/*.json", { import: "default" })
const loaded = new Map<Locale, Texts>()

/** Loads a language's texts; afterwards textsIn has them. */
export async function loadTexts(locale: Locale): Promise<void> {
  const load = loaders[`./locales/${locale}.json`]
  if (!load) throw new Error(`There are no texts in ${locale}`)
  if (!loaded.has(locale)) loaded.set(locale, await load())
}

/** For the server, which speaks all of them. */
export const loadAllTexts = (): Promise<void[]> => Promise.all(LOCALES.map(loadTexts))

/** Texts that were loaded. */
export function textsIn(locale: Locale): Texts {
  const texts = loaded.get(locale)
  if (!texts) throw new Error(`The texts in ${locale} were not loaded`)
  return texts
}
