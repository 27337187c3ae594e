import { existsSync } from "node:fs"
import path from "node:path"
import { startHost } from "@fangshi/server"
import { STOREFRONT_SERVER } from "@fangshi/server/src/front-door/storefront"
import { REPOSITORY, storefrontBuild } from "@fangshi/server/src/settings"
import { printError } from "./steps"

/** What one host of `fangshi dev` is told: to load what the host before it needed, then to start. */
export type DevOrder = { warm: string[] } | "start"
/** What it answers once it serves: its address, and what the next one may load beforehand. */
export type DevReady = { url: string; loaded: string[] }
export type DevAnswer = DevReady | "loaded"

const PACKAGE = /[\\/]node_modules[\\/]/
const below = (folder: string) => path.join(REPOSITORY, folder) + path.sep
/** Of the platform, of its themes and of the plugins it ships. */
const OWN = ["core/contracts/src", "core/kernel/src", "core/server/src", "themes"].map(below)
const PLUGINS = below("plugins")
const STEPS = /[\\/](?:workflows-sdk|core-flows)[\\/]/
const HOOKS = below("core/server/src/workflows")
const pluginOf = (file: string) => (file.startsWith(PLUGINS) ? file.slice(PLUGINS.length).split(path.sep)[0] : undefined)

/** What the next process may load before it starts. Hooks and steps of workflows are left to the start, whose wraps see them come. */
function loadable(): string[] {
  const files = Object.keys(require.cache)
  const makesSteps = (file: string) => require.cache[file]?.children.some(({ id }) => STEPS.test(id))
  const left = new Set(files.filter(makesSteps).map(pluginOf))
  const isOwn = (file: string) => (OWN.some((folder) => file.startsWith(folder)) && !file.startsWith(HOOKS)) || (pluginOf(file) !== undefined && !left.has(pluginOf(file)))
  return files.filter((file) => PACKAGE.test(file) || isOwn(file))
}

const pages = () => existsSync(path.join(storefrontBuild(), "server/index.js"))

async function warm(files: readonly string[]) {
  for (const file of files) {
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files they are is known only now
      require(file)
    } catch {
      // Not loadable by itself: the start loads it in its turn, or fails in its turn.
    }
  }
  if (pages()) await import(STOREFRONT_SERVER).catch(() => undefined)
  process.send?.("loaded" satisfies DevAnswer)
}

/** Shop pages only where they have been built. */
async function start() {
  const host = await startHost({ storefront: pages() })
  process.once("SIGTERM", () => void host.shutdown().then(() => process.exit(0), () => process.exit(1)))
  process.send?.({ url: host.url, loaded: loadable() } satisfies DevReady)
}

process.on("message", (order: DevOrder) => {
  if (order !== "start") return void warm(order.warm)
  start().catch((error: unknown) => {
    printError(error)
    process.exit(1)
  })
})
// Whoever watches the files is gone.
process.once("disconnect", () => process.exit(0))
