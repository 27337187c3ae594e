import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { look } from "./look"
import { ProductCard } from "./ProductCard"
import { Chapters } from "./sections/Chapters"
import { Essay } from "./sections/Essay"
import { Frontispiece } from "./sections/Frontispiece"
import { Origins } from "./sections/Origins"
import { Principles } from "./sections/Principles"
import style from "./theme.css?url"

export const theme: ThemeSource = {
  look,
  locales: { "zh-CN": zh, en },
  style,
  Layout,
  ProductCard,
  sections: { "frontispiece": Frontispiece, "origins": Origins, "chapters": Chapters, "principles": Principles, "essay": Essay },
}
