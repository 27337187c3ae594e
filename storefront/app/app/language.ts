import type { Locale } from "@fangshi/contracts"
import i18next, { type i18n } from "i18next"
import { initReactI18next } from "react-i18next"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { themeNamed } from "./themes"

/** One instance per page: on the server, two requests in two languages run at once. */
export function languageOf(locale: Locale, theme: string): i18n {
  const { locales } = themeNamed(theme)
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: "zh-CN",
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { "zh-CN": { translation: { ...zh, ...locales["zh-CN"] } }, en: { translation: { ...en, ...locales.en } } },
  })
  return instance
}
