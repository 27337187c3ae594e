import type { ThemeSource } from "@fangshi/storefront-kit"
import account from "./account.css?url"
import afterSaleStyles from "./after-sales.css?url"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { manifest } from "./manifest"
import { Price } from "./Price"
import { ProductCard } from "./ProductCard"
import { Banner } from "./sections/Banner"
import { CategoryGrid } from "./sections/CategoryGrid"
import { CategoryRows } from "./sections/CategoryRows"
import { Hero } from "./sections/Hero"
import { Notice } from "./sections/Notice"
import { ProductGrid } from "./sections/ProductGrid"
import { RichText } from "./sections/RichText"
import pickUpStyles from "./pick-up.css?url"
import reviewStyles from "./reviews.css?url"
import styles from "./styles.css?url"

export const theme: ThemeSource = {
  manifest,
  locales: { "zh-CN": zh, en },
  styles: [styles, account, pickUpStyles, reviewStyles, afterSaleStyles],
  Layout,
  ProductCard,
  Price,
  sections: { "hero": Hero, "notice": Notice, "category-grid": CategoryGrid, "product-grid": ProductGrid, "category-rows": CategoryRows, "banner": Banner, "rich-text": RichText },
}
