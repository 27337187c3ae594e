import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { Client } from "pg"
import { binariesFolder, shippedMajor } from "./binaries"
import { takeOwnership } from "./owner-lock"
import { commandOf, isAlive, sleep } from "./processes"
import { runnable } from "./run-as"

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

const DEFAULT_PORT = 54329
const READY_MS = 60_000
const STOP_MS = 30_000

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
  const dataDir = path.resolve(options.dataDir)
  withDisk(() => mkdirSync(dataDir, { recursive: true, mode: 0o700 }))
  const release = takeOwnership(dataDir)
  try {
    const place: Place = { binaries, dataDir, cluster: path.join(dataDir, "cluster"), logFile: path.join(dataDir, "postgres.log"), password: readPassword(dataDir) }
    initialise(place)
    const adopted = await adopt(place)
    const { pid, port } = adopted ?? (await launch(place, options))
    const url = (database: string) => `postgres://postgres:${place.password}@127.0.0.1:${port}/${database}`
    return {
      port,
      superuserUrl: url("postgres"),
      logFile: place.logFile,
      adopted: adopted !== null,
      url,
      stop: async () => {
        await stopServer(pid)
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

function withDisk<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new FangshiError("POSTGRES_DISK_FULL", {}, { cause: error })
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
  const making = path.join(place.dataDir, "cluster.making")
  rmSync(making, { recursive: true, force: true })
  const [command, args] = runnable(path.join(place.binaries, "bin", "initdb"), [
    "-D", making, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", `--pwfile=${path.join(place.dataDir, "password")}`, "--no-instructions",
  ])
  const result: SpawnSyncReturns<string> = spawnSync(command, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" } })
  if (result.status !== 0) throw startFailure(`${result.stderr ?? ""}${result.error?.message ?? ""}`, place.logFile)
  withDisk(() => renameSync(making, place.cluster))
}

/** What the server's own words mean to the person who started it. */
export function startFailure(words: string, logFile: string): FangshiError {
  const last = words.trim().split("\n").filter(Boolean).at(-1) ?? "no output"
  if (/No space left on device|ENOSPC|disk full/i.test(words)) return new FangshiError("POSTGRES_DISK_FULL")
  if (/Address already in use|could not create any TCP\/IP sockets/i.test(words)) return new FangshiError("POSTGRES_PORT_TAKEN", { port: /port (\d+)/.exec(words)?.[1] ?? "?" })
  const version = /initialized by PostgreSQL version (\d+).*?not compatible with this version (\d+)/s.exec(words)
  if (version) return new FangshiError("POSTGRES_VERSION", { found: version[1] ?? "?", shipped: version[2] ?? "?" })
  return new FangshiError("POSTGRES_NOT_STARTED", { problem: last, log: path.basename(logFile) })
}

type Running = { pid: number; port: number }

function readPidFile(cluster: string): Running | null {
  try {
    const [pid, , , port] = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n")
    return { pid: Number(pid), port: Number(port) }
  } catch {
    return null
  }
}

async function answers(place: Place, port: number): Promise<boolean> {
  const client = new Client({ connectionString: `postgres://postgres:${place.password}@127.0.0.1:${port}/postgres`, connectionTimeoutMillis: 2_000 })
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

/** The server of this very data folder that still runs, if any. A pid file that means nobody is removed. */
async function adopt(place: Place): Promise<Running | null> {
  const file = readPidFile(place.cluster)
  if (!file) return null
  const command = commandOf(file.pid)
  const isPostgres = isAlive(file.pid) && (command === null || command.includes(place.cluster))
  if (isPostgres) {
    for (const until = Date.now() + READY_MS; Date.now() < until && isAlive(file.pid); await sleep(100)) {
      if (await answers(place, file.port)) return file
    }
  }
  if (!isAlive(file.pid) || !isPostgres) rmSync(path.join(place.cluster, "postmaster.pid"), { force: true })
  return null
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once("error", () => resolve(false))
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)))
  })

const anyPort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

async function choosePort(asked: number | undefined): Promise<number> {
  if (asked === undefined) return (await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : anyPort()
  if (await isFree(asked)) return asked
  throw new FangshiError("POSTGRES_PORT_TAKEN", { port: asked })
}

async function launch(place: Place, options: PostgresOptions): Promise<Running> {
  // Children of a killed server hold its shared memory for a moment longer.
  for (const until = Date.now() + 20_000; ; await sleep(500)) {
    const port = await choosePort(options.port)
    const attempt = await launchOnce(place, port, { ...SETTINGS, ...options.settings })
    if ("pid" in attempt) return attempt
    if (!/shared memory block .* still in use|Address already in use/i.test(attempt.words) || Date.now() > until) throw startFailure(attempt.words, place.logFile)
  }
}

async function launchOnce(place: Place, port: number, settings: Record<string, string>): Promise<Running | { words: string }> {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([key, value]) => ["-c", `${key}=${value}`])
  const [command, args] = runnable(path.join(place.binaries, "bin", "postgres"), ["-D", place.cluster, ...flags])
  const from = existsSync(place.logFile) ? statSync(place.logFile).size : 0
  const log = withDisk(() => openSync(place.logFile, "a", 0o600))
  // A session of its own: Ctrl-C reaches only us, and we stop it in order.
  const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], env: { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" } })
  closeSync(log)
  let ended = false
  child.once("exit", () => (ended = true))
  child.once("error", () => (ended = true))
  child.unref()
  const words = () => readFileSync(place.logFile).subarray(from).toString("utf8")
  for (const until = Date.now() + READY_MS; Date.now() < until && !ended; await sleep(40)) {
    if (await answers(place, port)) return { pid: readPidFile(place.cluster)?.pid ?? child.pid ?? 0, port }
  }
  if (!ended) process.kill(child.pid ?? 0, "SIGQUIT")
  return { words: words() }
}

async function stopServer(pid: number) {
  if (!isAlive(pid)) return
  process.kill(pid, "SIGINT")
  for (const until = Date.now() + STOP_MS; Date.now() < until; await sleep(30)) {
    if (!isAlive(pid) || commandOf(pid) === "") return
  }
  process.kill(pid, "SIGQUIT")
}
