import type { KeptPage } from "./kept-page"
import { PageCache } from "./page-cache"

const page = (word: string, { status = 200, bytes = 10_000 } = {}): KeptPage => ({ status, scripts: "", etag: word, plain: Buffer.from(word), encoded: async () => Buffer.of(), bytes })
const version = (revision: string, theme = "default") => ({ revision, theme })

function openCache(bytes = 1_000_000) {
  let now = 0
  const errors: unknown[] = []
  const cache = new PageCache(bytes, (error) => errors.push(error), () => now)
  let made = 0
  const get = async (key: string, of = version("1"), make: () => Promise<KeptPage> = async () => page(`${key}${++made}`)) => {
    const { page: shown, outcome } = await cache.get(key, of, make)
    return `${outcome} ${shown.etag}`
  }
  return { cache, errors, get, wait: (ms: number) => void (now += ms) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe("a page in memory", () => {
  it("is shown again until the shop's revision or theme is another, however young it is", async () => {
    const { get } = openCache()
    expect([await get("home"), await get("home"), await get("home", version("2")), await get("home", version("2", "night")), await get("home", version("2", "night"))]).toEqual(["miss home1", "hit home1", "miss home2", "miss home3", "hit home3"])
  })

  it("that has merely aged is shown once more while it is made anew, and after five minutes not even that", async () => {
    const { get, wait } = openCache()
    await get("home")
    wait(29_999)
    expect(await get("home")).toBe("hit home1")
    wait(1)
    expect(await get("home")).toBe("aged home1")
    await settled()
    expect(await get("home")).toBe("hit home2")
    wait(300_000)
    expect(await get("home")).toBe("miss home3")
  })

  it("stays when making it anew fails, and the failure is told", async () => {
    const { get, wait, errors } = openCache()
    await get("home")
    wait(30_000)
    const broken = async () => Promise.reject(new Error("down"))
    expect(await get("home", version("1"), broken)).toBe("aged home1")
    await settled()
    expect(errors).toHaveLength(1)
    expect(await get("home", version("1"), broken)).toBe("aged home1")
    await expect(get("home", version("2"), broken)).rejects.toThrow("down")
  })

  it("is made once for all who ask meanwhile, but not for those who ask for a newer one", async () => {
    const { get } = openCache()
    expect(await Promise.all([get("home"), get("home"), get("home", version("2")), get("home", version("2"))])).toEqual(["miss home1", "miss home1", "miss home2", "miss home2"])
  })

  it("is not replaced by a slower one of an older revision", async () => {
    const { get } = openCache()
    let finish = (_: KeptPage) => undefined as void
    const slow = get("home", version("9"), () => new Promise((resolve) => (finish = resolve)))
    await get("home", version("10"))
    finish(page("old"))
    expect(await slow).toBe("miss old")
    expect(await get("home", version("10"))).toBe("hit home1")
  })

  it("that is not there is remembered for five seconds, a failed one not at all", async () => {
    const { get, wait } = openCache()
    const answer = (status: number) => async () => page(String(status), { status })
    await get("gone", version("1"), answer(404))
    wait(4_999)
    expect(await get("gone")).toBe("hit 404")
    wait(1)
    expect(await get("gone")).toBe("miss gone1")
    await get("broken", version("1"), answer(500))
    expect(await get("broken")).toBe("miss broken2")
  })
})

describe("the memory for pages", () => {
  it("is bounded: what was asked for least recently goes first", async () => {
    const { get, cache } = openCache(100_000)
    for (const key of ["a", "b", "c", "d", "e", "f", "g", "h"]) await get(key)
    await get("a")
    await get("i")
    expect(cache.bytes).toBeLessThanOrEqual(100_000)
    expect([await get("a"), await get("c")]).toEqual(["hit a1", "hit c3"])
    expect(await get("b")).toBe("miss b10")
  })

  it("keeps pages that are asked for, whatever addresses somebody invents", async () => {
    const { get, cache } = openCache(1_000_000)
    await get("home")
    for (let i = 0; i < 200; i++) await get(`invented-${i}`, version("1"), async () => page("none", { status: 404 }))
    expect(cache.bytes).toBeLessThan(100_000)
    expect(await get("home")).toBe("hit home1")
  })

  it("takes no page that would fill it alone", async () => {
    const { get, cache } = openCache(50_000)
    await get("huge", version("1"), async () => page("huge", { bytes: 60_000 }))
    expect(cache.bytes).toBe(0)
  })
})
