import type { ThemeSource } from "@fangshi/storefront-kit"
import { Layout } from "./Layout"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { look } from "./look"
import { ProductCard } from "./ProductCard"
import { BarMenu } from "./sections/BarMenu"
import { Packages } from "./sections/Packages"
import { Rooms } from "./sections/Rooms"
import { Stage } from "./sections/Stage"
import style from "./theme.css?url"

export const theme: ThemeSource = {
  look,
  locales: { "zh-CN": zh, en },
  style,
  Layout,
  ProductCard,
  sections: { "stage": Stage, "rooms": Rooms, "packages": Packages, "bar-menu": BarMenu },
}
