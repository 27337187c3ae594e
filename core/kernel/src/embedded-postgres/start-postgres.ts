import { spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { Client } from "pg"
import { binariesFolder, shippedMajor } from "./binaries"
import { startFailure, withDisk } from "./failures"
import { takeOwnership } from "./owner-lock"
import { type Running, isServerOf, mendPidFile, readPidFile } from "./pid-file"
import { choosePort } from "./ports"
import { sleep } from "./processes"
import { handOver, runnable } from "./run-as"

export type PostgresOptions = {
  /** Keeps cluster/, password and postgres.log. */
  dataDir: string
  /** Asked for explicitly: taken is an error. Otherwise 54329, or any free one. */
  port?: number
  /** Further settings of postgresql.conf. */
  settings?: Record<string, string>
}

export type RunningPostgres = {
  port: number
  superuserUrl: string
  logFile: string
  /** True when a server that an earlier process left behind was taken over. */
  adopted: boolean
  url: (database: string) => string
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop: () => Promise<void>
}

const READY_MS = 60_000
const STOP_MS = 30_000
const QUIT_MS = 10_000

/** Start of the names of folders in which initdb is at work. */
const MAKING = "cluster.making"

/** Failures worth another try: children of a killed server hold its memory for a moment longer, a server that its killed Node had just launched took the lock, somebody took the port. */
const PASSING = /shared memory block .* still in use|lock file "postmaster.pid" (?:already exists|is empty)|Address already in use/i

const environment = () => ({ ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" })

const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  jit: "off",
  timezone: "UTC",
  log_min_messages: "warning",
}

type Place = { binaries: string; dataDir: string; cluster: string; logFile: string; password: string }

/** Starts the embedded Postgres, or adopts the one that a killed process left running. See PostgresOptions for where data is kept. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = binariesFolder()
  withDisk(() => mkdirSync(options.dataDir, { recursive: true, mode: 0o700 }))
  // One name for one folder: a running server is recognised by it, whichever link it was started through.
  const dataDir = realpathSync(options.dataDir)
  const release = takeOwnership(dataDir)
  try {
    const place: Place = { binaries, dataDir, cluster: path.join(dataDir, "cluster"), logFile: path.join(dataDir, "postgres.log"), password: readPassword(dataDir) }
    initialise(place)
    const { pid, port, adopted } = await adoptOrLaunch(place, options)
    const url = (database: string) => `postgres://postgres:${place.password}@127.0.0.1:${port}/${database}`
    return {
      port,
      superuserUrl: url("postgres"),
      logFile: place.logFile,
      adopted,
      url,
      stop: async () => {
        await stopServer(place, pid)
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

function readPassword(dataDir: string): string {
  const file = path.join(dataDir, "password")
  if (!existsSync(file) || statSync(file).size === 0) withDisk(() => writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 }))
  return readFileSync(file, "utf8").trim()
}

/** Makes the cluster beside its place and moves it there whole: an interrupted initdb leaves nothing that looks finished. */
function initialise(place: Place) {
  const versionFile = path.join(place.cluster, "PG_VERSION")
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, "utf8").trim()
    const shipped = shippedMajor(place.binaries)
    if (found !== shipped) throw new FangshiError("POSTGRES_VERSION", { found, shipped })
    return
  }
  if (existsSync(place.cluster) && readdirSync(place.cluster).length > 0) {
    throw new FangshiError("POSTGRES_NOT_STARTED", { problem: `${place.cluster} holds files but no PG_VERSION`, log: path.basename(place.logFile) })
  }
  for (const name of readdirSync(place.dataDir)) {
    if (name.startsWith(MAKING)) rmSync(path.join(place.dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  }
  // A name of its own: the initdb of a killed Node may still be writing into the folder it was given.
  const making = path.join(place.dataDir, `${MAKING}-${randomBytes(6).toString("hex")}`)
  const program = runnable(path.join(place.binaries, "bin", "initdb"), [
    "-D", making, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", `--pwfile=${path.join(place.dataDir, "password")}`, "--no-instructions",
  ])
  handOver(place.dataDir, program)
  const { status, stderr, error } = spawnSync(program.command, program.args, { ...program.user, encoding: "utf8", env: environment() })
  if (status !== 0) {
    const failure = startFailure(`${stderr ?? ""}${error?.message ?? ""}`, place.logFile)
    rmSync(making, { recursive: true, force: true })
    throw failure
  }
  withDisk(() => renameSync(making, place.cluster))
}

async function answers(place: Place, port: number): Promise<boolean> {
  const client = new Client({ connectionString: `postgres://postgres:${place.password}@127.0.0.1:${port}/postgres`, connectionTimeoutMillis: 2_000, query_timeout: 2_000 })
  client.on("error", () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>("show data_directory")
    return rows[0]?.data_directory === place.cluster
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The server of this very data folder that still runs, if any; one that is starting or stopping is waited for. */
async function adopt(place: Place): Promise<Running | null> {
  for (const until = Date.now() + READY_MS; Date.now() < until; await sleep(100)) {
    const running = readPidFile(place.cluster)
    if (!running || !isServerOf(place.cluster, running.pid)) return null
    if (await answers(place, running.port)) return running
  }
  return null
}

async function adoptOrLaunch(place: Place, options: PostgresOptions): Promise<Running & { adopted: boolean }> {
  for (const until = Date.now() + 20_000; ; await sleep(500)) {
    const running = await adopt(place)
    if (running) return { ...running, adopted: true }
    const port = await choosePort(options.port)
    const attempt = await launch(place, port, { ...SETTINGS, ...options.settings })
    if ("pid" in attempt) return { ...attempt, adopted: false }
    if (!PASSING.test(attempt.words) || Date.now() > until) throw startFailure(attempt.words, place.logFile)
  }
}

async function launch(place: Place, port: number, settings: Record<string, string>): Promise<Running | { words: string }> {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([key, value]) => ["-c", `${key}=${value}`])
  const program = runnable(path.join(place.binaries, "bin", "postgres"), ["-D", place.cluster, ...flags])
  handOver(place.dataDir, program)
  if (!isServerOf(place.cluster, readPidFile(place.cluster)?.pid ?? 0)) mendPidFile(place.cluster)
  const from = existsSync(place.logFile) ? statSync(place.logFile).size : 0
  const log = withDisk(() => openSync(place.logFile, "a", 0o600))
  // A session of its own: Ctrl-C reaches only us, and we stop it in order.
  const child = spawn(program.command, program.args, { ...program.user, detached: true, stdio: ["ignore", log, log], env: environment() })
  closeSync(log)
  let ended = false
  child.once("exit", () => (ended = true))
  child.once("error", () => (ended = true))
  child.unref()
  for (const until = Date.now() + READY_MS; Date.now() < until && !ended; await sleep(40)) {
    if (await answers(place, port)) return { pid: readPidFile(place.cluster)?.pid ?? child.pid ?? 0, port }
  }
  if (!ended) child.kill("SIGQUIT")
  return { words: readFileSync(place.logFile).subarray(from).toString("utf8") }
}

async function stopServer(place: Place, pid: number) {
  for (const [signal, patience] of [["SIGINT", STOP_MS], ["SIGQUIT", QUIT_MS]] as const) {
    // Asked each time: the server may have died long ago, and its id may belong to somebody else by now.
    if (!isServerOf(place.cluster, pid)) return
    process.kill(pid, signal)
    for (const until = Date.now() + patience; Date.now() < until; await sleep(30)) {
      if (!isServerOf(place.cluster, pid)) return
    }
  }
}
