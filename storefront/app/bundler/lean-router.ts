import path from "node:path"
import type { Plugin } from "vite"

const [DEVELOPMENT, PRODUCTION] = ["development", "production"].map((name) => path.join("react-router", "dist", name)) as [string, string]

/** By its name alone the router is the build that warns developers, in words which no visitor reads; the other one lies beside it. */
export function leanRouter(): Plugin {
  return {
    name: "fangshi-lean-router",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    async resolveId(source, importer, options) {
      if (!/^react-router(?:\/dom)?$/.test(source)) return undefined
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      return found && { ...found, id: found.id.replace(DEVELOPMENT, PRODUCTION) }
    },
  }
}
