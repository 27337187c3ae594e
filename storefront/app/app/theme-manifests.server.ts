import { type ThemeManifest, resolveTheme } from "@fangshi/contracts"

const own = new Map(Object.values(import.meta.glob<ThemeManifest>("../../../themes/*/src/manifest.ts", { eager: true, import: "manifest" })).map((manifest) => [manifest.name, manifest]))
const resolved = new Map([...own.keys()].map((name) => [name, resolveTheme(name, (each) => own.get(each))]))

/** What a theme says of its sections; the default one's where a tenant's theme is not built in. */
export function manifestNamed(name: string): ThemeManifest {
  const manifest = resolved.get(name) ?? resolved.get("default")
  if (!manifest) throw new Error("No theme is built in")
  return manifest
}
