import { readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { DevSession, STARTED, health } from "./dev-session"

jest.setTimeout(300_000)

/** Milliseconds. */
const BOUND_MS = 4_000

let session: DevSession
beforeAll(async () => void (session = await DevSession.begin("quick-notes")))
afterAll(() => session.close())

it("fangshi dev serves four seconds after a change, and after one that comes the moment it serves again", async () => {
  await session.next(STARTED)
  const file = path.join(session.folder, "src/plugin.ts")
  const source = readFileSync(file, "utf8")
  const change = async (words: string) => {
    const before = performance.now()
    writeFileSync(file, `${source}// ${words}\n`)
    expect(await health(await session.next(STARTED))).toBe(200)
    return performance.now() - before
  }
  const rounds: number[][] = []
  // Other work on the machine makes a start late, never early: a late round is tried again.
  while (rounds.length < 5 && !rounds.some((took) => took.every((ms) => ms < BOUND_MS))) {
    await session.idle()
    rounds.push([await change("one"), await change("one more")])
  }
  expect(Math.min(...rounds.map((took) => Math.max(...took)))).toBeLessThan(BOUND_MS)
})
