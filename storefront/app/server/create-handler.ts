import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import type { ShopContext } from "@fangshi/contracts"
import { createRequestHandler } from "@react-router/express"
import type { RequestHandler } from "express"
import { type AppLoadContext, type ServerBuild, createRequestHandler as createPageMaker } from "react-router"
import sirv from "sirv"
import { LATE_SCRIPTS, type LateScripts } from "../bundler/late-scripts"
import { PLUGIN_SCRIPTS } from "../bundler/plugin-parts"
import { type AnonymousPage, anonymousPage } from "./anonymous-page"
import { takeAskedLanguage } from "./asked-language"
import { inlineStyles } from "./inline-styles"
import { type KeptPage, keptPage } from "./kept-page"
import { type Outcome, PageCache } from "./page-cache"
import { sendPage } from "./send-page"

export type Storefront = { assets: RequestHandler; page: RequestHandler; keptBytes: () => number }

export type StorefrontOptions = {
  buildDir: string
  /** Told what a page could not do. */
  onError: (error: unknown) => void
  /** Told of every page how it came about; `personal` ones are never kept. */
  onPage: (outcome: Outcome | "personal") => void
  /** Memory for pages that all visitors share. */
  pageCacheBytes: number
  /** Off, browsers that have a service worker of a shop are rid of it. */
  serviceWorker: boolean
}

const A_YEAR = 365 * 24 * 3_600

/** A way elsewhere, or a cookie: an answer to one visitor, not a page of all. */
class NotShared extends Error {}

const isShared = (response: Response) => !response.headers.has("set-cookie") && !response.headers.has("location") && response.headers.get("content-type")?.startsWith("text/html")

/** The built shop pages as two Express handlers. `page` reads the shop from res.locals.shop, where the front door puts it. */
export async function createStorefront({ buildDir, onError, onPage, pageCacheBytes, serviceWorker }: StorefrontOptions): Promise<Storefront> {
  const build = (await import(pathToFileURL(path.join(buildDir, "server/index.js")).href)) as ServerBuild
  const client = path.join(buildDir, "client")
  const named = <T>(file: string) => JSON.parse(readFileSync(path.join(client, file), "utf8")) as T
  const scripts: AppLoadContext["scripts"] = { plugins: named(PLUGIN_SCRIPTS), ...named<LateScripts>(LATE_SCRIPTS) }
  const common = { scripts, onError, worker: { build: build.assets.version, on: serviceWorker } }
  // What it sends is on its list since the start: no path leads elsewhere.
  const hashed = sirv(path.join(client, "assets"), { immutable: true, maxAge: A_YEAR, etag: true, brotli: true, gzip: true, extensions: [] })
  const personal = createRequestHandler({ build, mode: "production", getLoadContext: (_req, res) => ({ shop: res.locals.shop as ShopContext, ...common }) })
  const makePage = createPageMaker(build, "production")
  const withStyles = inlineStyles(path.join(client, "assets"))
  const cache = new PageCache(pageCacheBytes, onError)

  async function make(asked: AnonymousPage, shop: ShopContext): Promise<KeptPage> {
    const csp_nonce = randomBytes(16).toString("hex")
    const request = new Request(shop.origin + asked.address, { headers: { cookie: asked.cookie } })
    const response = await makePage(request, { shop: { ...shop, csp_nonce }, ...common })
    const html = await response.text()
    if (!isShared(response)) throw new NotShared(asked.address)
    return keptPage(response.status, withStyles(html), csp_nonce)
  }

  return {
    keptBytes: () => cache.bytes,
    assets: (req, res, next) => {
      if (!req.path.startsWith("/assets/")) return next()
      const url = req.url
      req.url = url.slice("/assets".length)
      hashed(req, res, () => {
        req.url = url
        res.status(404).type("text").send("Not found")
      })
    },
    page: (req, res, next) => {
      const shop = res.locals.shop as ShopContext
      takeAskedLanguage(req, res, shop)
      const asked = anonymousPage(req, shop)
      if (!asked) {
        onPage("personal")
        return void personal(req, res, next)
      }
      cache
        .get(`${shop.tenant_id}|${shop.origin}|${asked.locale}|${asked.address}`, shop, () => make(asked, shop))
        .then(({ page, outcome }) => {
          onPage(outcome)
          return sendPage(req, res, page, shop.csp_nonce)
        })
        .catch((error: unknown) => (error instanceof NotShared ? void personal(req, res, next) : next(error)))
    },
  }
}
