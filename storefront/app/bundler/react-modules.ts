import { createRequire } from "node:module"
import type { Plugin } from "vite"

const PACKAGES = ["react", "react/jsx-runtime", "react-dom", "react-dom/client"]
const AS_MODULE = "\0fangshi-module:"
const NAME = /^[a-z][\w]*$/i

/**
 * Gives browsers React's packages with named exports, which are written for require. Without it each script of the shop
 * fetches and calls the bundler's helpers for such packages, which are a script of their own.
 */
export function reactModules(): Plugin {
  const require = createRequire(import.meta.url)
  return {
    name: "fangshi-react-modules",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    resolveId: (source, importer, { kind }) => (PACKAGES.includes(source) && kind === "import-statement" && !importer?.startsWith(AS_MODULE) ? AS_MODULE + source : undefined),
    load(id) {
      if (!id.startsWith(AS_MODULE)) return undefined
      const source = id.slice(AS_MODULE.length)
      const names = Object.keys(require(source) as object).filter((name) => NAME.test(name))
      return { code: `import whole from ${JSON.stringify(source)}\nexport default whole\n${names.map((name) => `export const ${name} = whole.${name}`).join("\n")}`, moduleSideEffects: false }
    },
  }
}
