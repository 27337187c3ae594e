import { type Break, type BrokenStart, type TestDatabase, asOwner, cloneDatabase, startBroken } from "@fangshi/testing"
import { WRAPS } from "../src/tenancy/wraps"

const names = WRAPS.map((wrap) => wrap.name)

/** Self-tests that count shops could be fooled by their number, so these start with no shop and with one. */
const COUNTING = ["scheduled-work", "expired-executions"]

let empty: TestDatabase
let oneShop: TestDatabase
let whole: BrokenStart
const withoutShop = new Map<string, BrokenStart>()
const withOneShop = new Map<string, BrokenStart>()

/** Two starts at a time: a start is a whole Medusa. */
async function startAll(starts: { database: TestDatabase; name: string; into: Map<string, BrokenStart> }[]): Promise<void> {
  const waiting = [...starts]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) next.into.set(next.name, await startBroken(next.database, ["without-wrap", next.name] satisfies Break))
  }
  await Promise.all([worker(), worker()])
}

beforeAll(async () => {
  empty = await cloneDatabase()
  oneShop = await cloneDatabase()
  await asOwner(oneShop.ownerUrl, "insert into tenancy.tenant (id, status) values ('only-one', 'active')")
  // Alone and first: a first start writes the providers.
  whole = await startBroken(empty, [])
  await startAll([
    ...names.map((name) => ({ database: empty, name, into: withoutShop })),
    ...COUNTING.map((name) => ({ database: oneShop, name, into: withOneShop })),
  ])
}, 900_000)
afterAll(async () => {
  await empty?.drop()
  await oneShop?.drop()
})

const refusal = (name: string) => ({ started: false, code: "SEAM_MOVED", seam: expect.stringMatching(new RegExp(`^${name} \\(`)) as string })

describe("the wraps of Medusa", () => {
  it("have different names, a reason and a seam", () => {
    expect(new Set(names).size).toBe(names.length)
    expect(WRAPS.filter((wrap) => wrap.reason.length < 20 || wrap.seam.length < 10).map((wrap) => wrap.name)).toEqual([])
  })

  it("let the host start when every one of them is applied", () => {
    expect(whole).toMatchObject({ started: true })
  })

  it.each(names)("refuse the start and name %s when it was not applied", (name) => {
    expect(withoutShop.get(name)).toMatchObject(refusal(name))
  })

  it.each(COUNTING)("refuse the start and name %s when it was not applied and there is one shop", (name) => {
    expect(withOneShop.get(name)).toMatchObject(refusal(name))
  })
})
