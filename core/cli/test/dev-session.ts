import type { ChildProcessByStdio } from "node:child_process"
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Readable } from "node:stream"
import { type TestDatabase, cloneDatabase } from "@fangshi/testing"
import { writePlugin } from "../src/commands/plugin-new"
import { REPOSITORY, environment, startFangshi } from "./run-fangshi"

/** Printed once the host serves; finds its address. */
export const STARTED = /^✓ (http:\S+) {2}\d+\.\d s$/m

/** The answer of a host's health check, or that nobody answers. */
export const health = (url: string): Promise<number | "gone"> => fetch(`${url}/health`).then((answer) => answer.status, () => "gone" as const)

/** What a process and those below it have used of the processor, in hundredths of a second. */
function usedBy(root: number): number {
  const rows = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      // After the name in brackets: state, parent, …, and as the 12th and 13th its own time and the system's for it.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ").map(Number)
      return [{ pid: Number(pid), parent: fields[1], used: (fields[11] ?? 0) + (fields[12] ?? 0) }]
    } catch {
      // Ended meanwhile.
      return []
    }
  })
  const below = (pid: number): number => rows.filter(({ parent }) => parent === pid).reduce((sum, row) => sum + row.used + below(row.pid), 0)
  return below(root) + (rows.find(({ pid }) => pid === root)?.used ?? 0)
}

/** `fangshi dev` in a process of its own, with a plugin just written, on a database of its own. */
export class DevSession {
  readonly ended: Promise<number | null>
  private output = ""

  private constructor(
    readonly database: TestDatabase,
    readonly folder: string,
    private readonly root: string,
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
  ) {
    this.ended = new Promise((resolve) => child.once("exit", resolve))
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (this.output += chunk.toString()))
  }

  static async begin(id: string): Promise<DevSession> {
    const database = await cloneDatabase()
    const root = mkdtempSync(path.join(tmpdir(), "fangshi-dev-"))
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(root, "node_modules"))
    const folder = writePlugin(id, { dir: path.join(root, id) })
    return new DevSession(database, folder, root, startFangshi(["dev", "--plugin", folder], environment(database, { FANGSHI_DATA: path.join(root, "data") })))
  }

  /** Waits for the next line that fits, and forgets what was printed up to it. */
  async next(line: RegExp): Promise<string> {
    for (const deadline = Date.now() + 200_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const found = line.exec(this.output)
      if (found) {
        this.output = this.output.slice(found.index + found[0].length)
        return found[1] ?? ""
      }
      if (this.child.exitCode !== null) break
    }
    throw new Error(`not printed: ${line.source}\n${this.output}`)
  }

  /** Waits until it has nothing to do: what it loads for the next change is loaded. */
  async idle(): Promise<void> {
    const second = () => new Promise((resolve) => setTimeout(resolve, 1_000))
    for (let [before, now] = [-Infinity, usedBy(this.child.pid ?? 0)]; now - before > 10; [before, now] = [now, usedBy(this.child.pid ?? 0)]) await second()
  }

  stop(): Promise<number | null> {
    if (this.child.exitCode === null) this.child.kill("SIGTERM")
    return this.ended
  }

  async close(): Promise<void> {
    await this.stop()
    await this.database.drop()
    rmSync(this.root, { recursive: true, force: true })
  }
}
