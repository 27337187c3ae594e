import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import type { TestDatabase } from "./databases"

export type HostProcess = {
  url: string
  controlUrl: string
  pid: number
  dataDir: string
  kill: (signal?: NodeJS.Signals) => Promise<void>
}

const ENTRY = path.join(__dirname, "serve.ts")
const REPOSITORY = path.resolve(__dirname, "../../..")

/** The real host in a process of its own, listening on a free port of 127.0.0.1. */
export async function startHostProcess(database: Pick<TestDatabase, "appUrl">, env: Record<string, string> = {}): Promise<HostProcess> {
  const dataDir = env.FANGSHI_DATA ?? mkdtempSync(path.join(tmpdir(), "fangshi-test-"))
  const child = spawn(process.execPath, [...OWN_SOURCES, ENTRY], {
    cwd: REPOSITORY,
    env: {
      ...process.env,
      FANGSHI_MODE: "test",
      NODE_ENV: "production",
      FANGSHI_MASTER_SECRET: "test-master-secret-0123456789abcdef",
      FANGSHI_LOG_LEVEL: "error",
      FANGSHI_RATE_LIMIT: "1000000",
      NODE_OPTIONS: "",
      PORT: "0",
      FANGSHI_DATA: dataDir,
      FANGSHI_APP_DATABASE_URL: database.appUrl,
      ...env,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const ready = await new Promise<{ url: string; controlUrl: string }>((resolve, reject) => {
    child.once("message", (message) => resolve(message as { url: string; controlUrl: string }))
    child.once("exit", (code, signal) => reject(new Error(`the host stopped before it was ready (${String(code ?? signal)})`)))
  })
  return {
    ...ready,
    pid: child.pid ?? 0,
    dataDir,
    kill: async (signal = "SIGTERM") => {
      await ended(child, signal)
      if (!env.FANGSHI_DATA) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The files that belong to the demo's database. */
export const demoFiles = (): string => path.join(process.env.FANGSHI_TEST_DATA ?? "", "demo")

/** The demo shops with their storefront, on a copy of the demo's database, with the demo's files or a copy of them. */
export const startDemoHost = (database: Pick<TestDatabase, "appUrl">, files = demoFiles()): Promise<HostProcess> => startHostProcess(database, { FANGSHI_DATA: files, FANGSHI_TEST_STOREFRONT: "1" })

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once("exit", () => resolve())
    child.kill(signal)
  })
}
