import { type ThemeManifest, resolveTheme } from "@fangshi/contracts"
import { type Theme, type ThemeSource, extendTheme } from "@fangshi/storefront-kit"

const sources = import.meta.glob<ThemeSource>("../../../themes/*/src/theme.ts", { eager: true, import: "theme" })
const manifests = import.meta.glob<ThemeManifest>("../../../themes/*/src/manifest.ts", { eager: true, import: "manifest" })
const styles = import.meta.glob<string>("../../../themes/*/src/theme.css", { eager: true, query: "?inline", import: "default" })

const of = <T>(name: string, all: Record<string, T>): T => {
  const found = Object.entries(all).find(([file]) => file.split("/").at(-3) === name)
  if (!found) throw new Error(`themes/${name} is not complete`)
  return found[1]
}

const themeOf = (name: string): Theme => {
  const source = of(name, sources)
  return extendTheme(source.look.extends ? themeOf(source.look.extends) : null, source)
}

export const themeNames = Object.keys(sources).map((file) => file.split("/").at(-3) ?? "")

/** A theme with all it takes over, what it says of itself, and its style sheet as a text. */
export const wholeTheme = (name: string): { theme: Theme; manifest: ThemeManifest; style: string } => ({ theme: themeOf(name), manifest: resolveTheme(name, (each) => of(each, manifests)), style: of(name, styles) })
