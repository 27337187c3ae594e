import type { SeedCatalogue, TenantManifest } from "@fangshi/contracts"
import { manifestOf as shopManifest } from "@fangshi/testing/src/shared-host"

/** Products of every shop, two variants each. */
export const PRODUCTS = 40

export const shopId = (n: number): string => `shop-${String(n).padStart(4, "0")}`

/** The handle of product `n`, counted from 0. */
export const productHandle = (n: number): string => handleOf(n % PRODUCTS)

const handleOf = (n: number) => `tea-${String(n + 1).padStart(3, "0")}`

/** All shops are alike but for their names and addresses. */
export const manifestOf = (id: string): TenantManifest =>
  shopManifest(id, { name: { "zh-CN": `茶庄 ${id}`, en: `Tea house ${id}` }, hosts: [`${id}.bench.example`] })

/** What every shop sells, the vanilla one too. `shape` is one the drawing code knows. */
export const catalogueOf = (shape: string, products = PRODUCTS): SeedCatalogue => ({
  categories: ["green", "black", "dark", "white"].map((handle) => ({ handle, name: { "zh-CN": handle, en: handle } })),
  products: Array.from({ length: products }, (_, n) => ({
    handle: handleOf(n),
    title: { "zh-CN": `云南茶 ${n + 1} 号`, en: `Yunnan tea no. ${n + 1}` },
    subtitle: { "zh-CN": "头春采摘", en: "First flush" },
    description: { "zh-CN": "高山古树，手工揉捻，日光干燥。".repeat(6), en: "From old trees of the high hills, rolled by hand and dried in the sun. ".repeat(4) },
    category: ["green", "black", "dark", "white"][n % 4] ?? "green",
    picture: { shape, colours: ["#2f7fc1", "#f4b63f", "#e4f0fa"] },
    options: [{ name: { "zh-CN": "规格", en: "Size" }, values: ["100g", "250g"] }],
    variants: ["100g", "250g"].map((value, i) => ({ sku: `TEA-${n + 1}-${i + 1}`, values: [value], price_amount: 3900 + 100 * n + 5000 * i, stock: 1_000_000 })),
  })),
})
