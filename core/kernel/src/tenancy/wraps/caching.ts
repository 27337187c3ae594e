import { currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type CacheOptions = { key?: string; tags?: string[] }
type Strategy = { computeTags: (...args: unknown[]) => Promise<string[]> }
type CachingService = { prototype: { set_: (o: unknown) => Promise<void> } & Record<string, unknown> }

const seam = "@medusajs/caching services/cache-module.js"
const scoped = (value: string) => `${currentTenant()}:${value}`
const scopedOptions = (options: CacheOptions): CacheOptions => ({
  ...options,
  ...(options.key ? { key: scoped(options.key) } : {}),
  ...(options.tags ? { tags: options.tags.map(scoped) } : {}),
})

const service = () => medusaInternal<{ default: CachingService }>("@medusajs/caching", "services/cache-module.js").default

/** On the service and not on the provider: it also joins requests under way by their key. */
export const caching: Wrap = {
  name: "caching",
  reason: "The caching module served an answer of shop A to shop B, and one shop's change dropped another's entries.",
  seam,
  beforeLoad: () => {
    const { prototype } = service()
    for (const name of ["get", "set", "clear"]) {
      wrapMethod(seam, prototype, name, (original) => function (options: CacheOptions) {
        return original.call(this, scopedOptions(options))
      })
    }
    // Tags computed inside are not scoped yet: do it where they are produced.
    wrapMethod(seam, prototype, "set_", (original) => function (options: unknown) {
      const strategy = this.strategy as Strategy
      const self = Object.create(this) as { strategy: Strategy }
      self.strategy = Object.assign(Object.create(strategy) as Strategy, {
        computeTags: async (...args: unknown[]) => (await strategy.computeTags(...args)).map(scoped),
      })
      return original.call(self, options)
    })
  },
  verify: async () => {
    const { prototype } = service()
    const written: { key: string; tags: string[] }[] = []
    const probe = Object.assign(Object.create(prototype) as Record<string, unknown>, {
      ongoingRequests: new Map(),
      strategy: { computeTags: async () => ["Product:1"] },
      defaultProviderId: "probe",
      performCacheSet: async (key: string, tags: string[]) => void written.push({ key, tags }),
    }) as unknown as { set(o: object): Promise<void> }
    await runInTenant("wrap-one", () => probe.set({ key: "k", data: {} }))
    expectSeam(written[0]?.key === "wrap-one:k", "cache keys are not scoped")
    expectSeam(written[0]?.tags[0] === "wrap-one:Product:1", "computed cache tags are not scoped")
  },
}

type LegacyCache = Record<string, unknown>
const legacyCache = (host: Parameters<Wrap["verify"]>[0]) => host.container.resolve("cache", { allowUnregistered: true }) as unknown as LegacyCache | undefined

/** The older cache module, still used by core flows. */
export const legacyCaching: Wrap = {
  name: "cache",
  reason: "Keys of the cache module are the same in every shop.",
  seam: "@medusajs/cache-inmemory service get/set/invalidate",
  afterLoad: (host) => {
    const cache = legacyCache(host)
    if (!cache) return
    for (const name of ["get", "set", "invalidate"]) {
      wrapMethod(legacyCaching.seam, cache, name, (original) => function (key: string, ...rest: unknown[]) {
        return original.call(this, scoped(key), ...rest)
      })
    }
  },
  verify: async (host) => {
    const cache = legacyCache(host) as { set(k: string, v: unknown, ttl: number): Promise<void>; get(k: string): Promise<unknown>; invalidate(k: string): Promise<void> } | undefined
    if (!cache) return
    await runInTenant("wrap-one", () => cache.set("fangshi-self-test", 1, 5))
    const other = await runInTenant("wrap-two", () => cache.get("fangshi-self-test"))
    await runInTenant("wrap-one", () => cache.invalidate("fangshi-self-test"))
    expectSeam(other == null, "the cache module answers one tenant with another's value")
  },
}
