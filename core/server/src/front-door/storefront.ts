import path from "node:path"
import type { RequestHandler } from "express"
import { Counter, Gauge, register } from "prom-client"
import { log } from "../log"
import { REPOSITORY, type Settings, storefrontBuild } from "../settings"

type Storefront = { assets: RequestHandler; page: RequestHandler; keptBytes: () => number }
type Options = { buildDir: string; onError: (error: unknown) => void; onPage: (outcome: "hit" | "aged" | "miss" | "personal") => void; pageCacheBytes: number; serviceWorker: boolean }

const PAGES = "fangshi_pages_total"
const KEPT_BYTES = "fangshi_page_cache_bytes"

/** What hands out the built shop pages. */
export const STOREFRONT_SERVER = path.join(REPOSITORY, "storefront/app/server/create-handler.ts")

/** The built shop pages. An ES module of its own: the one place where the server reaches into the storefront. */
export async function loadStorefront({ pageCacheBytes, serviceWorker }: Pick<Settings, "pageCacheBytes" | "serviceWorker">): Promise<Storefront> {
  const { createStorefront } = (await import(STOREFRONT_SERVER)) as { createStorefront: (options: Options) => Promise<Storefront> }
  for (const name of [PAGES, KEPT_BYTES]) register.removeSingleMetric(name)
  const pages = new Counter({ name: PAGES, help: "Pages sent, by how they came about: hit and aged from memory, miss and personal made", labelNames: ["outcome"] })
  const counted = { hit: pages.labels("hit"), aged: pages.labels("aged"), miss: pages.labels("miss"), personal: pages.labels("personal") }
  const shop = await createStorefront({
    buildDir: storefrontBuild(),
    onError: (err) => log.error({ err }, "page failed"),
    onPage: (outcome) => counted[outcome].inc(),
    pageCacheBytes,
    serviceWorker,
  })
  new Gauge({ name: KEPT_BYTES, help: "Memory taken by pages that all visitors share", collect() { this.set(shop.keptBytes()) } })
  return shop
}
