import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { manifest } from "./manifest"
import styles from "./night.css?url"
import pages from "./pages.css?url"
import { ProductCard } from "./ProductCard"
import { BarMenu } from "./sections/BarMenu"
import { Packages } from "./sections/Packages"
import { Rooms } from "./sections/Rooms"
import { Stage } from "./sections/Stage"

export const theme: ThemeSource = {
  manifest,
  locales: { "zh-CN": zh, en },
  styles: [styles, pages],
  Layout,
  ProductCard,
  sections: { "stage": Stage, "rooms": Rooms, "packages": Packages, "bar-menu": BarMenu },
}
