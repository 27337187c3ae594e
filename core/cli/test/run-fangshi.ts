import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { FIXTURE_PLUGINS, type TestDatabase, cluster } from "@fangshi/testing"

export const REPOSITORY = path.resolve(__dirname, "../../..")

/** What a run of the command left behind. */
export type Run = { code: number | null; out: string; err: string }
export type Env = Record<string, string | undefined>

/** An environment of the tests alone: nothing of the developer's own settings reaches the command. */
export const environment = (database: Pick<TestDatabase, "ownerUrl">, env: Env = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  PORT: "0",
  FANGSHI_MODE: "test",
  FANGSHI_MASTER_SECRET: "test-master-secret-0123456789abcdef",
  // The templates were migrated with it; without it every run would migrate.
  FANGSHI_PLUGINS: FIXTURE_PLUGINS,
  DATABASE_URL: database.ownerUrl,
  FANGSHI_APP_PASSWORD: cluster().appPassword,
  ...env,
})

/** Starts the fangshi command as `npm run fangshi` does, without the steps before it. */
export const startFangshi = (args: string[], env: NodeJS.ProcessEnv) =>
  spawn(process.execPath, [...OWN_SOURCES, path.join(REPOSITORY, "core/cli/src/main.ts"), ...args], { cwd: REPOSITORY, env, stdio: ["ignore", "pipe", "pipe"] })

/** Runs the fangshi command against a database, with a data folder of its own, to its end. */
export async function runFangshi(database: Pick<TestDatabase, "ownerUrl">, args: string[], env: Env = {}): Promise<Run> {
  const data = mkdtempSync(path.join(tmpdir(), "fangshi-cli-"))
  const child = startFangshi(args, environment(database, { FANGSHI_DATA: data, ...env }))
  const run: Run = { code: null, out: "", err: "" }
  child.stdout.on("data", (chunk: Buffer) => (run.out += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (run.err += chunk.toString()))
  run.code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", resolve)
  })
  rmSync(data, { recursive: true, force: true })
  return run
}

const HAN = /\p{Script=Han}/u
const STACK = /^\s+at \S.*(?::\d+:\d+|<anonymous>)|node:internal|\.[cm]?[jt]s:\d+/m

export type Refusal = { code: string; zh: string; en: string }

/** The parts of an error as a person reads it: exit code, code, a text and a hint in both languages, and what must not be there. */
export function refusalOf({ code, out, err }: Run) {
  const [name = "", zh = "", en = "", hintZh = "", hintEn = "", ...rest] = err.trim().split("\n")
  return {
    exit: code,
    code: name,
    zh: zh.trim(),
    en: en.trim(),
    hints: [/^ {2}→ .+/.test(hintZh) && HAN.test(hintZh), /^ {2}→ .+/.test(hintEn) && !HAN.test(hintEn)],
    stack: STACK.test(out + err),
    rest,
  }
}

/** What refusalOf returns for a proper refusal whose texts contain these words. */
export const properRefusal = ({ code, zh, en }: Refusal) => ({
  exit: 1,
  code,
  zh: expect.stringContaining(zh) as string,
  en: expect.stringContaining(en) as string,
  hints: [true, true],
  stack: false,
  rest: [],
})
