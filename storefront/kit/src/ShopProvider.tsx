import type { Locale, ShopContext } from "@fangshi/contracts"
import { type ReactNode, createContext, useContext } from "react"
import { formatMoney } from "./money"

/** What every page knows of its shop; nothing in it is secret. */
export type PublicShop = Pick<ShopContext, "tenant_id" | "name" | "brand" | "theme" | "locales" | "currency_code" | "time_zone"> & { locale: Locale; csp_nonce?: string; cart_count: number; unread_count: number }

const ShopOfPage = createContext<PublicShop | null>(null)

/** Makes the shop known to everything inside. */
export const ShopProvider = ({ shop, children }: { shop: PublicShop; children: ReactNode }) => <ShopOfPage.Provider value={shop}>{children}</ShopOfPage.Provider>

/** The shop of this page. Throws outside a ShopProvider. */
export function useShop(): PublicShop {
  const shop = useContext(ShopOfPage)
  if (!shop) throw new Error("useShop needs a ShopProvider around it")
  return shop
}

/** Formats major units in the shop's currency and the page's language. */
export function useMoney(): (amount: number) => string {
  const { currency_code, locale } = useShop()
  return (amount) => formatMoney(amount, currency_code, locale)
}
