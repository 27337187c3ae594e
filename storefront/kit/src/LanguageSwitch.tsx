import { useTranslation } from "react-i18next"
import { Form, useLocation } from "react-router"
import { useShop } from "./ShopProvider"

/** Leads to the same page in the shop's other language; nothing where the shop has one language. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const { locale, locales } = useShop()
  const { pathname, search } = useLocation()
  if (locales.length < 2) return null
  const other = locale === "en" ? "zh-CN" : "en"
  return (
    <Form method="post" action="/locale" reloadDocument className="fs-language">
      <input type="hidden" name="back" value={pathname + search} />
      <button type="submit" name="locale" value={other} lang={other} aria-label={t("layout.switchLanguage")}>{other === "en" ? "EN" : "中文"}</button>
    </Form>
  )
}
