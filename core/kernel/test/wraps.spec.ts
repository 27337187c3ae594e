import { type Break, type BrokenStart, type TestDatabase, asOwner, cloneDatabase, startBroken } from "@fangshi/testing"
import { WRAPS } from "../src/tenancy/wraps"

const names = WRAPS.map((wrap) => wrap.name)

/**
 * A start is a whole Medusa, so several wraps are left out of one: the rows of a square, then its columns. Two wraps that share a row
 * share no column. Where one of them failed only because the other was left out, it would fail in that other's column as well.
 * Rows start with no shop and columns with one, because self-tests that count shops could be fooled by their number.
 */
const SIDE = Math.ceil(Math.sqrt(names.length))
const line = (place: (i: number) => number) => Array.from({ length: SIDE }, (_, n) => names.filter((_name, i) => place(i) === n)).filter((group) => group.length)
const ROWS = line((i) => Math.floor(i / SIDE))
const COLUMNS = line((i) => i % SIDE)

let empty: TestDatabase
let oneShop: TestDatabase
let whole: BrokenStart
const starts = new Map<readonly string[], BrokenStart>()

/** Two starts at a time. */
async function startAll(): Promise<void> {
  const waiting = [...ROWS.map((group) => ({ group, database: empty })), ...COLUMNS.map((group) => ({ group, database: oneShop }))]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) starts.set(next.group, await startBroken(next.database, ["without-wraps", next.group.join()] satisfies Break))
  }
  await Promise.all([worker(), worker()])
}

beforeAll(async () => {
  empty = await cloneDatabase()
  oneShop = await cloneDatabase()
  await asOwner(oneShop.ownerUrl, "insert into tenancy.tenant (id, status) values ('only-one', 'active')")
  // Alone and first: a first start writes the providers.
  whole = await startBroken(empty, [])
  await startAll()
}, 900_000)
afterAll(async () => {
  await empty?.drop()
  await oneShop?.drop()
})

/** What a start named as moved, in the order of the wraps. */
const named = (start: BrokenStart | undefined) => ({ started: start?.started, code: start?.code, moved: WRAPS.filter(({ name, seam }) => start?.seam.includes(`${name} (${seam})`)).map(({ name }) => name) })

describe("the wraps of Medusa", () => {
  it("have different names, a reason and a seam", () => {
    expect(new Set(names).size).toBe(names.length)
    expect(WRAPS.filter((wrap) => wrap.reason.length < 20 || wrap.seam.length < 10).map((wrap) => wrap.name)).toEqual([])
  })

  it("let the host start when every one of them is applied", () => {
    expect(whole).toMatchObject({ started: true })
  })

  it.each(ROWS.map((group) => [group.join(", "), group] as const))("refuse the start and name %s, and no other, when these are not applied", (_names, group) => {
    expect(named(starts.get(group))).toEqual({ started: false, code: "SEAM_MOVED", moved: group })
  })

  it.each(COLUMNS.map((group) => [group.join(", "), group] as const))("refuse the start and name %s, and no other, when these are not applied and there is one shop", (_names, group) => {
    expect(named(starts.get(group))).toEqual({ started: false, code: "SEAM_MOVED", moved: group })
  })
})
