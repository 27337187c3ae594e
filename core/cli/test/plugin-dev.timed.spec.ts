import { readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { DevSession, STARTED, health } from "./dev-session"

jest.setTimeout(300_000)

/** Milliseconds, the middle of five. */
const BOUND_MS = 4_000

let session: DevSession
beforeAll(async () => void (session = await DevSession.begin("quick-notes")))
afterAll(() => session.close())

it("fangshi dev serves four seconds after a change, also after one that comes the moment it serves again", async () => {
  await session.next(STARTED)
  const file = path.join(session.folder, "src/plugin.ts")
  const source = readFileSync(file, "utf8")
  const took: number[] = []
  for (let i = 0; i < 5; i++) {
    const before = performance.now()
    writeFileSync(file, `${source}// ${i}\n`)
    const url = await session.next(STARTED)
    expect(await health(url)).toBe(200)
    took.push(performance.now() - before)
  }
  expect(took.sort((a, b) => a - b)[2]).toBeLessThan(BOUND_MS)
})
