import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { manifest } from "./manifest"
import pages from "./pages.css?url"
import { ProductCard } from "./ProductCard"
import styles from "./salon.css?url"
import { Chapters } from "./sections/Chapters"
import { Essay } from "./sections/Essay"
import { Frontispiece } from "./sections/Frontispiece"
import { Origins } from "./sections/Origins"
import { Principles } from "./sections/Principles"

export const theme: ThemeSource = {
  manifest,
  locales: { "zh-CN": zh, en },
  styles: [styles, pages],
  Layout,
  ProductCard,
  sections: { "frontispiece": Frontispiece, "origins": Origins, "chapters": Chapters, "principles": Principles, "essay": Essay },
}
