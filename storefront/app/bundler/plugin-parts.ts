import { existsSync, readFileSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import type { Plugin } from "vite"

/** Names which script of the client build holds which plugin's parts. Beside the assets, so that it is not served. */
export const PLUGIN_SCRIPTS = "plugin-scripts.json"

const VIRTUAL = "virtual:fangshi-plugins"
const ENTRIES = ["src/storefront/index.ts", "src/storefront/index.tsx"]

type Found = { name: string; entry: string }

function partsIn(folder: string): Found[] {
  const entry = ENTRIES.map((each) => path.join(folder, each)).find(existsSync)
  if (!entry) return []
  const { name } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { name: string }
  return [{ name, entry }]
}

/** Plugins with parts in the storefront: those in plugins/ and those the operator adds with FANGSHI_PLUGINS, by path or package. */
export function findPluginParts(root: string, added = process.env.FANGSHI_PLUGINS ?? ""): Found[] {
  const require = createRequire(path.join(root, "package.json"))
  const own = readdirSync(path.join(root, "plugins"), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [path.join(root, "plugins", each.name)] : []))
  const others = added.split(",").map((each) => each.trim()).filter(Boolean).map((each) => path.dirname(require.resolve(path.join(each, "package.json"))))
  return [...own, ...others].flatMap(partsIn).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Builds the parts of each plugin as a script of its own, which no other script names: a page brings the address of
 * those its shop has switched on, and a shop that has not never hears of them. The server takes in all.
 */
export function pluginParts(root: string): Plugin {
  const found = findPluginParts(root)
  const scripts = new Map<string, string>()
  return {
    name: "fangshi-plugin-parts",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return undefined
      return [...found.map(({ entry }, i) => `import { storefront as p${i} } from ${JSON.stringify(entry)}`), `export default [${found.map(({ name }, i) => `[${JSON.stringify(name)}, p${i}]`).join(", ")}]`].join("\n")
    },
    buildStart() {
      if (this.environment.name !== "client" || this.environment.mode !== "build") return
      // A neutral file name: it is the shop's business which trades it has.
      // Of two of one name the bundler would name the second's address for both.
      for (const [i, { name, entry }] of found.entries()) scripts.set(name, this.emitFile({ type: "chunk", id: entry, name: `part-${i}`, preserveSignature: "strict" }))
    },
    generateBundle() {
      if (this.environment.name !== "client") return
      const addresses = Object.fromEntries([...scripts].map(([name, reference]) => [name, `/${this.getFileName(reference)}`]))
      this.emitFile({ type: "asset", fileName: PLUGIN_SCRIPTS, source: JSON.stringify(addresses) })
    },
  }
}
