// VERSION and OFFLINE, the addresses of the offline page by language, are two lines that routes/service-worker.ts writes above these.

const OURS = "fangshi-"
const CACHE = OURS + VERSION

self.addEventListener("install", (event) => event.waitUntil(fill()))
self.addEventListener("activate", (event) => event.waitUntil(takeOver()))
self.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== self.location.origin) return
  if (request.mode === "navigate") event.respondWith(page(event))
  else if (pathname.startsWith("/assets/")) event.respondWith(asset(event))
})

/** It takes over when no page of the one before is open any more: taking over under an open page left its next page waiting for good. */
async function fill() {
  const cache = await caches.open(CACHE)
  await cache.addAll(Object.values(OFFLINE).map((address) => new Request(address, { cache: "no-store" })))
}

/** Pages wait until this is over, so that nothing in it may ask the network. */
async function takeOver() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)))
}

/** Always from the shop: a page holds prices, and what is the shopper's own. None is ever kept. */
async function page({ request }) {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match(OFFLINE[await language()] ?? Object.values(OFFLINE)[0])) ?? Response.error()
  }
}

/** The language of the last page, which keeps it under this address. */
const language = async () => (await caches.match("/language"))?.text()

/** Scripts, styles and letters carry their content in their name. */
async function asset(event) {
  const { request } = event
  const known = await caches.match(request, { cacheName: CACHE, ignoreVary: true })
  if (known) return known
  const answer = await fetch(request)
  if (answer.status === 200) {
    const copy = answer.clone()
    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(request, copy)))
  }
  return answer
}
