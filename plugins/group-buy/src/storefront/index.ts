import { type SlotEntry, definePluginStorefront } from "@fangshi/storefront-kit"
import type { CampaignView } from "../contract"
import en from "../locales/en.json"
import zh from "../locales/zh-CN.json"
import { HomeStrip } from "./HomeStrip"
import { MenuEntries } from "./MenuEntries"
import { ProductPanel } from "./ProductPanel"
import style from "./group-buy.css?url"

const homeStrip: SlotEntry<"home.below-hero"> = {
  slot: "home.below-hero",
  order: 10,
  load: async ({ get }) => {
    const { campaigns } = await get<{ campaigns: CampaignView[] }>("/store/group-buy/campaigns")
    return campaigns.length ? campaigns.slice(0, 8) : null
  },
  component: HomeStrip,
}

const productPanel: SlotEntry<"product.below-price"> = {
  slot: "product.below-price",
  order: 10,
  load: async ({ get, product_id }) => {
    const { campaigns } = await get<{ campaigns: CampaignView[] }>(`/store/group-buy/campaigns?product_id=${encodeURIComponent(product_id)}`)
    return campaigns.length ? campaigns.slice(0, 3) : null
  },
  component: ProductPanel,
}

const menu: SlotEntry<"account.menu"> = { slot: "account.menu", order: 10, component: MenuEntries }

export const storefront = definePluginStorefront({ slots: [homeStrip, productPanel, menu], locales: { "zh-CN": zh, en }, styles: [style], later: () => import("./pages") })
