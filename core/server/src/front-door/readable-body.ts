import { FangshiError } from "@fangshi/contracts"
import type { Express, Request } from "express"

/** Levels of objects and lists. Medusa walks bodies with functions that call themselves, and would run out of stack. */
const MOST_LEVELS = 64

/** As long as an e-mail address can be; what is longer does not fit into an index of Postgres. */
const LONGEST_EMAIL = 320

const BODY = Symbol("body")

/**
 * Looks through every body at the moment a parser assigns it, thus before any route has begun to write. The parsers are
 * Medusa's own, one configuration a route, and turn what is thrown here into their answer 400. Defined once, on what all
 * requests of an app descend from: on each request by itself it would keep that request in memory until the next full
 * garbage collection.
 */
export function checkBodiesOnArrival({ request }: Express): void {
  Object.defineProperty(request, "body", {
    configurable: true,
    enumerable: true,
    get(this: Request & { [BODY]?: unknown }) {
      return this[BODY]
    },
    set(this: Request & { [BODY]?: unknown }, given: unknown) {
      assertReadableBody(given, /^\/store\//i.test(this.path))
      this[BODY] = given
    },
  })
}

/**
 * Throws REQUEST_INVALID, naming the field, for what Postgres cannot hold (NUL, half a surrogate pair), what JavaScript
 * would silently round (integers beyond 2^53), what reaches for prototypes, what is nested without end, and, where shoppers
 * buy, a piece in fractions.
 */
function assertReadableBody(body: unknown, wholePieces: boolean): void {
  // A list of work instead of recursion: depth is what the sender chooses.
  const open: { field: string; value: unknown; level: number }[] = [{ field: "body", value: body, level: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { field, value, level } = next
    if (level > MOST_LEVELS || isUnreadable(value)) throw new FangshiError("REQUEST_INVALID", { field })
    if (field === "email" && typeof value === "string" && value.length > LONGEST_EMAIL) throw new FangshiError("REQUEST_INVALID", { field })
    if (wholePieces && field === "quantity" && typeof value === "number" && !Number.isInteger(value)) throw new FangshiError("REQUEST_INVALID", { field })
    if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) continue
    for (const [key, inner] of Object.entries(value)) {
      if (isUnreadable(key) || key === "__proto__" || (field === "constructor" && key === "prototype")) throw new FangshiError("REQUEST_INVALID", { field })
      open.push({ field: Array.isArray(value) ? field : key, value: inner, level: level + 1 })
    }
  }
}

/** In a Unicode expression a surrogate is one that stands alone. */
const UNSTORABLE = /\0|\p{Surrogate}/u

const isUnreadable = (value: unknown): boolean =>
  typeof value === "string" ? UNSTORABLE.test(value) : typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER
