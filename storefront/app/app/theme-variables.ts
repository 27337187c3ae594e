import type { ThemeLook } from "@fangshi/contracts"

type Colour = [red: number, green: number, blue: number]
type Tokens = Record<string, string>

const BLACK: Colour = [0, 0, 0]
const WHITE: Colour = [255, 255, 255]
/** WCAG 2.2, 1.4.3: text of normal size. */
const READABLE = 4.5

const parse = (hex: string): Colour => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as Colour
const format = (colour: Colour) => `#${colour.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`
const mix = (a: Colour, b: Colour, part: number) => a.map((c, i) => c + ((b[i] ?? 0) - c) * part) as Colour
const isHex = (colour: string | undefined): colour is string => /^#[0-9a-f]{6}$/i.test(colour ?? "")

/** WCAG 2.2 relative luminance. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((channel) => {
    const c = channel / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as Colour
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG 2.2 contrast of two #rrggbb colours, from 1 to 21. */
export const contrast = (a: string, b: string): number => contrastOf(parse(a), parse(b))

function contrastOf(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** What can be read on a colour: white where it will do, else near-black. */
export const inkOn = (ground: string): string => (contrastOf(WHITE, parse(ground)) >= READABLE ? "#ffffff" : "#1a1a1a")

/** The same hue, as much darker or lighter as it takes to be read on `ground`. */
export function readableOn(colour: string, ground: string): string {
  const [ink, paper] = [parse(colour), parse(ground)]
  const towards = luminance(paper) > 0.18 ? BLACK : WHITE
  for (let part = 0; part < 1; part += 0.05) {
    const tried = parse(format(mix(ink, towards, part)))
    if (contrastOf(tried, paper) >= READABLE) return format(tried)
  }
  return format(towards)
}

/** Any shop's colours stay legible: inks on and of the brand's colours are worked out, not chosen. */
function inks({ primary, accent, card }: Tokens): Tokens {
  const of = (name: string, colour: string | undefined): Tokens => (isHex(colour) && isHex(card) ? { [`on-${name}`]: inkOn(colour), [`${name}-ink`]: readableOn(colour, card) } : {})
  return { ...of("primary", primary), ...of("accent", accent) }
}

const rule = (tokens: Tokens) => `:root{${Object.entries(tokens).map(([key, value]) => `--fs-${key}:${value}`).join(";")}}`

const MOST_KNOWN = 500
const known = new WeakMap<object, Map<string, string>>()

/** A theme's tokens as CSS variables, the brand's colours among them, and those for a dark screen; worked out once for a theme and a brand. */
export function themeVariables(theme: Pick<ThemeLook, "tokens" | "dark">, brand: { primary?: string; accent?: string }): string {
  const ofTheme = known.get(theme) ?? new Map<string, string>()
  known.set(theme, ofTheme)
  const key = `${brand.primary} ${brand.accent}`
  const css = ofTheme.get(key) ?? variables(theme, brand)
  if (ofTheme.size < MOST_KNOWN) ofTheme.set(key, css)
  return css
}

function variables({ tokens, dark = {} }: Pick<ThemeLook, "tokens" | "dark">, brand: { primary?: string; accent?: string }): string {
  const light: Tokens = { ...tokens, ...brand }
  const day = `:root{color-scheme:${Object.keys(dark).length ? "light dark" : "normal"}}${rule({ ...light, ...inks(light) })}`
  if (!Object.keys(dark).length) return day
  return `${day}@media (prefers-color-scheme:dark){${rule({ ...dark, ...inks({ ...light, ...dark }) })}}`
}
