import { type ReactNode, createContext, useContext } from "react"
import type { Theme } from "./theme"

const ThemeOfPage = createContext<Theme | null>(null)

/** Makes the theme's parts known to pages and sections, so that a theme that extends another one changes its parts everywhere. */
export const ThemeProvider = ({ theme, children }: { theme: Theme; children: ReactNode }) => <ThemeOfPage.Provider value={theme}>{children}</ThemeOfPage.Provider>

/** The theme of this page. Throws outside a ThemeProvider. */
export function useTheme(): Theme {
  const theme = useContext(ThemeOfPage)
  if (!theme) throw new Error("useTheme needs a ThemeProvider around it")
  return theme
}
