import type { Locale, ThemeManifest } from "@fangshi/contracts"
import type { ComponentType, ReactNode } from "react"

export type CategoryLink = { handle: string; name: string }

/** A product as a list shows it. Amounts in major units. */
export type ProductTile = { handle: string; title: string; subtitle: string | null; picture: string | null; price: number | null; from: boolean; original_price: number | null; sold_out: boolean }

/** What a theme brings. The pages are written against this, never against one theme. */
export type Theme = {
  manifest: ThemeManifest
  locales: Record<Locale, Record<string, unknown>>
  Layout: ComponentType<{ categories: CategoryLink[]; children: ReactNode }>
  Hero: ComponentType<{ categories: CategoryLink[] }>
  ProductCard: ComponentType<{ product: ProductTile; first?: boolean }>
  Price: ComponentType<{ amount: number; original?: number | null; from?: boolean; size?: "small" | "large" }>
}
