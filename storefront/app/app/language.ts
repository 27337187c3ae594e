import type { Locale } from "@fangshi/contracts"
import i18next, { type i18n } from "i18next"
import { speakPlugins } from "./plugins"
import { textsIn } from "./texts"
import { themeNamed } from "./themes"

const languages = new Map<string, i18n>()

type Texts = Record<string, unknown>
const added: Record<Locale, Texts>[] = []

/** Adds the texts of pages that few visitors come to: they are loaded with those pages, and not before. */
export function addTexts(texts: Record<Locale, Texts>): void {
  added.push(texts)
  for (const instance of languages.values()) instance.addResourceBundle(instance.language, "shop", texts[instance.language as Locale], true)
}

/** One instance for each language and theme, whose language never changes: on the server, two requests in two languages run at once. */
export function languageOf(locale: Locale, theme: string): i18n {
  const { locales, look } = themeNamed(theme)
  const key = `${locale} ${look.name}`
  const known = languages.get(key)
  if (known) return known
  const instance = i18next.createInstance()
  void instance.init({
    lng: locale,
    initAsync: false,
    interpolation: { escapeValue: false },
    // The theme's words win over the shop's own; both are looked through.
    defaultNS: "theme",
    fallbackNS: "shop",
    resources: { [locale]: { theme: locales[locale], shop: {} } },
  })
  for (const texts of [textsIn(locale), ...added.map((each) => each[locale])]) instance.addResourceBundle(locale, "shop", texts, true)
  speakPlugins(instance, [locale])
  languages.set(key, instance)
  return instance
}
