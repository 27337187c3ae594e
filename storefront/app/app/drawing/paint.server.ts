import type { ShopContext } from "@fangshi/contracts"
import sharp, { type OverlayOptions } from "sharp"
import { themeNamed } from "../themes"

const MOST_SECONDS = 10

/** The colours of a shop as its pages have them by day. */
export function coloursOf({ theme, brand }: Pick<ShopContext, "theme" | "brand">) {
  const { tokens } = themeNamed(theme).look
  const of = (name: string, otherwise: string) => tokens[name] ?? otherwise
  return { primary: brand.primary_colour, accent: brand.accent_colour, ground: of("ground", "#ffffff"), card: of("card", "#ffffff"), ink: of("ink", "#1a1a1a"), soft: of("ink-soft", "#555555"), line: of("line", "#e5e5e5"), price: of("price", brand.primary_colour) }
}

/** An SVG without texts as a PNG, with other pictures on it. */
export const paint = (svg: string, { over = [], palette = true }: { over?: OverlayOptions[]; palette?: boolean } = {}): Promise<Buffer> =>
  sharp(Buffer.from(svg)).composite(over).png({ palette, quality: 92, effort: 4 }).timeout({ seconds: MOST_SECONDS }).toBuffer()
