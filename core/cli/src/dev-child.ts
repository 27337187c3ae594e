import { existsSync } from "node:fs"
import path from "node:path"
import { startHost } from "@fangshi/server"
import { storefrontBuild } from "@fangshi/server/src/settings"
import { printError } from "./steps"

/** What one host of `fangshi dev` is told: to load packages that the host before it needed, then to start. */
export type DevOrder = { warm: string[] } | "start"
/** What it answers once it serves: its address, and the files of packages it has loaded. */
export type DevReady = { url: string; loaded: string[] }

const PACKAGE = /[\\/]node_modules[\\/]/

function warm(files: readonly string[]) {
  for (const file of files) {
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- which files they are is known only now
      require(file)
    } catch {
      // Not loadable by itself: the start loads it in its turn, or fails in its turn.
    }
  }
}

/** Shop pages only where they have been built. */
async function start() {
  const host = await startHost({ storefront: existsSync(path.join(storefrontBuild(), "server/index.js")) })
  process.once("SIGTERM", () => void host.shutdown().then(() => process.exit(0), () => process.exit(1)))
  process.send?.({ url: host.url, loaded: Object.keys(require.cache).filter((file) => PACKAGE.test(file)) } satisfies DevReady)
}

process.on("message", (order: DevOrder) => {
  if (order !== "start") return warm(order.warm)
  start().catch((error: unknown) => {
    printError(error)
    process.exit(1)
  })
})
// Whoever watches the files is gone.
process.once("disconnect", () => process.exit(0))
