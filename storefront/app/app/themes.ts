import type { Theme } from "@fangshi/storefront-kit"

const modules = import.meta.glob<{ theme: Theme }>("../../../themes/*/src/theme.ts", { eager: true })
const themes = new Map(Object.values(modules).map(({ theme }) => [theme.manifest.name, theme]))

/** The theme a tenant chose; the default one where that theme is not built in. */
export function themeNamed(name: string): Theme {
  const theme = themes.get(name) ?? themes.get("default")
  if (!theme) throw new Error("No theme is built in")
  return theme
}
