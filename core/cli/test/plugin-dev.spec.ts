import type { ChildProcessByStdio } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Readable } from "node:stream"
import { type TestDatabase, asOwner, cloneDatabase } from "@fangshi/testing"
import { writePlugin } from "../src/commands/plugin-new"
import { REPOSITORY, environment, startFangshi } from "./run-fangshi"

// The first start migrates and boots; later ones boot.
jest.setTimeout(300_000)

let database: TestDatabase
let root: string
let child: ChildProcessByStdio<null, Readable, Readable>
let output = ""
let ended: Promise<number | null>

beforeAll(async () => {
  database = await cloneDatabase()
  root = mkdtempSync(path.join(tmpdir(), "fangshi-dev-"))
  symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(root, "node_modules"))
})
afterAll(async () => {
  if (child?.exitCode === null) child.kill("SIGTERM")
  await ended
  await database.drop()
  rmSync(root, { recursive: true, force: true })
})

/** Waits for the next line that fits, and forgets what was printed up to it. */
async function next(line: RegExp): Promise<string> {
  for (const deadline = Date.now() + 200_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = line.exec(output)
    if (found) {
      output = output.slice(found.index + found[0].length)
      return found[1] ?? ""
    }
    if (child.exitCode !== null) break
  }
  throw new Error(`not printed: ${line.source}\n${output}`)
}
const STARTED = /^✓ (http:\S+) {2}\d+\.\d s$/m
const health = (url: string) => fetch(`${url}/health`).then((answer) => answer.status, () => "gone")

it("fangshi dev brings the plugin's tables, starts anew at each change, says what is wrong and goes on when it is mended", async () => {
  const folder = writePlugin("tea-notes", { dir: path.join(root, "tea-notes") })
  child = startFangshi(["dev", "--plugin", folder], environment(database, { FANGSHI_DATA: path.join(root, "data") }))
  ended = new Promise((resolve) => child.once("exit", resolve))
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()))
  const first = await next(STARTED)
  expect(await health(first)).toBe(200)
  expect(await asOwner(database.ownerUrl, "select from tea_notes_entry")).toEqual([])

  const file = path.join(folder, "src/plugin.ts")
  const good = readFileSync(file, "utf8")
  writeFileSync(file, good.replace('version: "0.1.0"', 'version: "0.2.0"'))
  await next(/^(PLUGIN_UNREADABLE)$/m)
  expect(await health(first)).toBe("gone")
  writeFileSync(file, good)
  const second = await next(STARTED)
  expect([second === first, await health(second)]).toEqual([false, 200])

  child.kill("SIGTERM")
  expect([await ended, await health(second)]).toEqual([0, "gone"])
})
