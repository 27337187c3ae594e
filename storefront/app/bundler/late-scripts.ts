import path from "node:path"
import type { Plugin } from "vite"

/** Names which script of the client build holds which theme, and which the texts of which language. Beside the assets, so that it is not served. */
export const LATE_SCRIPTS = "late-scripts.json"

export type LateScripts = { themes: Record<string, string>; texts: Record<string, string> }

const THEME = /themes\/([^/]+)\/src\/theme\.ts$/
const TEXTS = /storefront\/app\/app\/locales\/([^/]+)\.json$/

/** A page asks at once for its theme and its texts by these addresses, rather than when its first script has found out that it needs them. */
export function lateScripts(): Plugin {
  return {
    name: "fangshi-late-scripts",
    apply: "build",
    generateBundle(_options, bundle) {
      if (this.environment.name !== "client") return
      const addresses = (pattern: RegExp) =>
        Object.fromEntries(
          Object.values(bundle).flatMap((chunk) => {
            const name = chunk.type === "chunk" && chunk.facadeModuleId ? pattern.exec(chunk.facadeModuleId.split(path.sep).join("/"))?.[1] : undefined
            return name ? [[name, `/${chunk.fileName}`]] : []
          }),
        )
      this.emitFile({ type: "asset", fileName: LATE_SCRIPTS, source: JSON.stringify({ themes: addresses(THEME), texts: addresses(TEXTS) } satisfies LateScripts) })
    },
  }
}
