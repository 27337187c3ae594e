import { existsSync } from "node:fs"
import path from "node:path"
import { type ThemeManifest, resolveTheme } from "@fangshi/contracts"
import { REPOSITORY } from "../settings"
import { knownThemes } from "../tenants/deployment"

/** The themes of this deployment, read once at start: data only, their looks belong to the storefront. */
export class ThemeRegistry {
  private constructor(private readonly themes: ReadonlyMap<string, ThemeManifest>) {}

  /** Throws where a theme's manifest is wrong, or extends what is not there. */
  static load(folder = path.join(REPOSITORY, "themes")): ThemeRegistry {
    const own = new Map<string, ThemeManifest>()
    for (const name of knownThemes(folder)) {
      const file = path.join(folder, name, "src/manifest.ts")
      if (!existsSync(file)) throw new Error(`themes/${name} has no src/manifest.ts`)
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- by require, so that theme and server share one copy of contracts
      const { manifest } = require(file) as { manifest: ThemeManifest }
      if (manifest.name !== name) throw new Error(`themes/${name}/src/manifest.ts calls itself ${manifest.name}`)
      own.set(name, manifest)
    }
    return new ThemeRegistry(new Map([...own.keys()].map((name) => [name, resolveTheme(name, (each) => own.get(each))])))
  }

  list(): ThemeManifest[] {
    return [...this.themes.values()]
  }

  find(name: string): ThemeManifest | null {
    return this.themes.get(name) ?? null
  }

  /** The default theme where that one is not deployed any more: the shop stays open. */
  named(name: string): ThemeManifest {
    const theme = this.themes.get(name) ?? this.themes.get("default")
    if (!theme) throw new Error("There is no default theme")
    return theme
  }
}
