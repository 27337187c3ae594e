import { Form, useLocation } from "react-router"
import { useShop } from "./ShopProvider"
import { useTranslation } from "./use-translation"

/** Leads to the same page in the shop's other language; nothing where the shop has one language. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const { locale, locales } = useShop()
  const { pathname, search } = useLocation()
  if (locales.length < 2) return null
  const other = locale === "en" ? "zh-CN" : "en"
  const shown = other === "en" ? "EN" : "中文"
  return (
    <Form method="post" action="/locale" reloadDocument className="fs-language">
      <input type="hidden" name="back" value={pathname + search} />
      {/* What is seen is said first: whoever speaks to the page says what they see. */}
      <button type="submit" name="locale" value={other} lang={other} aria-label={`${shown} – ${t("layout.switchLanguage")}`}>{shown}</button>
    </Form>
  )
}
