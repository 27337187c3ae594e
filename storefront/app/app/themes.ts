import { resolveTheme } from "@fangshi/contracts"
import { type Theme, type ThemeSource, extendTheme } from "@fangshi/storefront-kit"

// A chunk each: a shop's visitors load its own theme and no other.
const loaders = Object.fromEntries(
  Object.entries(import.meta.glob<{ theme: ThemeSource }>("../../../themes/*/src/theme.ts")).map(([file, load]) => [file.split("/").at(-3) ?? "", load]),
)
const sources = new Map<string, ThemeSource>()
const themes = new Map<string, Theme>()

const existing = (name: string) => (name in loaders ? name : "default")

/** Loads a theme with those it extends; afterwards themeNamed knows it. */
export async function loadTheme(name: string): Promise<Theme> {
  const known = themes.get(existing(name))
  if (known) return known
  const source = (await loaders[existing(name)]?.())?.theme
  if (!source) throw new Error("No theme is built in")
  sources.set(source.manifest.name, source)
  const parent = source.manifest.extends ? await loadTheme(source.manifest.extends) : null
  const theme = extendTheme(parent, source, resolveTheme(source.manifest.name, (each) => sources.get(each)?.manifest))
  themes.set(source.manifest.name, theme)
  return theme
}

/** For the server, which shows every shop. */
export const loadAllThemes = (): Promise<Theme[]> => Promise.all(Object.keys(loaders).map(loadTheme))

/** A theme that was loaded; the default one where a tenant's theme is not built in. */
export function themeNamed(name: string): Theme {
  const theme = themes.get(existing(name))
  if (!theme) throw new Error(`The theme ${name} was not loaded`)
  return theme
}
