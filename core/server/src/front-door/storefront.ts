import path from "node:path"
import type { RequestHandler } from "express"
import { log } from "../log"
import { REPOSITORY } from "../settings"

type Storefront = { assets: RequestHandler; page: RequestHandler }

/** The built shop pages. An ES module of its own: the one place where the server reaches into the storefront. */
export async function loadStorefront(): Promise<Storefront> {
  const folder = path.join(REPOSITORY, "storefront/app")
  const { createStorefront } = (await import(path.join(folder, "server/create-handler.ts"))) as { createStorefront: (o: { buildDir: string; onError: (error: unknown) => void }) => Promise<Storefront> }
  return createStorefront({ buildDir: path.join(folder, "build"), onError: (err) => log.error({ err }, "page failed") })
}
