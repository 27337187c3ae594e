import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { manifest } from "./manifest"
import styles from "./market.css?url"
import pages from "./pages.css?url"
import { ProductCard } from "./ProductCard"
import { Bubbles } from "./sections/Bubbles"
import { DealStrip } from "./sections/DealStrip"
import { PickUp } from "./sections/PickUp"
import { StallHero } from "./sections/StallHero"
import { Stalls } from "./sections/Stalls"

export const theme: ThemeSource = {
  manifest,
  locales: { "zh-CN": zh, en },
  styles: [styles, pages],
  Layout,
  ProductCard,
  sections: { "stall-hero": StallHero, "bubbles": Bubbles, "deal-strip": DealStrip, "pick-up": PickUp, "stalls": Stalls },
}
