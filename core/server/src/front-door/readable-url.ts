import { FangshiError } from "@fangshi/contracts"
import type { Request } from "express"

/** Steps from one record to the next in `fields`. Medusa's own defaults need six; its planner grows without bound with each more. */
const MOST_FIELD_STEPS = 10

/** Rows of one page. Medusa's dashboard asks for up to 9999 where it wants all. */
const MOST_ROWS = 10_000

/**
 * Throws REQUEST_INVALID for an address the code behind the front door would stumble over: a path that is no UTF-8, a
 * NUL, a page of a billion rows, a bottomless `fields`. Throws NOT_FOUND for an actor that is a word of JavaScript.
 */
export function assertReadableUrl(req: Request): void {
  if (!isText(req.path)) throw new FangshiError("REQUEST_INVALID", { field: "url" })
  // Medusa looks the actor up in a plain object, where `constructor` is found.
  if ((/^\/auth\/([^/]+)/i.exec(req.path)?.[1] ?? "") in Object.prototype) throw new FangshiError("NOT_FOUND")
  // Anything else in a query is let pass: links from old Chinese sites come in GBK, and are no reason to show nobody a page.
  if (/\?.*%00/.test(req.originalUrl)) throw new FangshiError("REQUEST_INVALID", { field: "query" })
  assertWhole("limit", req.query.limit, MOST_ROWS)
  assertWhole("offset", req.query.offset, Number.MAX_SAFE_INTEGER)
  for (const fields of [req.query.fields].flat()) {
    if (typeof fields === "string" && fields.split(",").some((path) => path.split(".").length > MOST_FIELD_STEPS)) throw new FangshiError("REQUEST_INVALID", { field: "fields" })
  }
}

/** What is no number at all is left to the route's own schema, which says so better. */
function assertWhole(field: string, given: unknown, most: number) {
  if (typeof given !== "string") return
  const value = Number(given)
  if (!Number.isNaN(value) && !(Number.isInteger(value) && value >= 0 && value <= most)) throw new FangshiError("REQUEST_INVALID", { field })
}

/** Whether it decodes, and to something Postgres can hold. */
function isText(encoded: string): boolean {
  try {
    return !decodeURIComponent(encoded).includes("\0")
  } catch {
    return false
  }
}
