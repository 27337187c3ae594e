import type { Theme } from "@fangshi/storefront-kit"
import { Hero } from "./Hero"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { Price } from "./Price"
import { ProductCard } from "./ProductCard"
import "./styles.css"

export const theme: Theme = {
  manifest: {
    name: "default",
    title: { "zh-CN": "素坊", en: "Plain market" },
    version: "0.1.0",
    tokens: {
      "primary": "#b3261e",
      "accent": "#f2a33a",
      "ink": "#1d2129",
      "ink-soft": "#5c6370",
      "line": "#e9e7e3",
      "ground": "#f6f4f1",
      "card": "#ffffff",
      "price": "#d4281c",
      "radius": "14px",
    },
  },
  locales: { "zh-CN": zh, en },
  Layout,
  Hero,
  ProductCard,
  Price,
}
