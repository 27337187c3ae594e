import type { RequestHandler } from "express"
import { log } from "../log"
import type { ShopRevisions } from "../tenants/shop-revisions"

/** Writes after which shoppers may see something else: everything of the staff, and a purchase, which takes the last piece. */
const changesShop = (method: string, path: string) => method !== "GET" && method !== "HEAD" && method !== "OPTIONS" && (/^\/admin\//.test(path) || /^\/store\/carts\/[^/]+\/complete$/.test(path))

/**
 * Whoever is told that a change is done finds it on the next page. Events tell of changes too, from wherever they come,
 * but a moment after the answer.
 */
export const changesShowAtOnce =
  (revisions: Pick<ShopRevisions, "bump">): RequestHandler =>
  (req, res, next) => {
    if (!changesShop(req.method, req.path)) return next()
    const json = res.json.bind(res)
    res.json = (body: unknown) => {
      if (res.statusCode >= 400) return json(body)
      revisions.bump().then(() => json(body), (err: unknown) => {
        log.error({ err }, "a change of the shop was not counted")
        json(body)
      })
      return res
    }
    next()
  }
