import type { SeedCatalogue, TenantManifest } from "@fangshi/contracts"

/** Products of every shop, two variants each. */
export const PRODUCTS = 40

export const shopId = (n: number): string => `shop-${String(n).padStart(4, "0")}`

/** The handle of product `n`, counted from 0. */
export const productHandle = (n: number): string => `tea-${String((n % PRODUCTS) + 1).padStart(3, "0")}`

/** All shops are alike but for their names and addresses. */
export const manifestOf = (id: string): TenantManifest => ({
  id,
  name: { "zh-CN": `茶庄 ${id}`, en: `Tea house ${id}` },
  hosts: [`${id}.bench.example`],
  default_locale: "zh-CN",
  locales: ["zh-CN", "en"],
  time_zone: "Asia/Shanghai",
  currency_code: "cny",
  region: { name: "中国", countries: ["cn"] },
  tax: { rate_percent: 13, name: "增值税", code: "VAT", included_in_prices: true },
  warehouse: { name: "总仓", province: "云南省", city: "昆明市", address: "人民路1号" },
  shipping_options: [{ code: "delivery", name: { "zh-CN": "送货上门", en: "Home delivery" }, price_amount: 500 }],
  theme: "default",
  brand: { slogan: { "zh-CN": "好茶", en: "Good tea" }, primary_colour: "#b3261e", accent_colour: "#f2a33a" },
  plugins: [],
  owner: { email: `owner@${id}.example` },
})

/** What every shop sells, the vanilla one too. `shape` is one the drawing code knows. */
export const catalogueOf = (shape: string): SeedCatalogue => ({
  categories: ["green", "black", "dark", "white"].map((handle) => ({ handle, name: { "zh-CN": handle, en: handle } })),
  products: Array.from({ length: PRODUCTS }, (_, n) => ({
    handle: productHandle(n),
    title: { "zh-CN": `云南茶 ${n + 1} 号`, en: `Yunnan tea no. ${n + 1}` },
    subtitle: { "zh-CN": "头春采摘", en: "First flush" },
    description: { "zh-CN": "高山古树，手工揉捻，日光干燥。".repeat(6), en: "From old trees of the high hills, rolled by hand and dried in the sun. ".repeat(4) },
    category: ["green", "black", "dark", "white"][n % 4] ?? "green",
    picture: { shape, colours: ["#2f7fc1", "#f4b63f", "#e4f0fa"] },
    options: [{ name: { "zh-CN": "规格", en: "Size" }, values: ["100g", "250g"] }],
    variants: ["100g", "250g"].map((value, i) => ({ sku: `TEA-${n + 1}-${i + 1}`, values: [value], price_amount: 3900 + 100 * n + 5000 * i, stock: 1_000_000 })),
  })),
})
