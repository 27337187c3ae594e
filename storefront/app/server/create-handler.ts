import path from "node:path"
import { pathToFileURL } from "node:url"
import type { ShopContext } from "@fangshi/contracts"
import { createRequestHandler } from "@react-router/express"
import express, { type RequestHandler } from "express"
import type { ServerBuild } from "react-router"

export type Storefront = { assets: RequestHandler; page: RequestHandler }

/** The built shop pages as two Express handlers. `page` reads the shop from res.locals.shop, where the front door puts it; what a page could not do goes to `onError`. */
export async function createStorefront({ buildDir, onError }: { buildDir: string; onError: (error: unknown) => void }): Promise<Storefront> {
  const build = (await import(pathToFileURL(path.join(buildDir, "server/index.js")).href)) as ServerBuild
  const client = path.join(buildDir, "client")
  const hashed = express.static(path.join(client, "assets"), { immutable: true, maxAge: "1y", index: false, redirect: false })
  const page = createRequestHandler({ build, mode: "production", getLoadContext: (_req, res) => ({ shop: res.locals.shop as ShopContext, onError }) })
  return {
    assets: (req, res, next) => {
      if (!req.path.startsWith("/assets/")) return next()
      const url = req.url
      req.url = url.slice("/assets".length)
      hashed(req, res, (error?: unknown) => {
        req.url = url
        if (error) next(error)
        else res.status(404).type("text").send("Not found")
      })
    },
    page: (req, res, next) => void page(req, res, next),
  }
}
