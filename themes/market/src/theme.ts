import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { look } from "./look"
import { ProductCard } from "./ProductCard"
import { Bubbles } from "./sections/Bubbles"
import { DealStrip } from "./sections/DealStrip"
import { PickUp } from "./sections/PickUp"
import { StallHero } from "./sections/StallHero"
import { Stalls } from "./sections/Stalls"
import style from "./theme.css?url"

export const theme: ThemeSource = {
  look,
  locales: { "zh-CN": zh, en },
  style,
  Layout,
  ProductCard,
  sections: { "stall-hero": StallHero, "bubbles": Bubbles, "deal-strip": DealStrip, "pick-up": PickUp, "stalls": Stalls },
}
