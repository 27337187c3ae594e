import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { look } from "./look"
import { Price } from "./Price"
import { ProductCard } from "./ProductCard"
import { Banner } from "./sections/Banner"
import { CategoryGrid } from "./sections/CategoryGrid"
import { CategoryRows } from "./sections/CategoryRows"
import { Hero } from "./sections/Hero"
import { Notice } from "./sections/Notice"
import { ProductGrid } from "./sections/ProductGrid"
import { RichText } from "./sections/RichText"
import style from "./theme.css?url"

export const theme: ThemeSource = {
  look,
  locales: { "zh-CN": zh, en },
  style,
  Layout,
  ProductCard,
  Price,
  sections: { "hero": Hero, "notice": Notice, "category-grid": CategoryGrid, "product-grid": ProductGrid, "category-rows": CategoryRows, "banner": Banner, "rich-text": RichText },
}
