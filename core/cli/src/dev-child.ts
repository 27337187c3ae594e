import { existsSync } from "node:fs"
import path from "node:path"
import { startHost } from "@fangshi/server"
import { storefrontBuild } from "@fangshi/server/src/settings"
import { printError } from "./steps"

/** One host of `fangshi dev`: loads the platform at once, and the plugins when it is told to start. Shop pages only where they have been built. */
process.once("message", () => {
  startHost({ storefront: existsSync(path.join(storefrontBuild(), "server/index.js")) }).then(
    (host) => {
      process.send?.({ url: host.url })
      process.once("SIGTERM", () => void host.shutdown().then(() => process.exit(0), () => process.exit(1)))
    },
    (error: unknown) => {
      printError(error)
      process.exit(1)
    },
  )
})
// Whoever watches the files is gone.
process.once("disconnect", () => process.exit(0))
