import { type Theme, type ThemeSource, extendTheme } from "@fangshi/storefront-kit"

// A chunk each: a shop's visitors load its own theme and no other.
const loaders = Object.fromEntries(
  Object.entries(import.meta.glob<{ theme: ThemeSource }>("../../../themes/*/src/theme.ts")).map(([file, load]) => [file.split("/").at(-3) ?? "", load]),
)
const themes = new Map<string, Theme>()

/** The theme's own name; that of the default one where it is not built in. */
export const builtIn = (name: string): string => (name in loaders ? name : "default")

/** Loads a theme with those it extends; afterwards themeNamed knows it. */
export async function loadTheme(name: string): Promise<Theme> {
  const known = themes.get(builtIn(name))
  if (known) return known
  const source = (await loaders[builtIn(name)]?.())?.theme
  if (!source) throw new Error("No theme is built in")
  const theme = extendTheme(source.look.extends ? await loadTheme(source.look.extends) : null, source)
  themes.set(source.look.name, theme)
  return theme
}

/** For the server, which shows every shop. */
export const loadAllThemes = (): Promise<Theme[]> => Promise.all(Object.keys(loaders).map(loadTheme))

/** A theme that was loaded. */
export function themeNamed(name: string): Theme {
  const theme = themes.get(builtIn(name))
  if (!theme) throw new Error(`The theme ${name} was not loaded`)
  return theme
}
