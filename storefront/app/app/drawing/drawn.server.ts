/** Memory for drawn pictures; the oldest go first. */
const MOST_BYTES = 24 * 1024 * 1024
/** Whoever comes when so many wait already is told to come again. */
const MOST_WAITING = 30

const kept = new Map<string, Buffer>()
const underWay = new Map<string, Promise<Buffer>>()
let bytes = 0
let last: Promise<unknown> = Promise.resolve()

function put(key: string, picture: Buffer): void {
  kept.set(key, picture)
  bytes += picture.length
  for (const [oldest, { length }] of kept) {
    if (bytes <= MOST_BYTES) break
    kept.delete(oldest)
    bytes -= length
  }
}

/**
 * A picture from memory, else drawn: one at a time in a process, and the same one never twice at once. `key` names the shop
 * and everything the picture shows. Throws a 503 Response where too many wait.
 */
export function drawn(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
  const known = kept.get(key)
  if (known) {
    kept.delete(key)
    kept.set(key, known)
    return Promise.resolve(known)
  }
  const making = underWay.get(key)
  if (making) return making
  if (underWay.size >= MOST_WAITING) throw new Response("too many pictures are being drawn", { status: 503, headers: { "retry-after": "5" } })
  const picture = last
    .then(draw)
    .then((made) => {
      put(key, made)
      return made
    })
    .finally(() => underWay.delete(key))
  last = picture.catch(() => undefined)
  underWay.set(key, picture)
  return picture
}
