import type { Locale } from "@fangshi/contracts"
import i18next, { type i18n } from "i18next"
import { speakPlugins } from "../plugins"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"

/** The workbench's own words, apart from the shop's: shoppers need not load them; beside them those of plugins. */
export function workbenchLanguage(locale: Locale): i18n {
  const instance = i18next.createInstance()
  void instance.init({ lng: locale, fallbackLng: "zh-CN", initAsync: false, interpolation: { escapeValue: false }, resources: { "zh-CN": { translation: zh }, en: { translation: en } } })
  speakPlugins(instance, ["zh-CN", "en"])
  return instance
}
