import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { changedSince } from "./changed-since"

const folder = mkdtempSync(path.join(tmpdir(), "fangshi-changed-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A file written so many seconds after 2026 began. */
function put(name: string, seconds: number): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, "")
  utimesSync(file, at(seconds) / 1000, at(seconds) / 1000)
  return file
}
const at = (seconds: number) => Date.UTC(2026, 0, 1, 0, 0, seconds)

describe("files that a process has loaded", () => {
  it("have changed when one of them was written after that, or is gone", () => {
    const [early, late] = [put("early.ts", 10), put("late.ts", 30)]
    expect([changedSince([early, late], at(30)), changedSince([early, late], at(29)), changedSince([early], at(20)), changedSince([], at(0))]).toEqual([false, true, false, false])
    expect(changedSince([early, path.join(folder, "gone.ts")], at(20))).toBe(true)
  })

  it("of packages never change", () => {
    expect(changedSince([put("node_modules/one/index.js", 30), path.join(folder, "node_modules/two/gone.js")], at(20))).toBe(false)
  })
})
