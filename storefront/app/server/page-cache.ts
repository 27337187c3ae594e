import type { KeptPage } from "./kept-page"

/** A page older than this is made anew while the visitor gets the one there is: no event tells of a price that begins by the clock. */
const FRESH_MS = 30_000
/** Older than this it is shown to nobody. */
const SHOWN_MS = 300_000
/** A page that is not there may be there in a moment. */
const MISSING_MS = 5_000
/** Invented addresses must not push out pages that are asked for: their share of the memory. */
const MISSING_SHARE = 1 / 16
/** The keys, maps and headers of a page, roughly. */
const AROUND_BYTES = 1_000

/** How a page came about: from memory, from memory although it has aged, or made for this visitor (and whoever asked meanwhile). */
export type Outcome = "hit" | "aged" | "miss"

/** What a page was made from: `revision` counts, so that a slow page of yesterday never replaces one of today. */
export type Version = { revision: string; theme: string }

type Entry = Version & { page: KeptPage; made: number }
type Shelf = { entries: Map<string, Entry>; bytes: number; most: number }

const isOf = (entry: Version, { revision, theme }: Version) => entry.revision === revision && entry.theme === theme
const isNewer = (entry: Version, than: Version) => BigInt(entry.revision) > BigInt(than.revision)

/** Pages in memory, of which those asked for least recently go first. The same page is never made twice at once. */
export class PageCache {
  private readonly pages: Shelf
  private readonly missing: Shelf
  private readonly making = new Map<string, Promise<KeptPage>>()

  constructor(
    mostBytes: number,
    private readonly onError: (error: unknown) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.pages = { entries: new Map(), bytes: 0, most: mostBytes * (1 - MISSING_SHARE) }
    this.missing = { entries: new Map(), bytes: 0, most: mostBytes * MISSING_SHARE }
  }

  get bytes(): number {
    return this.pages.bytes + this.missing.bytes
  }

  /** The page under `key` in this version, made where there is none. One of another version is never shown. */
  async get(key: string, version: Version, make: () => Promise<KeptPage>): Promise<{ page: KeptPage; outcome: Outcome }> {
    const known = this.find(key, version)
    if (!known) return { page: await this.makeOnce(key, version, make), outcome: "miss" }
    if (this.now() - known.made < FRESH_MS) return { page: known.page, outcome: "hit" }
    this.makeOnce(key, version, make).catch(this.onError)
    return { page: known.page, outcome: "aged" }
  }

  private find(key: string, version: Version): Entry | undefined {
    for (const shelf of [this.pages, this.missing]) {
      const entry = shelf.entries.get(key)
      if (!entry || !isOf(entry, version) || this.now() - entry.made >= (shelf === this.missing ? MISSING_MS : SHOWN_MS)) continue
      // Last in the map: the next to go are those before.
      shelf.entries.delete(key)
      shelf.entries.set(key, entry)
      return entry
    }
    return undefined
  }

  private makeOnce(key: string, version: Version, make: () => Promise<KeptPage>): Promise<KeptPage> {
    const which = `${key}|${version.revision}|${version.theme}`
    const underWay = this.making.get(which)
    if (underWay) return underWay
    const from = this.now()
    const page = make()
      .then((made) => {
        this.put(key, { ...version, page: made, made: from })
        return made
      })
      .finally(() => this.making.delete(which))
    this.making.set(which, page)
    return page
  }

  private put(key: string, entry: Entry): void {
    const { status } = entry.page
    if (status !== 200 && status !== 404) return
    const before = this.pages.entries.get(key) ?? this.missing.entries.get(key)
    if (before && isNewer(before, entry)) return
    for (const shelf of [this.pages, this.missing]) this.drop(shelf, key)
    const shelf = status === 404 ? this.missing : this.pages
    const bytes = sizeOf(key, entry)
    if (bytes > shelf.most) return
    for (const oldest of shelf.entries.keys()) {
      if (shelf.bytes + bytes <= shelf.most) break
      this.drop(shelf, oldest)
    }
    shelf.entries.set(key, entry)
    shelf.bytes += bytes
  }

  private drop(shelf: Shelf, key: string): void {
    const entry = shelf.entries.get(key)
    if (!entry) return
    shelf.entries.delete(key)
    shelf.bytes -= sizeOf(key, entry)
  }
}

const sizeOf = (key: string, { page }: Entry) => page.bytes + key.length * 2 + AROUND_BYTES
