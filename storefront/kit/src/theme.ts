import type { Locale, SectionQuery, ThemeLook } from "@fangshi/contracts"
import type { ComponentType, ReactNode } from "react"

export type CategoryLink = { handle: string; name: string }

/** A product as a list shows it. Amounts in major units, `origin` a country's two letters. */
export type ProductTile = { handle: string; title: string; subtitle: string | null; picture: string | null; origin: string | null; price: number | null; from: boolean; original_price: number | null; sold_out: boolean }

/** What a section's query brought: `tiles` of its products, `rows` of its categories. */
export type SectionData = { tiles?: ProductTile[]; rows?: { category: CategoryLink; tiles: ProductTile[] }[] }

/** A section with its data, as the page API gives it. */
export type ShownSection = { id: string; type: string; settings: Record<string, unknown>; data: SectionData }

/** `first`: the page's first section, whose pictures are fetched at once. */
export type SectionProps<S = Record<string, unknown>> = { id: string; settings: S; data: SectionData; first: boolean }

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each section has settings of its own shape, checked by its schema before they get here
export type SectionComponent = ComponentType<SectionProps<any>>

type Parts = {
  Layout: ComponentType<{ categories: CategoryLink[]; children: ReactNode }>
  ProductCard: ComponentType<{ product: ProductTile; first?: boolean }>
  Price: ComponentType<{ amount: number; original?: number | null; from?: boolean; size?: "small" | "large" }>
}

/** themes/<name>/src/theme.ts: how a theme looks. Parts it leaves out are those of the theme it extends. */
export type ThemeSource = Partial<Parts> & {
  look: ThemeLook
  locales: Record<Locale, Record<string, unknown>>
  /** Address of its style sheet, imported with ?url: one for a page to wait for. It imports that of the theme it extends first. */
  style: string
  sections: Record<string, SectionComponent>
}

/** What the pages are written against, never against one theme. */
export type Theme = Parts & Required<Pick<ThemeSource, "look" | "style" | "sections">> & {
  locales: ThemeSource["locales"]
  /** Its own and those it extends. */
  names: string[]
}

/** Adds a theme to what it extends: its own parts, sections and texts win. */
export function extendTheme(parent: Theme | null, own: ThemeSource): Theme {
  const { Layout = parent?.Layout, ProductCard = parent?.ProductCard, Price = parent?.Price } = own
  if (!Layout || !ProductCard || !Price) throw new Error(`The theme ${own.look.name} lacks a Layout, a ProductCard or a Price, and extends no theme that has one`)
  return {
    names: [own.look.name, ...(parent?.names ?? [])],
    look: { ...own.look, tokens: { ...parent?.look.tokens, ...own.look.tokens }, dark: { ...parent?.look.dark, ...own.look.dark } },
    Layout,
    ProductCard,
    Price,
    style: own.style,
    sections: { ...parent?.sections, ...own.sections },
    locales: { "zh-CN": { ...parent?.locales["zh-CN"], ...own.locales["zh-CN"] }, en: { ...parent?.locales.en, ...own.locales.en } },
  }
}

export type { SectionQuery }
