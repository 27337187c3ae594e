import { existsSync } from "node:fs"
import path from "node:path"
import { startHost } from "@fangshi/server"
import { STOREFRONT_SERVER } from "@fangshi/server/src/front-door/storefront"
import { REPOSITORY, storefrontBuild } from "@fangshi/server/src/settings"
import { printError } from "./steps"

/** What one host of `fangshi dev` is told: to load what the host before it needed, then to start. */
export type DevOrder = { warm: string[] } | "start"
/** What it answers once it serves: its address, and the files of packages and of the platform it has loaded. */
export type DevReady = { url: string; loaded: string[] }

const PACKAGE = /[\\/]node_modules[\\/]/
/** The platform's own folders, none of a plugin's files among them; hooks of workflows are left to the start, whose wraps see them come. */
const PLATFORM = ["contracts/src", "kernel/src", "server/src"].map((folder) => path.join(REPOSITORY, "core", folder) + path.sep)
const HOOKS = path.join(REPOSITORY, "core/server/src/workflows") + path.sep
const isPlatform = (file: string) => PLATFORM.some((folder) => file.startsWith(folder)) && !file.startsWith(HOOKS)
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
}

/** Shop pages only where they have been built. */
async function start() {
  const host = await startHost({ storefront: pages() })
  process.once("SIGTERM", () => void host.shutdown().then(() => process.exit(0), () => process.exit(1)))
  process.send?.({ url: host.url, loaded: Object.keys(require.cache).filter((file) => PACKAGE.test(file) || isPlatform(file)) } satisfies DevReady)
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
