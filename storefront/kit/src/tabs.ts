import { useShop } from "./ShopProvider"
import type { CategoryLink } from "./theme"
import { useTranslation } from "./use-translation"

export type TabKey = "home" | "categories" | "cart" | "account"

/** A place at the thumb. `end`: it is marked on its own page only; `count`: pieces or unread notices to show beside it. */
export type Tab = { key: TabKey; to: string; label: string; end: boolean; count: number }

/** The main places of a shop, for the bar or menu of a theme's Layout. */
export function useTabs(categories: CategoryLink[]): Tab[] {
  const { t } = useTranslation()
  const { cart_count, unread_count } = useShop()
  return [
    { key: "home", to: "/", label: t("layout.home"), end: true, count: 0 },
    { key: "categories", to: `/c/${categories[0]?.handle ?? "all"}`, label: t("layout.categories"), end: false, count: 0 },
    { key: "cart", to: "/cart", label: t("layout.cartShort"), end: false, count: cart_count },
    { key: "account", to: "/account", label: t("account.tab"), end: false, count: unread_count },
  ]
}
