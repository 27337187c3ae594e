import { type ChildProcess, spawn } from "node:child_process"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { REPOSITORY, localSecret } from "@fangshi/server"
import type { FromChild, Memory, Question } from "./child-messages"

export type Kind = "vanilla" | "two" | "many" | "storefront"
export type BenchDatabase = { kind: Kind; ownerUrl: string; appUrl: string }

type Program = "fangshi-child.ts" | "vanilla-child.ts" | "../storefront/storefront-child.ts" | "../storefront/express-child.ts"
type Env = Record<string, string>

/** Production mode; the rate limit is raised because the load comes from one address, but stays in the way of every request. */
function start(program: Program, stage: string, database: BenchDatabase, env: Env): ChildProcess {
  const data = path.join(REPOSITORY, ".data", "bench")
  return spawn(process.execPath, [...(process.env.BENCH_NODE_FLAGS?.split(" ") ?? []), "--expose-gc", ...OWN_SOURCES, path.join(__dirname, program), stage], {
    cwd: REPOSITORY,
    env: {
      ...process.env,
      NODE_ENV: "production",
      FANGSHI_MODE: "production",
      FANGSHI_MASTER_SECRET: localSecret(data, "bench-master-secret"),
      FANGSHI_RATE_LIMIT: "1000000000",
      FANGSHI_LOG_LEVEL: "error",
      // What Medusa's own logger goes by: it would write a line for each request, which the platform does not.
      LOG_LEVEL: "error",
      FANGSHI_PLUGINS: "",
      FANGSHI_DATA: path.join(data, database.kind),
      FANGSHI_APP_DATABASE_URL: database.appUrl,
      PORT: "0",
      ...env,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.once("exit", (code) => resolve(code)))

/** Runs a stage to its end. Returns what the child told last. Throws when it fails. */
export async function runChild(program: Program, stage: string, database: BenchDatabase, env: Env = {}): Promise<FromChild | undefined> {
  const child = start(program, stage, database, env)
  let last: FromChild | undefined
  child.on("message", (message) => (last = message as FromChild))
  const code = await ended(child)
  if (code !== 0) throw new Error(`${program} ${stage} failed (${String(code)})`)
  return last
}

/** `cpu` in ms since the process began, without that of Postgres. */
export type ServingChild = { url: string; memory: () => Promise<Memory>; cpu: () => Promise<number>; stop: () => Promise<void> }

/** A server that listens on a free port. */
export async function serveChild(program: Program, database: BenchDatabase, env: Env = {}, stage = "serve"): Promise<ServingChild> {
  const child = start(program, stage, database, env)
  const message = () =>
    new Promise<FromChild>((resolve, reject) => {
      const died = (code: number | null) => reject(new Error(`${program} ended (${String(code)})`))
      child.once("exit", died)
      child.once("message", (said) => {
        child.off("exit", died)
        resolve(said as FromChild)
      })
    })
  const ask = (question: Question) => {
    const answer = message()
    child.send(question)
    return answer
  }
  const ready = await message()
  return {
    url: "url" in ready ? ready.url : "",
    memory: async () => {
      const said = await ask("memory")
      return "memory" in said ? said.memory : { rss: NaN, heap: NaN }
    },
    cpu: async () => {
      const said = await ask("cpu")
      return "cpu" in said ? said.cpu : NaN
    },
    stop: async () => {
      child.kill("SIGTERM")
      await ended(child)
    },
  }
}
