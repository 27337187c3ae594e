import path from "node:path"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { createServer } from "vite"
import type * as Pages from "./pages"

/** The gallery's pages, built as the storefront builds its own: style sheets come out as a browser gets them. */
export async function loadPages<T>(work: (pages: typeof Pages) => Promise<T>): Promise<T> {
  const vite = await createServer({
    root: REPOSITORY,
    configFile: false,
    appType: "custom",
    logLevel: "warn",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
    ssr: { noExternal: [/^@fangshi\//], external: ["@fangshi/server"] },
  })
  try {
    return await work((await vite.ssrLoadModule(path.join(import.meta.dirname, "pages.ts"))) as typeof Pages)
  } finally {
    await vite.close()
  }
}
