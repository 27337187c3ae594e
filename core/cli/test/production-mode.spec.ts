import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import path from "node:path"
import { type TestDatabase, asOwner, cloneDatabase } from "@fangshi/testing"
import { CommandProcess } from "./command-process"
import { type Env, type Run, environment, properRefusal, refusalOf, runFangshi, startFangshi } from "./run-fangshi"

const DEADLINE_MS = 120_000
/** Looks like a password that somebody is meant to use. */
const LOGIN = /demo-|@[\w.-]+ \/ /

// A run that opens the database boots the host: three seconds of an idle machine, twenty of a busy one.
jest.setTimeout(180_000)

let database: TestDatabase
let data: string
const commands = new CommandProcess(() => database)

beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(async () => {
  await commands.end()
  await database.drop()
})
beforeEach(() => (data = mkdtempSync(path.join(tmpdir(), "fangshi-production-"))))
afterEach(() => rmSync(data, { recursive: true, force: true }))

const files = (): string[] => readdirSync(data, { recursive: true, encoding: "utf8" })
const secret = () => randomBytes(32).toString("hex")
const production = (env: Env = {}): Env => ({ FANGSHI_MODE: "production", NODE_ENV: "production", FANGSHI_DATA: data, FANGSHI_MASTER_SECRET: undefined, ...env })
const shops = () => asOwner<{ id: string }>(database.ownerUrl, "select id from tenancy.tenant where id not like '\\_\\_%' order by id")

async function expectRefused(args: string[], env: Env, code: string, name: string, fangshi = (words: string[], all: Env) => commands.run(words, all)) {
  const before = await shops()
  const run = await fangshi(args, production(env))
  expect(refusalOf(run)).toEqual(properRefusal({ code, zh: name, en: name }))
  expect(run.out).toBe("")
  expect(run.err).not.toMatch(LOGIN)
  // Neither a database nor a secret of this machine was made, and nobody was let in.
  expect(readdirSync(data)).toEqual([])
  expect(await shops()).toEqual(before)
}

describe("production mode without a secret", () => {
  it.each(["start", "tenant list", "tenant create stall", "tenant apply"])("refuses: fangshi %s", async (command) => {
    await expectRefused(command.split(" "), {}, "SECRET_MISSING", "FANGSHI_MASTER_SECRET", (words, env) => runFangshi(database, words, env))
  })

  it("takes an empty secret for a missing one", async () => {
    await expectRefused(["start"], { FANGSHI_MASTER_SECRET: "" }, "SECRET_MISSING", "FANGSHI_MASTER_SECRET")
  })
})

describe("production mode with a secret that can be guessed", () => {
  it.each([
    ["Medusa's default", "supersecret"],
    ["one character too short", randomBytes(16).toString("hex").slice(1)],
    ["a single character", "x".repeat(64)],
    ["a word repeated", "qazwsxedcrfv".repeat(3)],
    ["the keys in a row", "1234567890abcdefghijklmnopqrstuvwxyz"],
    ["the secret of these tests", "test-master-secret-0123456789abcdef"],
    ["an example of the documentation", "please-change-this-default-value-now"],
  ])("refuses %s", async (_what, weak) => {
    await expectRefused(["start"], { FANGSHI_MASTER_SECRET: weak }, "SECRET_WEAK", "FANGSHI_MASTER_SECRET")
  })

  it.each([["FANGSHI_OWNER_PASSWORD", "admin123"], ["FANGSHI_OWNER_PASSWORD", "supersecret-1"], ["FANGSHI_APP_PASSWORD", "postgres"]])("refuses %s=%s", async (name, weak) => {
    await expectRefused(["tenant", "create", "stall"], { FANGSHI_MASTER_SECRET: secret(), [name]: weak }, "SECRET_WEAK", name)
  })
})

describe("a mode that is misspelt", () => {
  it.each(["Production", "prod", ""])("%j is refused instead of opening the demo shops", async (mode) => {
    await expectRefused(["start"], { FANGSHI_MODE: mode, FANGSHI_MASTER_SECRET: secret() }, "REQUEST_INVALID", "FANGSHI_MODE")
  })
})

/** Starts the platform until it says that it runs, lets a test look at it, and stops it as a service manager does. */
async function whileRunning(env: Env, look: (url: string) => Promise<void>): Promise<Run> {
  const child = startFangshi(["start"], environment(database, env))
  const run: Run = { code: null, out: "", err: "" }
  child.stderr.on("data", (chunk: Buffer) => (run.err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not running after ${DEADLINE_MS} ms:\n${run.out}${run.err}`)), DEADLINE_MS)
    child.stdout.on("data", (chunk: Buffer) => {
      run.out += chunk.toString()
      const found = /is running: (http:\S+)/.exec(run.out)?.[1]
      if (found) resolve(found)
    })
    void ended.then((code) => reject(new Error(`ended with ${String(code)}:\n${run.out}${run.err}`)))
    void ended.finally(() => clearTimeout(late))
  }).catch((error: unknown) => {
    child.kill("SIGKILL")
    throw error
  })
  try {
    await look(url)
  } finally {
    child.kill("SIGTERM")
    run.code = await ended
  }
  return run
}

/** What a browser gets that asks for a shop by its own address; fetch would not let the Host header through. */
const statusAt = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once("error", reject)
      .end()
  })

describe("production mode with a good secret", () => {
  it("starts, shows the time of every step, opens no demo shop, prints no password, and stops in order", async () => {
    const before = await shops()
    const run = await whileRunning(production({ FANGSHI_MASTER_SECRET: secret() }), async (url) => {
      expect((await fetch(`${url}/health`)).status).toBe(200)
      expect(await statusAt(url, "village.localhost")).toBe(404)
    })
    expect([run.code, run.err]).toEqual([0, ""])
    const steps = run.out.split("\n").filter((line) => line.startsWith("✓"))
    expect(steps).toHaveLength(4)
    for (const line of steps) expect(line).toMatch(/^✓ \S+ \S+ {2}\d+\.\d s$/)
    expect(run.out + run.err).not.toMatch(LOGIN)
    expect(files().filter((file) => file.includes("demo"))).toEqual([])
    expect(await shops()).toEqual(before)
  })

  it("gives a new shop's owner a random password, shown once, and never a demo login", async () => {
    const run = await runFangshi(database, ["tenant", "create", "stall"], production({ FANGSHI_MASTER_SECRET: secret() }))
    expect(run.code).toBe(0)
    expect(run.out).toMatch(/owner@stall\.example \/ [\w-]{16}\n/)
    expect(run.out).not.toContain("demo-")
    expect(files().filter((file) => file.includes("demo"))).toEqual([])
  })
})
