import type { Locale, LocalizedText, ShopContext } from "@fangshi/contracts"
import { keep } from "./kept.server"
import { shopApi } from "./shop-api.server"

/** The name of who sells a product under the shop's roof; null where it is the shop itself. */
export const loadMerchant = (shop: ShopContext, locale: Locale, product_id: string): Promise<string | null> =>
  keep(shop, locale, `merchant|${product_id}`, async () => {
    const { merchant } = await shopApi(shop, locale).client.fetch<{ merchant: { name: LocalizedText } | null }>(`/store/products/${product_id}/merchant`)
    return merchant?.name[locale] ?? null
  })
