import { existsSync, readFileSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import type { Plugin } from "vite"

/** Names which script of the client build holds which plugin's parts. Beside the assets, so that it is not served. */
export const PLUGIN_SCRIPTS = "plugin-scripts.json"

const VIRTUAL = "virtual:fangshi-plugins"
const ENTRIES = ["src/storefront/index.ts", "src/storefront/index.tsx"]

type Found = { name: string; entry: string }
type Package = { name: string; fangshi?: { plugin?: string } }

/** What a plugin is called in addresses, texts and the shop's list of plugins: its manifest's id, which its package names as fangshi.plugin; a plain Medusa plugin's package. */
export const publicId = ({ name, fangshi }: Package): string => fangshi?.plugin ?? name

function partsIn(folder: string): Found[] {
  const entry = ENTRIES.map((each) => path.join(folder, each)).find(existsSync)
  if (!entry) return []
  const found = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Package
  return [{ name: publicId(found), entry }]
}

/** Plugins with parts in the storefront: those in plugins/ and those the operator adds with FANGSHI_PLUGINS, by path or package. */
export function findPluginParts(root: string, added = process.env.FANGSHI_PLUGINS ?? ""): Found[] {
  const require = createRequire(path.join(root, "package.json"))
  const own = readdirSync(path.join(root, "plugins"), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [path.join(root, "plugins", each.name)] : []))
  const others = added.split(",").map((each) => each.trim()).filter(Boolean).map((each) => path.dirname(require.resolve(path.join(each, "package.json"))))
  return [...own, ...others].flatMap(partsIn).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Makes one plugin's parts known by being run. */
const PART = /^\0fangshi-part:(\d+)$/
const partId = (i: number) => `\0fangshi-part:${i}`

/**
 * Builds the parts of each plugin as a script of its own, which no other script names: a page brings the address of
 * those its shop has switched on, and a shop that has not never hears of them. The server takes in all.
 */
export function pluginParts(root: string): Plugin {
  const found = findPluginParts(root)
  return {
    name: "fangshi-plugin-parts",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : PART.test(id) ? id : undefined),
    load(id) {
      const part = found[Number(PART.exec(id)?.[1])]
      if (part) return `import { addPlugin } from ${JSON.stringify(path.join(root, "storefront/app/app/plugins.ts"))}\nimport { storefront } from ${JSON.stringify(part.entry)}\naddPlugin(${JSON.stringify(part.name)}, storefront)`
      if (id !== `\0${VIRTUAL}`) return undefined
      return [...found.map(({ entry }, i) => `import { storefront as p${i} } from ${JSON.stringify(entry)}`), `export default [${found.map(({ name }, i) => `[${JSON.stringify(name)}, p${i}]`).join(", ")}]`].join("\n")
    },
    buildStart() {
      if (this.environment.name !== "client" || this.environment.mode !== "build") return
      found.forEach((_, i) => this.emitFile({ type: "chunk", id: partId(i) }))
    },
    generateBundle(_options, bundle) {
      if (this.environment.name !== "client") return
      const scripts = Object.values(bundle).flatMap((each) => (each.type === "chunk" ? [each] : []))
      const addresses = Object.fromEntries(found.map(({ name }, i) => [name, `/${scripts.find(({ moduleIds }) => moduleIds.includes(partId(i)))?.fileName}`]))
      this.emitFile({ type: "asset", fileName: PLUGIN_SCRIPTS, source: JSON.stringify(addresses) })
    },
  }
}

type Graph = { getModuleInfo: (id: string) => { importedIds: string[] } | null }

/** Whether a module comes at once with another one. */
function comesWith(whole: string, id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (whole === id) return true
  if (seen.has(whole)) return false
  seen.add(whole)
  return (graph.getModuleInfo(whole)?.importedIds ?? []).some((each) => comesWith(each, id, graph, seen))
}

/**
 * Keeps in one script what comes at once with a plugin's parts: the bundler would cut off whatever the plugin's pages need
 * as well. After the groups of what every page needs. A neutral name: it is the shop's business which trades it has.
 */
export function partGroup(root: string) {
  const parts = findPluginParts(root).map((_, i) => i)
  return {
    name(id: string, graph: Graph): string | null {
      const i = parts.find((each) => comesWith(partId(each), id, graph))
      return i === undefined ? null : `part-${i}`
    },
  }
}
