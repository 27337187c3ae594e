import type { TFunction, i18n } from "i18next"
import { createContext, useContext, useMemo } from "react"

const Language = createContext<i18n | null>(null)

export const LanguageProvider = Language.Provider

/**
 * The words of the page's language: `t` of the shop and its theme, or of a plugin by its package's name. A page keeps its
 * language until it comes anew, so that nothing is watched or copied for each component that reads a text.
 */
export function useTranslation(namespace?: string): { t: TFunction; i18n: i18n } {
  const language = useContext(Language)
  if (!language) throw new Error("LanguageProvider is missing")
  const t = useMemo(() => (namespace ? language.getFixedT(null, namespace) : language.t), [language, namespace])
  return { t, i18n: language }
}
