import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { cluster } from "@fangshi/testing"
import { type Run, environment, properRefusal, refusalOf, runFangshi, startFangshi } from "./run-fangshi"

// A command first loads the program: two seconds of an idle machine, ten of a busy one.
jest.setTimeout(120_000)

describe("a database that cannot be reached", () => {
  const { hostname, port } = new URL(cluster().superuserUrl)
  const SECRET = "unmistakable-4711"

  it.each([
    ["nobody listens", `postgres://postgres:${SECRET}@127.0.0.1:1/fangshi`, "127.0.0.1:1", "ECONNREFUSED"],
    ["there is no such host", `postgres://postgres:${SECRET}@nowhere.invalid/fangshi`, "nowhere.invalid:5432", "nowhere.invalid"],
    ["the password is wrong", `postgres://postgres:${SECRET}@${hostname}:${port}/postgres`, `${hostname}:${port}`, "password authentication failed"],
  ])("is named by host and port, without its password, where %s", async (_what, ownerUrl, address, problem) => {
    const run = await runFangshi({ ownerUrl }, ["tenant", "list"])
    expect(refusalOf(run)).toEqual(properRefusal({ code: "DATABASE_UNREACHABLE", zh: address, en: `${address}: ` }))
    expect(run.err).toContain(problem)
    expect(run.out + run.err).not.toContain(SECRET)
  })

  it("is refused where its address is none", async () => {
    const run = await runFangshi({ ownerUrl: `postgres://postgres:${SECRET}@:x/` }, ["tenant", "list"])
    expect(refusalOf(run)).toEqual(properRefusal({ code: "REQUEST_INVALID", zh: "DATABASE_URL", en: "DATABASE_URL" }))
    expect(run.out + run.err).not.toContain(SECRET)
  })
})

describe("a signal while the embedded Postgres is being started", () => {
  let data: string
  beforeEach(() => (data = mkdtempSync(path.join(tmpdir(), "fangshi-signal-"))))
  afterEach(() => {
    // Where the test fails, the server runs on.
    const left = postmaster()
    if (left && isAlive(left)) process.kill(left, "SIGQUIT")
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  })

  /** The server's process as it writes itself down, before it takes its first connection. */
  const postmaster = () => {
    try {
      return Number.parseInt(readFileSync(path.join(data, "postgres", "cluster", "postmaster.pid"), "utf8"), 10) || null
    } catch {
      return null
    }
  }
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }

  it.each(["SIGINT", "SIGTERM"] as const)("%s stops it in order", async (signal) => {
    const child = startFangshi(["start"], environment({ ownerUrl: "" }, { DATABASE_URL: undefined, FANGSHI_DATA: data }))
    const run: Run = { code: null, out: "", err: "" }
    child.stdout.on("data", (chunk: Buffer) => (run.out += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (run.err += chunk.toString()))
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
    let server: number | null = null
    while (!(server = postmaster()) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2))
    child.kill(signal)
    run.code = await ended
    expect(run).toMatchObject({ code: 0, err: "" })
    // Neither did it come too late for this test, nor was anything begun after it.
    expect(run.out).not.toContain("Migrations")
    expect([server !== null, postmaster()]).toEqual([true, null])
    // Its file goes a moment before the server itself does.
    for (let looks = 0; looks < 100 && isAlive(server ?? 0); looks++) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(isAlive(server ?? 0)).toBe(false)
    expect(readdirSync(path.join(data, "postgres"))).not.toContain("owner.json")
  })
})
